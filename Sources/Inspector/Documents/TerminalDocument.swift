import JSON
import Payments
import Processor
import ServiceKit

/// A terminal as the control API shows it.
struct TerminalDocument {
    private let view: WorldHandle.View
    private let terminal: Terminal

    init(_ view: WorldHandle.View, _ terminal: Terminal) {
        self.view = view
        self.terminal = terminal
    }

    var json: JSONValue {
        let device = view.world.books.terminals[terminal.key]
        return [
            "hsn": .string(terminal.serial.text), "site": .string(terminal.site.text),
            "environment": .string(terminal.environment.rawValue), "merchant": .string(terminal.merchant.text),
            "model": .string(terminal.model.name), "name": .string(terminal.name),
            "connection": .string(terminal.connection.rawValue), "merchantMode": .bool(terminal.isInMerchantMode),
            "heldElsewhere": .bool(terminal.isHeldElsewhere), "lowPower": .bool(terminal.isOnLowPower),
            "operated": .bool(terminal.isOperated), "shows": .string(CardNumberGuard.masked(device.shown)),
            "hasSession": .bool(device.session.map { $0.expiresAt > view.now } ?? false),
            "waiting": device.request.flatMap { view.world.books.terminals.request($0) }.map(waiting) ?? .null,
        ]
    }

    private func waiting(_ request: TerminalRequest) -> JSONValue {
        [
            "request": JSONValue(request.id.number), "operation": .string(request.task.operation),
            "question": request.question.map { .string($0.rawValue) } ?? .null,
            "until": JSONValue(pairs: MomentDocument.pairs(request.deadline, in: view.world.behavior.clock.zone)),
        ]
    }
}
