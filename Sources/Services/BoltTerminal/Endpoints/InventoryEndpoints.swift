import JSON
import Payments
import Processor
import ServiceKit

/// `listTerminals` and `terminalDetails` (reference §3.1).
enum InventoryEndpoints {
    static func list(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let terminals = terminals(of: call)
        if terminals.isEmpty { throw BoltFault(.noTerminals) }
        var object = AnswerObject()
        object.add("terminals", value: .array(terminals.map { .string($0.serial.text) }))
        return call.answer(object)
    }

    static func details(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let terminals = terminals(of: call)
        if terminals.isEmpty { throw BoltFault(.noTerminals) }
        var object = AnswerObject()
        let name = call.settings.listsDetailsAsTerminals ? "terminals" : "terminalDetails"
        object.add(name, value: .array(terminals.map(details)))
        return call.answer(object)
    }

    private static func terminals(of call: BoltCall) -> [Terminal] {
        call.settings.terminals(of: call.merchant, call.request.world.snapshot.books)
    }

    private static func details(_ terminal: Terminal) -> JSONValue {
        let model = terminal.model
        return [
            "hsn": .string(terminal.serial.text), "name": .string(terminal.name),
            "merchantId": .string(terminal.merchant.text), "connected": .bool(terminal.connection == .online),
            "deviceType": .string(model.name), "environment": .string(terminal.environment.rawValue),
            "deviceCapabilities": [
                "screenDimensionX": JSONValue(model.screenWidth), "screenDimensionY": JSONValue(model.screenHeight),
                "pinPad": .bool(model.hasPINPad), "msr": .bool(model.readsStripes), "emv": .bool(model.readsChips),
                "nfc": .bool(model.readsContactless), "signature": .bool(model.capturesSignatures),
                "printer": .bool(model.prints),
            ],
        ]
    }
}
