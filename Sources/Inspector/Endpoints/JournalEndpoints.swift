import JSON
import Payments
import Processor
import ServiceKit

/// What happened in a world.
enum JournalEndpoints {
    static let list: Route.Handler = { call throws(ControlFault) in
        let view = try view(call)
        let query = JournalQuery(call)
        let page = query.page(
            of: view.world.journal, scanning: call.api.configuration.pageScan,
            bytes: call.api.configuration.pageBytes)
        let document = EntryDocument(zone: view.world.behavior.clock.zone)
        return ControlAnswer(
            200,
            [
                "world": .string(view.world.name), "order": .string(query.isOldestFirst ? "oldest" : "newest"),
                "kept": RangeDocument.json(view.world.journal.kept),
                "lastSequence": JSONValue(view.world.lastSequence),
                "entries": .array(page.entries.map(document.json)),
                "next": page.last.map { .string(query.link(behind: $0, in: view.world.name)) } ?? .null,
            ])
    }

    static let show: Route.Handler = { call throws(ControlFault) in
        let text = call.parameter("sequence")
        guard Digits.areAll(text), let sequence = Int(text) else {
            throw .parameter(
                Schema.Misfit(path: "sequence", expected: "a whole number from 1", found: "'\(text)'"))
        }
        let view = try view(call)
        guard let entry = view.world.journal.entry(sequence) else {
            throw .noEntry(sequence, kept: view.world.journal.kept, last: view.world.lastSequence)
        }
        return ControlAnswer(200, EntryDocument(zone: view.world.behavior.clock.zone).json(entry))
    }

    private static func view(_ call: ControlCall) throws(ControlFault) -> WorldHandle.View {
        let handle = try call.world()
        do throws(JournalFault) { return try handle.settledView() } catch { throw .journal(error) }
    }
}
