import Payments
import Texts

/// What the emulated issuer says to an authorization.
struct IssuerAnswer: Sendable {
    var response: ResponseCode
    /// Nil approves what was requested.
    var approvedMinorUnits: Int64?
    var authorizationCode: String?
    var extras = DeclineExtras()
    var isTimeout = false
    var delay: Duration = .zero
    var reason: Reason?
}

extension Authorize {
    /// Asks the rules of the scenario first, then the mechanisms of the processor's emulator in its order.
    func issuerAnswer(
        _ draft: borrowing TransactionDraft, _ ruled: RuleAction.Answer?, in context: DecisionContext
    ) -> IssuerAnswer {
        let booking = draft.booking
        switch ruled {
        case .approve: return approval(booking)
        case .approvePartially(let minorUnits):
            var answer = partialApproval(draft, context) ?? approval(booking)
            answer.approvedMinorUnits = min(minorUnits, draft.minorUnits)
            return answer
        case .respond(let code, let text):
            return coded(code, text, booking.profile.name, context)
        case .refuse(let refusal): return refused(refusal, context)
        case .timeout(let after): return timeout(context, after: after)
        case .http, .tokenizerError, .tokenizerFault, nil: return emulated(draft, in: context)
        }
    }

    private func emulated(_ draft: borrowing TransactionDraft, in context: DecisionContext) -> IssuerAnswer {
        let booking = draft.booking
        if let voiceAuthorizationCode {
            var answer = refused(.voiceAuthorizationApproved, context)
            answer.authorizationCode = context.keepable(voiceAuthorizationCode)
            return answer
        }
        if let foregone { return IssuerAnswer(response: foregone.response, reason: foregone.reason) }
        if let answer = bankAnswer(draft) { return answer }
        guard merchant.scope.environment == .uat else { return productionAnswer(draft, in: context) }
        for step in booking.profile.decisionOrder where draft.isDecided(by: step) {
            guard var answer = answer(of: step, draft, context) else { continue }
            context.categorize(&answer, brand: draft.account?.brand)
            return answer
        }
        return approval(booking)
    }

    private func approval(_ booking: Booking) -> IssuerAnswer {
        IssuerAnswer(response: booking.profile.approval, reason: .approvedByDefault(booking.profile.name))
    }

    private func refused(_ refusal: Refusal, _ context: DecisionContext) -> IssuerAnswer {
        let row = context.refusalRow(refusal)
        return IssuerAnswer(response: row.response, reason: .refusal(refusal, row.source))
    }

    private func timeout(_ context: DecisionContext, after: Duration?) -> IssuerAnswer {
        var answer = refused(.timedOut, context)
        answer.isTimeout = true
        answer.delay = after ?? context.behavior.gateway.processorTimeout
        return answer
    }

    private func coded(
        _ code: String, _ text: String?, _ processor: ProcessorName, _ context: DecisionContext
    ) -> IssuerAnswer {
        let row = context.behavior.responseCodes[processor, code]
        let response =
            row?.response
            ?? ResponseCode(processor: processor, code: code, status: .declined, text: text ?? "Declined")
        return IssuerAnswer(response: text.map(response.worded) ?? response)
    }

    /// The answers of a processor of bank account transactions; nil for cards.
    private func bankAnswer(_ draft: borrowing TransactionDraft) -> IssuerAnswer? {
        guard case .bank(let routing, let length) = draft.account?.kind, let ach = draft.booking.profile.ach else {
            return nil
        }
        if ach.checksRoutingNumber, !RoutingNumber.isValid(routing) {
            let text = ach.badRoutingNumber.text.replacing("<bankaba>", with: routing)
            return IssuerAnswer(response: ach.badRoutingNumber.worded(text))
        }
        if !ach.accountLengths.contains(length) {
            let text = ach.badAccountLength.text.replacing("<account>", with: String(repeating: "n", count: length))
            return IssuerAnswer(response: ach.badAccountLength.worded(text))
        }
        return approval(draft.booking)
    }

    private func amountAnswer(_ draft: borrowing TransactionDraft, _ context: DecisionContext) -> IssuerAnswer? {
        let processor = draft.booking.profile.name
        let decimals = draft.booking.merchant.currency.decimals
        // By position, for a loop over the rules would copy each.
        let rules = draft.booking.profile.amountCodes
        for index in rules.indices where rules[index].operation == .authorization {
            guard let code = rules[index].code(for: draft.minorUnits, decimals: decimals) else { continue }
            let money = draft.requested
            if let row = context.behavior.responseCodes[processor, code] {
                return IssuerAnswer(response: row.response, reason: .amountCode(money, row.response, row.source))
            }
            guard context.behavior.gateway.unknownAmountCode == .decline else { return nil }
            var answer = coded(code, nil, processor, context)
            answer.reason = .amountCodeUnknown(money, code: code)
            return answer
        }
        return nil
    }

    private func answer(
        of step: DecisionStep, _ draft: borrowing TransactionDraft, _ context: DecisionContext
    ) -> IssuerAnswer? {
        if case .amountCodes = step { return amountAnswer(draft, context) }
        guard let card = draft.testCard else { return nil }
        let processor = draft.booking.profile.name
        for effect in card.effects where effect.isOf(step) {
            guard effect.applies(to: processor, minorUnits: draft.minorUnits) else { continue }
            if let answer = answer(to: effect, step, draft, context) { return answer }
        }
        return nil
    }

    private func answer(
        to effect: CardEffect, _ step: DecisionStep, _ draft: borrowing TransactionDraft, _ context: DecisionContext
    ) -> IssuerAnswer? {
        func reason(_ response: ResponseCode) -> Reason { .card(step, response, effect.source) }
        let approval = draft.booking.profile.approval
        switch effect.kind {
        case .approve(let code):
            let isFixed = context.behavior.gateway.fixedAuthorizationCodes
            return IssuerAnswer(
                response: approval, authorizationCode: isFixed ? code : nil, reason: reason(approval))
        case .debit: return IssuerAnswer(response: approval, reason: reason(approval))
        case .decline(let response): return IssuerAnswer(response: response, reason: reason(response))
        case .partial(let approved, let response):
            // Merchants that take surcharges get no partial approvals (reference §13.5).
            guard draft.booking.merchant.surcharge == nil else { return nil }
            return IssuerAnswer(
                response: response, approvedMinorUnits: min(approved, draft.minorUnits), reason: reason(response))
        case .share(let percent, let response):
            return IssuerAnswer(
                response: response, approvedMinorUnits: draft.minorUnits * Int64(percent) / 100,
                reason: reason(response))
        case .declineRefund: return nil
        case .timeout:
            var answer = timeout(context, after: nil)
            answer.reason = reason(answer.response)
            return answer
        case .byAmount(let minorUnits, let answer):
            guard minorUnits == draft.minorUnits, !answer.onlyRecurring || draft.continuesAgreement else { return nil }
            return IssuerAnswer(response: answer.response, extras: answer.extras, reason: reason(answer.response))
        }
    }

    /// The partial approval of this processor, as its test card gives it.
    private func partialApproval(_ draft: borrowing TransactionDraft, _ context: DecisionContext) -> IssuerAnswer? {
        for card in context.behavior.cards.cards {
            for effect in card.effects {
                guard effect.processors.isEmpty || effect.processors.contains(draft.booking.profile.name) else {
                    continue
                }
                switch effect.kind {
                case .partial(_, let response), .share(_, let response):
                    return IssuerAnswer(response: response)
                case .approve, .decline, .declineRefund, .timeout, .debit, .byAmount: continue
                }
            }
        }
        return nil
    }
}

extension TransactionDraft {
    /// False where a step cannot have an answer: the card is none of those that it is about.
    fileprivate func isDecided(by step: DecisionStep) -> Bool {
        if case .amountCodes = step { return true }
        return testCard?.steps.contains(step) == true
    }
}

extension DecisionContext {
    /// Adds the decline category that the brand prescribes for the code.
    func categorize(_ answer: inout IssuerAnswer, brand: CardBrand?) {
        guard answer.response.status != .approved, answer.extras.category == nil, let brand else { return }
        let key = TestCardTable.CategoryKey(
            brand: brand, processor: answer.response.processor, code: answer.response.code)
        answer.extras.category = behavior.cards.categories[key]
    }

    /// The gateway's own answer for a refusal.
    package func refusalRow(_ refusal: Refusal) -> ResponseTable.Row {
        behavior.refusals.answer(to: refusal)
    }

    /// Why the gateway refuses, with the place of the code.
    package func reason(of refusal: Refusal) -> Reason { .refusal(refusal, refusalRow(refusal).source) }
}
