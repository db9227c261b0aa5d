import Payments

/// Payments from a gateway's test accounts that a bank sends back. Source: reference of Fluid Pay, §7.
extension GatewayPolicy {
    func bankReturn(of order: PaymentOrder) -> SettlementWish.Return? {
        switch routingNumbers[order.instrument.routingNumber] {
        case .comesBack(let code): SettlementWish.Return(code: code, after: returnDelay)
        case .comesBackLate(let code): SettlementWish.Return(code: code, after: lateReturnDelay)
        case .decline, nil: nil
        }
    }
}

extension DecisionContext {
    /// What the gateway notes about a payment that came back; nothing at one without orders.
    func noteReturn(of transaction: Transaction) -> [Event] {
        guard var order = transaction.order?.value else { return [] }
        if case .comesBackLate? = behavior.accounts.policy.routingNumbers[order.instrument.routingNumber] {
            order.returned = .late
        } else {
            order.returned = .returned
        }
        order.updatedAt = now
        return [.ledger(.amended(transaction.id, Boxed(order)))]
    }
}
