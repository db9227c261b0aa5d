package import Payments

/// Makes a token of a card or bank account number, or lets a token carry expiry and verification value for a while.
package struct Tokenize: Command {
    package var service: String
    package var scope: SiteScope
    package var input: TokenizerInput
    /// Another token on every call instead of the deterministic one.
    package var isUnique: Bool
    /// The card was held to a terminal: its token is worth one payment, whenever that comes.
    package var isForOnePayment = false
    package var expiry: CardExpiry?
    package var cvv: CardVerificationValue?
    package var wire: any WireFacts

    package init(
        service: String, scope: SiteScope, account: AccountText, isUnique: Bool = false, expiry: CardExpiry? = nil,
        cvv: CardVerificationValue? = nil, wire: any WireFacts = NoWireFacts()
    ) {
        self.init(
            service: service, scope: scope, input: .account(account), isUnique: isUnique, expiry: expiry, cvv: cvv,
            wire: wire)
    }

    package init(
        service: String, scope: SiteScope, input: TokenizerInput, isUnique: Bool = false, expiry: CardExpiry? = nil,
        cvv: CardVerificationValue? = nil, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.scope = scope
        self.input = input
        self.isUnique = isUnique
        self.expiry = expiry
        self.cvv = cvv
        self.wire = wire
    }

    package var operation: String { "tokenization" }

    /// A token; for a gift card, its number.
    package typealias Outcome = Result<CardToken, TokenizerError>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let found = resolution(context)
        return context.ruling(for: subject(found)).appliedToTokenizer(decision(found, context), in: context)
    }

    private func subject(_ found: Result<TokenizerResolution, TokenizerError>) -> RuleSubject {
        var subject = RuleSubject(service: service, operation: operation, scope: scope, wire: wire)
        if case .success(.vaulted(let account)) = found {
            subject.card = CardFacts(account.account)
            subject.entryMode = account.presented?.value.entryMode
        }
        return subject
    }

    private func decision(
        _ found: Result<TokenizerResolution, TokenizerError>, _ context: DecisionContext
    ) -> Decision<Outcome> {
        switch found {
        case .failure(let error):
            return Decision(outcome: .failure(error), reasons: [context.reason(for: error)])
        case .success(.inClear(let number)):
            let clear = number.withClearDigits { CardToken($0) }
            return Decision(outcome: .success(clear), reasons: [.note("gift cards of this site stay in clear")])
        case .success(.vaulted(var found)):
            if isForOnePayment { found.account = found.account.with(origin: .contactless) }
            let account = found.account
            var events = found.events(in: scope)
            if let held = held(found, context) {
                events.append(.vault(.verificationHeld(held, account.key(in: scope))))
            }
            return Decision(events: events, outcome: .success(account.token), reasons: found.reasons)
        }
    }

    /// What the token carries until the next authorization: what the request says, and what the reader or wallet said.
    private func held(_ found: AccountResolution, _ context: DecisionContext) -> HeldVerification? {
        let presented = found.presented?.value
        let expiry = expiry ?? presented?.expiry
        guard expiry != nil || cvv != nil || presented != nil || isForOnePayment else { return nil }
        return HeldVerification(
            expiry: expiry, cvv: context.behavior.cardVerification.evidence(for: cvv),
            entryMode: isForOnePayment ? .contactless : presented?.entryMode,
            until: isForOnePayment ? .latest : context.now + context.behavior.tokens.holdsVerificationFor)
    }

    private func resolution(_ context: DecisionContext) -> Result<TokenizerResolution, TokenizerError> {
        switch input {
        case .account(let text): context.tokenizable(text, in: scope, serial: serial(context))
        case .decrypted(let text): context.tokenizable(text, in: scope, serial: serial(context), isDecrypted: true)
        case .opaque(let text): context.tokenizable(opaque: text, in: scope)
        case .device(let payload): context.tokenizable(payload, in: scope, serial: serial(context))
        }
    }

    private func serial(_ context: DecisionContext) -> Int? {
        isUnique ? context.vault.uniqueCount(in: scope) + 1 : nil
    }
}

/// What is to be tokenized.
package enum TokenizerInput: Hashable, Sendable {
    /// A card number, `routing/account`, or a token.
    case account(AccountText)
    /// The same, after it was decrypted.
    case decrypted(AccountText)
    /// An encrypted account that no key opens.
    case opaque(AccountText)
    case device(DevicePayload)
}

extension Ruling {
    /// Finishes a decision of the tokenizer: a rule may prescribe one of its errors.
    ///
    /// As with every prescribed answer nothing happens in the books, unless the rule strikes after the commit point.
    func appliedToTokenizer<Success>(
        _ decision: consuming Decision<Result<Success, TokenizerError>>, in context: DecisionContext
    ) -> Decision<Result<Success, TokenizerError>> {
        let error: TokenizerError
        var delay: Duration = .zero
        switch answer {
        case .tokenizerError(let code): error = .code(code)
        case .tokenizerFault(let fault): error = .fault(fault)
        case .timeout(let after):
            error = .fault(.serverFailed)
            delay = after ?? context.behavior.gateway.processorTimeout
        case .approve, .approvePartially, .respond, .refuse, .http, nil: return applied(to: decision)
        }
        decision.outcome = .failure(error)
        if !commitsFirst { decision.effects.events = [] }
        decision.effects.reasons = [context.reason(for: error)]
        decision.effects.delivery.delay = delay
        return applied(to: decision)
    }
}

extension DecisionContext {
    func reason(for error: TokenizerError) -> Reason {
        let row = behavior.tokenizerErrors.row(for: error)
        return .tokenizerError(code: row.code, text: row.text, row.source)
    }
}
