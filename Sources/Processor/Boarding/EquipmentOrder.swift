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
    /// The next state of an order is due.
    static func goOn(order number: Int, in context: DecisionContext) -> Effects {
        guard let order = context.books.boarding.order(number), let next = order.status.next else {
            return Effects(events: [], reasons: [])
        }
        return context.moved(order, to: next)
    }
}

extension DecisionContext {
    /// A terminal that was shipped stands on the merchant's counter; it is shipped once.
    func moved(_ order: EquipmentOrder, to status: EquipmentOrder.Status) -> Effects {
        let isFirstShipment = status == .shipped && order.changedAt[.shipped] == nil
        var order = order
        order.move(to: status, at: now)
        let work = ScheduledWork.order(order.number)
        let due = status.next.map { _ in now + behavior.boarding.orderStepTakes }
        var events: [Event] = [
            .boarding(.orderChanged(Boxed(order))), .agenda(due.map { .planned(work, at: $0) } ?? .cancelled(work)),
        ]
        if isFirstShipment, let application = books.boarding.application(order.application) {
            events += delivery(of: order, to: application)
        }
        return Effects(events: events, reasons: [.note("order \(order.number) is now \(status.rawValue)")])
    }

    /// As many of the ordered terminals as the world may have.
    private func delivery(of order: EquipmentOrder, to application: MerchantApplication) -> [Event] {
        let equipment = behavior.boarding.equipment.first { $0.id == order.equipment }
        guard let merchant = application.merchant ?? application.facts.merchant,
            let model = equipment?.terminalModel.flatMap({ behavior.terminals.model($0) })
        else { return [] }
        let room = behavior.limits.deliveredTerminals - books.terminals.deliveredCount
        return (0..<max(0, min(order.quantity, room))).map { piece in
            let terminal = Terminal(
                serial: TerminalSerial("U\(order.number)N\(piece + 1)"), site: application.scope.site,
                environment: application.scope.environment, merchant: merchant, model: model)
            return .terminal(.delivered(Boxed(terminal)))
        }
    }
}
