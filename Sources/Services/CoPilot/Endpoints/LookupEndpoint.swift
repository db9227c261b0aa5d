import JSON
import Processor
import ServiceKit

/// `/lookup/<list>` (reference §4.6).
enum LookupEndpoint {
    static func answer(_ call: CoPilotCall, _ list: String) throws(CoPilotFault) -> ServiceAnswer {
        let rows = call.settings.lookups.filter { $0.list == list }
        guard let first = rows.first else { throw CoPilotFault.notFound }
        var object = AnswerObject()
        object.add(first.member, value: .array(rows.map { ["code": .string($0.code), "name": .string($0.name)] }))
        return call.answer(object)
    }
}
