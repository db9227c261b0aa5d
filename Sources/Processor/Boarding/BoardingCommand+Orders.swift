import Payments

extension BoardingCommand {
    func place(
        _ number: ApplicationNumber, _ equipment: Int, _ quantity: Int, _ document: String, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let boarding = context.books.boarding
        guard boarding.orderCount < context.behavior.limits.orders else { return .failed(.full) }
        let order = EquipmentOrder(
            number: 70_001 + boarding.orderCount, application: number, equipment: equipment, quantity: quantity,
            document: document)
        return reply(context.moved(order, to: .new))
    }

    func changeOrder(
        _ number: Int, _ equipment: Int, _ quantity: Int, _ document: String, _ context: DecisionContext
    ) -> Decision<Outcome> {
        ifNew(number, context) { order in
            order.equipment = equipment
            order.quantity = quantity
            order.document = document
            return Decision(
                events: [.boarding(.orderChanged(Boxed(order)))], outcome: .success(.order(order)))
        }
    }

    func cancelOrder(_ number: Int, _ context: DecisionContext) -> Decision<Outcome> {
        ifNew(number, context) { order in reply(context.moved(order, to: .cancelled)) }
    }

    private func ifNew(
        _ number: Int, _ context: DecisionContext, _ change: (inout EquipmentOrder) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        guard var order = context.books.boarding.order(number) else { return .failed(.unknown) }
        return order.status == .new ? change(&order) : .failed(.notNew)
    }

    private func reply(_ effects: Effects) -> Decision<Outcome> {
        for event in effects.events {
            if case .boarding(.orderChanged(let order)) = event {
                return Decision(
                    events: effects.events, outcome: .success(.order(order.value)), reasons: effects.reasons)
            }
        }
        return .failed(.unknown)
    }
}
