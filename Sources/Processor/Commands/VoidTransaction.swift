import Payments

/// Takes back an authorization, in full or in part, or a capture that is not settled yet, in full.
package struct VoidTransaction: Command {
    package var target: FollowUp
    /// Nil or zero voids everything.
    package var amount: Authorize.AmountEntry?

    package init(_ target: FollowUp, amount: Authorize.AmountEntry?) {
        self.target = target
        self.amount = amount
    }

    package var operation: String { "void" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        target.ruled(operation, minorUnits: amount?.minorUnits, in: context) { ordinary(context) }
    }

    func ordinary(_ context: DecisionContext) -> Decision<FollowUpOutcome> {
        guard let transaction = target.transaction(in: context) else {
            return target.refused(.transactionNotFound, in: context)
        }
        if let refusal = refusal(transaction, context) { return target.refused(refusal, transaction, in: context) }
        let approved = transaction.approved
        switch amount {
        case nil, .missing, .minorUnits(0):
            return void(transaction, context)
        case .minorUnits(let part) where part == approved.minorUnits:
            return void(transaction, context)
        case .minorUnits(let part) where part > 0 && part < approved.minorUnits && transaction.details.isPINDebit:
            return void(transaction, context)
        case .minorUnits(let part)
        where part > 0 && part < approved.minorUnits && transaction.stage == .authorized:
            return reduce(transaction, to: approved.with(minorUnits: approved.minorUnits - part), context)
        case .minorUnits, .unreadable:
            return target.refused(.invalidAmount, transaction, in: context)
        }
    }

    private func refusal(_ transaction: Transaction, _ context: DecisionContext) -> Refusal? {
        switch context.ledger.status(of: transaction) {
        case .declined, .zeroAmount: return .noMatchingAuthorization
        case .batched, .rejected, .formatError, .underReview, .tokenDecryptFailed, .pinDebit:
            return .transactionBatched
        case .accepted:
            return context.behavior.gateway.voidOfSettled == .batched ? .transactionBatched : .transactionSettled
        case .voided: return context.behavior.gateway.secondVoid == .approveAgain ? nil : .noMatchingAuthorization
        case .authorized, .queued:
            if transaction.refunded > 0 { return .noMatchingAuthorization }
            if context.now - transaction.createdAt > context.behavior.gateway.voidableFor { return .voidTooLate }
            let voice = context.refusalRow(.voiceAuthorizationApproved).response
            return transaction.response == voice ? .voiceAuthorizationNotVoidable : nil
        }
    }

    private func void(_ transaction: Transaction, _ context: DecisionContext) -> Decision<FollowUpOutcome> {
        var after = transaction
        after.void(at: context.now)
        guard transaction.stage != .voided else { return approved(after, [], context) }
        var events = [Event.ledger(.voided(transaction.id, at: context.now))]
        if case .refund(let original) = transaction.kind {
            events.append(.ledger(.refunded(original, minorUnits: -transaction.approved.minorUnits)))
        }
        return approved(after, of: transaction, events, context)
    }

    private func reduce(
        _ transaction: Transaction, to rest: Money, _ context: DecisionContext
    ) -> Decision<FollowUpOutcome> {
        var after = transaction
        after.approved = rest
        var events = [Event.ledger(.reduced(transaction.id, to: rest))]
        if let fee = transaction.fee, fee.separate == nil, fee.minorUnits != 0 {
            let left = fee.shared(rest.minorUnits, of: transaction.approved.minorUnits)
            after.fee = left
            events.append(.ledger(.feeChanged(transaction.id, left)))
        }
        return approved(after, of: transaction, events, context)
    }

    /// With a fee that is a transaction of its own, which is taken back as well.
    private func approved(
        _ after: Transaction, of transaction: Transaction, _ events: [Event], _ context: DecisionContext
    ) -> Decision<FollowUpOutcome> {
        switch target.voidedFee(of: transaction, leaving: after.approved.minorUnits, after: events, in: context) {
        case .failure(let fault): return target.refused(fault.refusal, transaction, in: context)
        case .success(nil): return approved(after, events, context)
        case .success(let change?):
            var after = after
            after.fee = change.fee
            return approved(
                after, events + change.events + [.ledger(.feeChanged(transaction.id, change.fee))], context)
        }
    }

    private func approved(
        _ after: Transaction, _ events: [Event], _ context: DecisionContext
    ) -> Decision<FollowUpOutcome> {
        let told = context.behavior.processors[after.processor]?.approval ?? after.response
        return Decision(
            events: events,
            outcome: target.outcome(
                after, told: told, authorizationCode: context.behavior.gateway.voidAuthorizationCode, in: context))
    }
}
