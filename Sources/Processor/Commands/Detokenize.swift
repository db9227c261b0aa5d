package import Payments

/// Gives back the number behind a token, to those who may have it.
///
/// The books hold no numbers. What can be given back is what the scenario publishes: its test cards and known bank
/// accounts; the data of every other token counts as purged.
package struct Detokenize: Command {
    package var service: String
    package var scope: SiteScope
    /// As the request names it.
    package var site: String
    package var token: AccountText
    /// The credential that the request was sent with; nil: none, or a wrong one.
    package var user: String?
    /// The address of the client.
    package var peer: String
    package var wire: any WireFacts

    package init(
        service: String, scope: SiteScope, site: String, token: AccountText, user: String?, peer: String,
        wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.scope = scope
        self.site = site
        self.token = token
        self.user = user
        self.peer = peer
        self.wire = wire
    }

    package var operation: String { "detokenization" }

    package typealias Outcome = Result<ClearAccount, TokenizerError>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        var subject = RuleSubject(service: service, operation: operation, scope: scope, wire: wire)
        let account = context.vault.account(token.asToken, in: scope)
        if let account { subject.card = CardFacts(account) }
        let outcome = outcome(account, context)
        var reasons: [Reason] = []
        if case .failure(let error) = outcome { reasons = [context.reason(for: error)] }
        return context.ruling(for: subject).appliedToTokenizer(
            Decision(outcome: outcome, reasons: reasons), in: context)
    }

    private func outcome(_ account: VaultedAccount?, _ context: DecisionContext) -> Outcome {
        guard let known = context.behavior.directory.site(scope) else { return .failure(.fault(.unknownSite)) }
        if let hosts = known.detokenizeHosts, !hosts.contains(peer) { return .failure(.fault(.unauthorizedHost)) }
        guard let user, known.credentials.contains(where: { $0.user == user && $0.detokenizes }) else {
            return .failure(.fault(.unauthorizedDecrypt))
        }
        guard site == known.name.text else { return .failure(.fault(.unknownSite)) }
        if token.isEmpty { return .failure(.fault(.empty)) }
        guard let account else {
            if let published = context.behavior.account(published: token.asToken, in: scope) {
                return .success(published)
            }
            return .failure(.fault(TokenShape.fits(token) ? .unknownToken : .malformedToken))
        }
        guard account.origin == .number else { return .failure(.fault(.irreversible)) }
        if let number = context.behavior.testCard(account.fingerprint)?.number { return .success(.card(number)) }
        return context.behavior.account(published: account.token, in: scope).map { .success($0) }
            ?? .failure(.fault(.purged))
    }
}

/// Repeats a text, so that a client can see whether the tokenizer is there.
package struct Echo: Command {
    package var service: String
    package var scope: SiteScope
    /// Nil when the request has none.
    package var message: String?
    package var wire: any WireFacts

    package init(service: String, scope: SiteScope, message: String?, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.scope = scope
        self.message = message
        self.wire = wire
    }

    package var operation: String { "echo" }

    package typealias Outcome = Result<String, TokenizerError>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = RuleSubject(service: service, operation: operation, scope: scope, wire: wire)
        var decision: Decision<Outcome>
        if let message {
            let isTooLong = message.unicodeScalars.count > context.behavior.tokenizer.echoLength
            decision = Decision(outcome: isTooLong ? .failure(.fault(.messageTooLong)) : .success(message))
        } else {
            decision = Decision(outcome: .failure(.fault(.missingParameter)))
        }
        if case .failure(let error) = decision.outcome { decision.effects.reasons = [context.reason(for: error)] }
        return context.ruling(for: subject).appliedToTokenizer(decision, in: context)
    }
}
