import Payments

extension DecisionContext {
    /// Lets the rules have their say over a command that is about no transaction.
    ///
    /// A prescribed answer lets nothing happen, unless the rule says that it strikes after the commit point. A
    /// prescribed approval lets it happen as usual.
    func ruled<Outcome>(
        _ subject: RuleSubject, refusing outcome: (ResponseCode) -> Outcome, ordinary: () -> Decision<Outcome>
    ) -> Decision<Outcome> {
        let ruling = ruling(for: subject)
        guard let answer = ruling.answer, let response = prescribed(answer, processor: subject.processor),
            response.status != .approved
        else { return ruling.applied(to: ordinary()) }
        var decision = Decision(outcome: outcome(response))
        if ruling.delivery.strikes == .after { decision.effects.events = ordinary().effects.events }
        if case .timeout(let after) = answer {
            decision.effects.delivery.delay = after ?? behavior.gateway.processorTimeout
        }
        return ruling.applied(to: decision)
    }

    private func prescribed(_ answer: RuleAction.Answer, processor: ProcessorName?) -> ResponseCode? {
        switch answer {
        case .approve, .approvePartially, .http, .tokenizerError, .tokenizerFault: return nil
        case .refuse(let refusal): return refusalRow(refusal).response
        case .timeout: return refusalRow(.timedOut).response
        case .respond(let code, let text):
            guard let processor else { return nil }
            let response =
                behavior.responseCodes[processor, code]?.response
                ?? ResponseCode(processor: processor, code: code, status: .declined, text: text ?? "Declined")
            return text.map(response.worded) ?? response
        }
    }

    /// What rules look at in a command of a merchant that is about no transaction.
    func subject(
        _ operation: String, service: String, of merchant: MerchantKey, _ wire: any WireFacts
    ) -> RuleSubject {
        var subject = RuleSubject(service: service, operation: operation, scope: merchant.scope, wire: wire)
        subject.merchant = merchant.id
        subject.processor = boxedMerchant(merchant)?.value.processor
        return subject
    }
}
