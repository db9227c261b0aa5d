package import Payments

/// What became of a command about an existing transaction: capture, void, refund, inquiry.
package struct FollowUpOutcome: Sendable {
    /// The transaction after the command; nil when it was not found.
    package var view: TransactionView?
    /// The answer to the client.
    package var told: ResponseCode
    /// Set when the gateway itself refused.
    package var refusal: Refusal?
    package var authorizationCode: String?
    /// What the client gave as reference, repeated in refusals.
    package var reference: RetrievalReferenceNumber
}

/// Common facts of commands about an existing transaction.
package struct FollowUp: Sendable {
    package var service: String
    package var merchant: MerchantKey
    package var reference: RetrievalReferenceNumber
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, reference: RetrievalReferenceNumber, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.reference = reference
        self.wire = wire
    }

    func transaction(in context: DecisionContext) -> Transaction? {
        context.ledger.transaction(reference, of: merchant)
    }

    func subject(_ operation: String, minorUnits: Int64?, in context: DecisionContext) -> RuleSubject {
        var subject = RuleSubject(service: service, operation: operation, scope: merchant.scope, wire: wire)
        let transaction = transaction(in: context)
        subject.merchant = merchant.id
        subject.processor = processor(of: transaction, in: context)
        // What rules count by goes into the books, and what finds nothing may be a card number.
        subject.reference = transaction?.reference ?? RetrievalReferenceNumber(context.keepable(reference.text))
        subject.amount = minorUnits ?? transaction?.approved.minorUnits
        subject.orderID = transaction?.details.orderID
        subject.cardholder = transaction?.details.name
        subject.currency = transaction?.approved.currency.code
        if let token = transaction?.account.token {
            subject.card = context.vault.account(token, in: merchant.scope).map { CardFacts($0) }
        }
        return subject
    }

    /// That of the transaction, which for bank accounts is not that of the merchant.
    private func processor(of transaction: Transaction?, in context: DecisionContext) -> ProcessorName? {
        transaction?.processor ?? context.boxedMerchant(merchant)?.value.processor
    }

    func outcome(
        _ transaction: Transaction, told: ResponseCode, authorizationCode: String? = nil, in context: DecisionContext
    ) -> FollowUpOutcome {
        outcome(Boxed(transaction), told: told, authorizationCode: authorizationCode, in: context)
    }

    func outcome(
        _ transaction: Boxed<Transaction>, told: ResponseCode, authorizationCode: String? = nil,
        in context: DecisionContext
    ) -> FollowUpOutcome {
        let known = context.boxedMerchant(merchant)
        return FollowUpOutcome(
            view: context.ledger.view(of: transaction, merchant: known), told: told,
            authorizationCode: authorizationCode, reference: reference)
    }

    func refused(
        _ refusal: Refusal, _ transaction: Transaction? = nil, in context: DecisionContext
    ) -> Decision<FollowUpOutcome> {
        let row = context.refusalRow(refusal)
        var outcome = FollowUpOutcome(told: row.response, refusal: refusal, reference: reference)
        if let transaction { outcome.view = self.outcome(transaction, told: row.response, in: context).view }
        return Decision(outcome: outcome, reasons: [.refusal(refusal, row.source)])
    }

    /// Lets the rules have their say over an ordinary decision.
    ///
    /// A prescribed answer lets nothing happen, unless the rule says that it strikes after the commit point; the client
    /// sees the transaction as it was. A prescribed approval is only another wording: what it approves has to happen.
    func ruled(
        _ operation: String, minorUnits: Int64?, in context: DecisionContext,
        ordinary: () -> Decision<FollowUpOutcome>
    ) -> Decision<FollowUpOutcome> {
        let ruling = context.ruling(for: subject(operation, minorUnits: minorUnits, in: context))
        guard let answer = ruling.answer, let prescribed = prescribed(answer, in: context) else {
            return ruling.applied(to: ordinary())
        }
        if prescribed.response.status == .approved {
            var decision = ordinary()
            if decision.outcome.refusal == nil { decision.outcome.told = prescribed.response }
            return ruling.applied(to: decision)
        }
        var decision = Decision(outcome: FollowUpOutcome(told: prescribed.response, reference: reference))
        if let transaction = transaction(in: context) {
            decision.outcome = outcome(transaction, told: prescribed.response, in: context)
        }
        decision.outcome.refusal = prescribed.refusal
        if ruling.commitsFirst {
            let committed = ordinary()
            decision.effects.events = committed.effects.events
            decision.effects.reasons = committed.effects.reasons
        }
        if case .timeout(let after) = answer {
            decision.effects.delivery.delay = after ?? context.behavior.gateway.processorTimeout
        }
        return ruling.applied(to: decision)
    }

    func prescribed(
        _ answer: RuleAction.Answer, in context: DecisionContext
    ) -> (response: ResponseCode, refusal: Refusal?)? {
        switch answer {
        case .approve, .approvePartially, .http, .tokenizerError, .tokenizerFault: return nil
        case .refuse(let refusal): return (context.refusalRow(refusal).response, refusal)
        case .timeout: return (context.refusalRow(.timedOut).response, .timedOut)
        case .respond(let code, let text):
            guard let processor = processor(of: transaction(in: context), in: context) else { return nil }
            let listed = context.behavior.responseCodes[processor, code]?.response
            let response =
                listed
                ?? ResponseCode(processor: processor, code: code, status: .declined, text: text ?? "Declined")
            return (text.map(response.worded) ?? response, nil)
        }
    }
}

extension Ruling {
    /// The rule says that the books change although the client is told otherwise.
    var commitsFirst: Bool { delivery.strikes == .after }
}
