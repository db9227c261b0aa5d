package import Payments

/// Reads one transaction by its retrieval reference number. Changes nothing.
package struct Inquire: Command {
    package var target: FollowUp

    package init(_ target: FollowUp) { self.target = target }

    package var operation: String { "inquiry" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        target.ruled(operation, minorUnits: nil, in: context) {
            guard let found = context.ledger.boxed(target.reference, of: target.merchant) else {
                return target.refused(.transactionNotFound, in: context)
            }
            return Decision(outcome: target.outcome(found, told: found.value.response, in: context))
        }
    }
}

/// Reads all transactions with an order id: of the whole site, or of one merchant.
package struct InquireByOrder: Command {
    package var service: String
    package var merchant: MerchantKey
    package var order: OrderID
    package var onlyThisMerchant: Bool
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, order: OrderID, onlyThisMerchant: Bool,
        wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.order = order
        self.onlyThisMerchant = onlyThisMerchant
        self.wire = wire
    }

    package var operation: String { "inquiryByOrder" }

    package struct Outcome: Sendable {
        /// Oldest first; empty when there is none.
        package let found: [TransactionView]
        /// What to say when there is none.
        package let notFound: ResponseCode
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let found = context.ledger.transactions(order: order, in: merchant.scope)
            .filter { !onlyThisMerchant || $0.merchant == merchant }
            .map { transaction in
                let known = context.boxedMerchant(transaction.merchant)
                return context.ledger.view(of: transaction, merchant: known)
            }
        let row = context.refusalRow(.transactionNotFound)
        let ruling = context.ruling(for: subject(in: context))
        if let answer = ruling.answer, let prescribed = prescribed(answer, in: context) {
            return ruling.applied(to: prescribed)
        }
        let decision = Decision(
            outcome: Outcome(found: found, notFound: row.response),
            reasons: found.isEmpty ? [.refusal(.transactionNotFound, row.source)] : [])
        return ruling.applied(to: decision)
    }
}

extension InquireByOrder {
    private func subject(in context: DecisionContext) -> RuleSubject {
        var subject = context.subject(operation, service: service, of: merchant, wire)
        subject.orderID = context.storable(order)
        return subject
    }

    /// What a rule tells in place of what was found; nil for answers that approve.
    private func prescribed(_ answer: RuleAction.Answer, in context: DecisionContext) -> Decision<Outcome>? {
        let target = FollowUp(service: service, merchant: merchant, reference: "", wire: wire)
        guard let told = target.prescribed(answer, in: context), told.response.status != .approved else { return nil }
        var decision = Decision(outcome: Outcome(found: [], notFound: told.response))
        if case .timeout(let after) = answer {
            decision.effects.delivery.delay = after ?? context.behavior.gateway.processorTimeout
        }
        return decision
    }
}

/// Voids the newest transaction of a merchant with an order id, passing over declined ones.
package struct VoidByOrder: Command {
    package var service: String
    package var merchant: MerchantKey
    package var order: OrderID
    package var amount: Authorize.AmountEntry?
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, order: OrderID, amount: Authorize.AmountEntry?,
        wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.order = order
        self.amount = amount
        self.wire = wire
    }

    package var operation: String { "void" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        let chosen = context.ledger.newest(order: order, in: merchant.scope) {
            $0.merchant == merchant && $0.stage != .declined
        }
        let target = FollowUp(
            service: service, merchant: merchant, reference: chosen?.reference ?? "", wire: wire)
        return VoidTransaction(target, amount: amount).decide(in: context)
    }
}
