import Payments

extension Charge {
    /// The gateway's own decline of a payment that was just made: the same account, amount, order and kind through the
    /// same processor. What was declined or taken back may be tried again, and bills of subscriptions do not count.
    /// Source: reference of Fluid Pay, §4.1 has the code; what is the same is ours.
    func refusalOfDuplicate(
        _ boxed: Boxed<PaymentOrder>, _ amount: Amount, _ instrument: ChargeInstrument, _ processor: GatewayProcessor,
        in context: DecisionContext
    ) -> ForegoneAnswer? {
        var order: PaymentOrder { boxed.value }
        let policy = context.behavior.accounts.policy
        guard policy.duplicateWindow > .zero, order.kind != .verification, order.source != .recurring,
            let row = policy.duplicateCode.flatMap({ context.behavior.responseCodes[processor.type, $0] })
        else { return nil }
        let earlier = context.charges(
            of: account.id, within: context.now + (.zero - policy.duplicateWindow)...context.now
        ).first { earlier in
            let transaction = earlier.transaction
            return transaction.isApproved && earlier.status != .voided && earlier.order.kind == order.kind
                && earlier.order.orderID == order.orderID && transaction.account.token == instrument.account.token
                && transaction.requested.minorUnits.magnitude == amount.total.magnitude
                && transaction.merchant == processor.merchant(in: account.scope)
        }
        return earlier.map {
            ForegoneAnswer(response: row.response, reason: .note("the same payment was made before: \($0.id)"))
        }
    }
}
