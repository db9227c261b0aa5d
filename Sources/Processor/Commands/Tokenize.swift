package import Payments

/// Makes a token of a card or bank account number, or lets a token carry expiry and verification value for a while.
package struct Tokenize: Command {
    package var service: String
    package var scope: SiteScope
    package var account: AccountText
    /// Another token on every call instead of the deterministic one.
    package var isUnique: Bool
    package var expiry: CardExpiry?
    package var cvv: CardVerificationValue?
    package var wire: any WireFacts

    package init(
        service: String, scope: SiteScope, account: AccountText, isUnique: Bool = false, expiry: CardExpiry? = nil,
        cvv: CardVerificationValue? = nil, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.scope = scope
        self.account = account
        self.isUnique = isUnique
        self.expiry = expiry
        self.cvv = cvv
        self.wire = wire
    }

    package var operation: String { "tokenization" }

    /// Why an account cannot be tokenized.
    package enum Fault: Error, Hashable, Sendable, CaseIterable {
        case empty, notDecimal, tooLong, tooShort, checkDigit, unknownToken, unpublishedNumber
    }

    package typealias Outcome = Result<CardToken, Fault>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        var subject = RuleSubject(service: service, operation: operation, scope: scope, wire: wire)
        switch resolution(context) {
        case .failure(let fault):
            let reasons = fault == .unpublishedNumber ? [context.reason(of: .unpublishedCardNumber)] : []
            return context.ruling(for: subject).applied(to: Decision(outcome: .failure(fault), reasons: reasons))
        case .success(let found):
            subject.card = CardFacts(found.account)
            var events: [Event] = []
            if found.isNew { events.append(.vault(.tokenized(found.account, scope: scope, isUnique: isUnique))) }
            if expiry != nil || cvv != nil { events.append(held(with: found.account.token, context)) }
            let decision = Decision<Outcome>(
                events: events, outcome: .success(found.account.token), reasons: found.reasons)
            return context.ruling(for: subject).applied(to: decision)
        }
    }

    private func held(with token: CardToken, _ context: DecisionContext) -> Event {
        let verification = HeldVerification(
            expiry: expiry, cvv: context.behavior.cardVerification.evidence(for: cvv),
            until: context.now + context.behavior.tokens.holdsVerificationFor)
        return .vault(.verificationHeld(verification, Vault.TokenKey(scope: scope, token: token)))
    }

    private func resolution(_ context: DecisionContext) -> Result<AccountResolution, Fault> {
        let compact = account.compacted
        if compact.isEmpty { return .failure(.empty) }
        if let known = context.books.vault.account(compact.asToken, in: scope) {
            return .success(AccountResolution(account: known, isNew: false, held: nil, reasons: []))
        }
        if let bank = compact.bankAccount {
            return .success(context.vaulted(bank, in: scope, serial: serial(context)))
        }
        guard compact.isDigits else { return .failure(.notDecimal) }
        guard let number = compact.number, number.length <= context.behavior.tokens.cardLengths.upperBound else {
            return .failure(.tooLong)
        }
        if let published = context.behavior.account(published: compact.asToken, in: scope) {
            return .success(context.vaulted(published, in: scope))
        }
        if TokenShape.fits(compact) { return .failure(.unknownToken) }
        guard number.length >= context.behavior.tokens.cardLengths.lowerBound else { return .failure(.tooShort) }
        if context.behavior.tokens.requiresCheckDigit, !number.passesLuhn { return .failure(.checkDigit) }
        let card = context.identify(number)
        if context.looksReal(number, card), !context.behavior.gateway.acceptsRealCardNumbers {
            return .failure(.unpublishedNumber)
        }
        return .success(context.vaulted(number, as: card, in: scope, serial: serial(context)))
    }

    private func serial(_ context: DecisionContext) -> Int? {
        isUnique ? context.books.vault.uniqueCount(in: scope) + 1 : nil
    }
}
