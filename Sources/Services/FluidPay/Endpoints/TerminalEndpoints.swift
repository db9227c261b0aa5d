import JSON
import Payments
import Processor
import ServiceKit

/// The merchant's terminals. Reference §14.1.
enum TerminalEndpoints {
    static func list(_ call: FluidCall) -> ServiceAnswer {
        call.perform(AccessNeed()) { caller in
            FindTerminals(of: caller.account)
        } answer: { account throws(CallFault) in
            func documents(showingKeys: Bool) -> JSONValue {
                .array(account.terminals.map { document($0, account.id, showingKeys: showingKeys) })
            }
            var envelope = Envelope(documents(showingKeys: true), totalCount: account.terminals.count)
            envelope.recordedData = documents(showingKeys: false)
            return envelope
        }
    }

    private static func document(_ device: TerminalDevice, _ account: ObjectID, showingKeys: Bool) -> JSONValue {
        JSONValue(pairs: [
            ("id", .string(device.id.text)), ("merchant_id", .string(account.text)),
            ("manufacturer", .string(device.manufacturer)), ("model", .string(device.model)),
            ("serial_number", .string(device.serialNumber)), ("tpn", .string(device.number)),
            ("description", .string(device.description)), ("status", "active"),
            ("auth_key", .string(showingKeys || device.authKey.isEmpty ? device.authKey : "(a key)")),
            ("register_id", .string(device.registerID)), ("auto_settle", .bool(device.settlesByItself)),
            ("settle_at", "00:00:00"), ("created_at", WireTime.unset), ("updated_at", WireTime.unset),
        ])
    }

    static func settle(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed(.manageTerminals)) { caller in
            SettleTerminal(id, of: caller.account)
        } answer: { settled throws(CallFault) in
            guard settled != nil else { throw .notFound }
            return Envelope(.null)
        }
    }
}
