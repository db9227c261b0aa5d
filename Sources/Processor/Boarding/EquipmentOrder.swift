package import Payments

/// An order for equipment of a merchant.
package struct EquipmentOrder: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case new = "NEW"
        case exported = "EXPORTED"
        case placed = "PLACED"
        case fulfilling = "FULFILLING"
        case shipped = "SHIPPED"
        case cancelled = "CANCELLED"

        /// What comes next by itself.
        var next: Status? {
            switch self {
            case .new: .exported
            case .exported: .placed
            case .placed: .fulfilling
            case .fulfilling: .shipped
            case .shipped, .cancelled: nil
            }
        }
    }

    package let number: Int
    package let application: ApplicationNumber
    package var equipment: Int
    package var quantity: Int
    /// The order in the service's own form; opaque here.
    package var document: String
    package internal(set) var status = Status.new
    package internal(set) var changedAt: [Status: Instant] = [:]

    package init(number: Int, application: ApplicationNumber, equipment: Int, quantity: Int, document: String) {
        self.number = number
        self.application = application
        self.equipment = equipment
        self.quantity = quantity
        self.document = document
    }

    mutating func move(to status: Status, at instant: Instant) {
        self.status = status
        changedAt[status] = instant
    }
}

extension ScheduledWork {
    /// The next state of an order is due; a terminal that was shipped stands on the merchant's counter.
    static func goOn(order number: Int, in context: DecisionContext) -> Effects {
        let settings = context.behavior.boarding
        guard var order = context.books.boarding.order(number), let next = order.status.next,
            let application = context.books.boarding.application(order.application)
        else { return Effects(events: [], reasons: []) }
        order.move(to: next, at: context.now)
        var events = [Event.boarding(.orderChanged(Boxed(order)))]
        if next.next != nil {
            events.append(.agenda(.planned(.order(number), at: context.now + settings.orderStepTakes)))
        }
        if next == .shipped { events += delivery(of: order, to: application, in: context) }
        return Effects(events: events, reasons: [.note("order \(number) is now \(next.rawValue)")])
    }

    /// As many of the ordered terminals as the world may have.
    private static func delivery(
        of order: EquipmentOrder, to application: MerchantApplication, in context: DecisionContext
    ) -> [Event] {
        let equipment = context.behavior.boarding.equipment.first { $0.id == order.equipment }
        guard let merchant = application.merchant ?? application.facts.merchant,
            let model = equipment?.terminalModel.flatMap({ context.behavior.terminals.model($0) })
        else { return [] }
        let room = context.behavior.limits.deliveredTerminals - context.books.terminals.deliveredCount
        return (0..<max(0, min(order.quantity, room))).map { piece in
            let terminal = Terminal(
                serial: TerminalSerial("U\(order.number)N\(piece + 1)"), site: application.scope.site,
                environment: application.scope.environment, merchant: merchant, model: model)
            return .terminal(.delivered(Boxed(terminal)))
        }
    }
}
