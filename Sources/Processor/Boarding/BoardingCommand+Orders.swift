import Payments

extension BoardingCommand {
    func place(
        _ number: ApplicationNumber, _ equipment: Int, _ quantity: Int, _ document: String, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let boarding = context.books.boarding
        guard boarding.orderCount < context.behavior.limits.orders else { return .failed(.full) }
        var order = EquipmentOrder(
            number: 70_001 + boarding.orderCount, application: number, equipment: equipment, quantity: quantity,
            document: document)
        order.move(to: .new, at: context.now)
        let due = context.now + context.behavior.boarding.orderStepTakes
        return reply(order, [.agenda(.planned(.order(order.number), at: due))])
    }

    func changeOrder(
        _ number: Int, _ equipment: Int, _ quantity: Int, _ document: String, _ context: DecisionContext
    ) -> Decision<Outcome> {
        ifNew(number, context) { order in
            order.equipment = equipment
            order.quantity = quantity
            order.document = document
            return reply(order)
        }
    }

    func cancelOrder(_ number: Int, _ context: DecisionContext) -> Decision<Outcome> {
        ifNew(number, context) { order in
            order.move(to: .cancelled, at: context.now)
            return reply(order, [.agenda(.cancelled(.order(number)))])
        }
    }

    private func ifNew(
        _ number: Int, _ context: DecisionContext, _ change: (inout EquipmentOrder) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        guard var order = context.books.boarding.order(number) else { return .failed(.unknown) }
        return order.status == .new ? change(&order) : .failed(.notNew)
    }

    private func reply(_ order: EquipmentOrder, _ more: [Event] = []) -> Decision<Outcome> {
        Decision(events: [.boarding(.orderChanged(Boxed(order)))] + more, outcome: .success(.order(order)))
    }
}
