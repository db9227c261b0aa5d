package import Payments

/// Gives back all or part of a settled transaction. The refund is a transaction of its own, with its own reference.
package struct Refund: Command {
    package var target: FollowUp
    /// Nil gives back what is left.
    package var amount: Authorize.AmountEntry?
    /// Nil inherits the order id of the original.
    package var orderID: OrderID?
    /// What the request says beside; the rest is that of the original.
    package var memos: [TransactionDetails.Memo] = []
    /// Said of the original, and not of what is given back.
    package var forgottenMemos: Set<String> = []

    package init(_ target: FollowUp, amount: Authorize.AmountEntry?, orderID: OrderID? = nil) {
        self.target = target
        self.amount = amount
        self.orderID = orderID
    }

    package var operation: String { "refund" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        target.ruled(operation, minorUnits: amount?.minorUnits, in: context) { ordinary(context) }
    }

    func ordinary(_ context: DecisionContext) -> Decision<FollowUpOutcome> {
        guard let original = target.transaction(in: context) else {
            return target.refused(.transactionNotFound, in: context)
        }
        guard let known = context.boxedMerchant(target.merchant),
            let profile = context.behavior.processors[original.processor]
        else { return target.refused(.unknownMerchant, original, in: context) }
        let view = context.ledger.view(of: original, merchant: known)
        guard view.isRefundable else {
            return target.refused(.transactionNotSettled, original, in: context)
        }
        let left = original.approved.minorUnits - original.refunded
        let minorUnits: Int64
        switch amount {
        case nil, .missing: minorUnits = left
        case .unreadable: return target.refused(.invalidAmount, original, in: context)
        case .minorUnits(let sent): minorUnits = sent
        }
        guard left > 0, minorUnits <= left else { return target.refused(.refundExceedsCapture, original, in: context) }
        guard minorUnits > 0 else { return target.refused(.invalidAmount, original, in: context) }
        if minorUnits < original.approved.minorUnits, !known.value.partialRefunds {
            return target.refused(.partialRefundsNotSupported, original, in: context)
        }
        return refund(original.approved.with(minorUnits: minorUnits), of: original, profile, context)
    }

    private func refund(
        _ money: Money, of original: Transaction, _ profile: ProcessorProfile, _ context: DecisionContext
    ) -> Decision<FollowUpOutcome> {
        var numbering = context.nextReference(of: target.merchant)
        let answer = answer(to: money, of: original, profile, &numbering.identifiers, context)
        var refund = original
        refund.id = context.ledger.next
        refund.kind = .refund(of: original.id)
        refund.reference = numbering.number
        refund.requested = money
        refund.refunded = 0
        refund.fee = original.fee.flatMap { fee in
            fee.separate == nil ? fee.shared(money.minorUnits, of: original.approved.minorUnits) : nil
        }
        refund.response = answer.response
        refund.authorizationCode = answer.authorizationCode
        refund.avs = nil
        refund.cvv = nil
        refund.extras = answer.extras
        refund.createdAt = context.now
        refund.capturedAt = nil
        refund.details.orderID = orderID.map(context.storable) ?? original.details.orderID
        refund.details.memos.removeAll { forgottenMemos.contains($0.name) }
        refund.details.replace(memos)
        refund.previousWithSameOrder = refund.details.orderID.flatMap {
            context.ledger.newest(order: $0, in: target.merchant.scope)
        }
        let isApproved = answer.response.status == .approved
        refund.approved = isApproved ? money : .zero(money.currency)
        refund.stage = isApproved ? .authorized : .declined
        var events = [Event.ledger(.recorded(Boxed(refund), references: numbering.after))]
        if isApproved {
            let queue = context.openBatch(of: original.books, profile)
            events += queue.events
            events.append(.ledger(.captured(refund.id, money, in: queue.batch, at: context.now)))
            events.append(.ledger(.refunded(original.id, minorUnits: money.minorUnits)))
            refund.capture(money, into: queue.batch, at: context.now)
            switch target.refundedFee(of: original, part: money.minorUnits, after: events, in: context) {
            case .failure(let fault): return target.refused(fault.refusal, original, in: context)
            case .success(nil): break
            case .success(let change?):
                refund.fee = change.fee
                events += change.events + [.ledger(.feeChanged(refund.id, change.fee))]
            }
        }
        let outcome = target.outcome(
            refund, told: answer.response, authorizationCode: answer.authorizationCode, in: context)
        return Decision(events: events, outcome: outcome, reasons: answer.reason.map { [$0] } ?? [])
    }

    /// The processor where the brand's refunds are authorized online, the gateway itself otherwise; test amounts first.
    private func answer(
        to money: Money, of original: Transaction, _ profile: ProcessorProfile, _ identifiers: inout IdentifierSource,
        _ context: DecisionContext
    ) -> IssuerAnswer {
        if var answer = amountAnswer(money, of: original, profile, context) {
            if answer.response.status == .approved {
                answer.authorizationCode = identifiers.authorizationCode(profile.authorizationCode)
            }
            return answer
        }
        let isOnline = original.account.brand.map(profile.onlineRefundBrands.contains) ?? false
        guard isOnline else {
            let row = context.refusalRow(.offlineApproval)
            var answer = IssuerAnswer(
                response: row.response, reason: .note("the gateway approves this refund without asking the issuer"))
            answer.authorizationCode = context.behavior.gateway.refundAuthorizationCode
            return answer
        }
        var answer = IssuerAnswer(
            response: profile.refundApproval ?? profile.approval, reason: .approvedByDefault(profile.name))
        answer.authorizationCode = identifiers.authorizationCode(profile.authorizationCode)
        return answer
    }

    private func amountAnswer(
        _ money: Money, of original: Transaction, _ profile: ProcessorProfile, _ context: DecisionContext
    ) -> IssuerAnswer? {
        guard target.merchant.scope.environment == .uat else { return nil }
        for rule in profile.amountCodes where rule.operation == .refund {
            guard original.approved.minorUnits >= rule.minimumOriginal,
                let code = rule.code(for: money.minorUnits, decimals: money.currency.decimals),
                let row = context.behavior.responseCodes[profile.name, code]
            else { continue }
            var answer = IssuerAnswer(
                response: row.response, reason: .amountCode(money, row.response, row.source))
            context.categorize(&answer, brand: original.account.brand)
            return answer
        }
        return nil
    }
}
