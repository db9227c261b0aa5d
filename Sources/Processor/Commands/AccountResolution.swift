package import Payments

/// What stands in the `account` of a request.
package enum PaymentSource: Hashable, Sendable {
    case missing
    /// A token, a card number, or something else.
    case account(AccountText)
    case bank(BankAccountNumber)
}

/// An account of a request, looked up in the vault or made known to it.
package struct AccountResolution: Sendable {
    package var account: VaultedAccount
    /// The number was not in the vault before.
    package var isNew: Bool
    package var held: HeldVerification?
    package var reasons: [Reason]

    /// The event that makes a new number known.
    package func events(in scope: SiteScope) -> [Event] {
        isNew ? [.vault(.tokenized(account, scope: scope, isUnique: false))] : []
    }
}

extension DecisionContext {
    /// Finds the account that a source means in a scope, or why there is none.
    package func resolve(_ source: PaymentSource, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        switch source {
        case .missing:
            return .failure(RefusalFault(.missingField))
        case .bank(let account):
            return vaulted(account, in: scope)
        case .account(let text):
            let compact = text.compacted
            if let known = books.vault.account(compact.asToken, in: scope) {
                let held = books.vault.heldVerification(known.token, in: scope, at: now)
                return .success(AccountResolution(account: known, isNew: false, held: held, reasons: []))
            }
            if let account = compact.bankAccount { return vaulted(account, in: scope) }
            guard let number = compact.number else { return .failure(RefusalFault(.invalidCard)) }
            if TokenShape.fits(compact) { return .failure(RefusalFault(.invalidToken)) }
            return vaulted(number, in: scope)
        }
    }

    private func vaulted(
        _ number: PrimaryAccountNumber, in scope: SiteScope
    ) -> Result<AccountResolution, RefusalFault> {
        guard behavior.tokens.cardLengths.contains(number.length) else { return .failure(RefusalFault(.invalidCard)) }
        let fingerprint = behavior.fingerprints.fingerprint(of: number)
        let card = behavior.testCard(fingerprint)
        if behavior.gateway.checksCheckDigit, !number.passesLuhn, card == nil {
            return .failure(RefusalFault(.badCheckDigit))
        }
        guard let brand = card?.brand ?? behavior.brands.brand(of: number) else {
            return .failure(RefusalFault(.unknownCardType))
        }
        if behavior.gateway.refusesUnpublishedNumbers, card == nil {
            return .failure(RefusalFault(.unpublishedCardNumber))
        }
        let kind = VaultedAccount.Kind.card(
            brand: brand, bin: number.bin, length: number.length, passesCheckDigit: number.passesLuhn)
        return .success(
            known(fingerprint, in: scope, kind: kind, lastFour: number.lastFour) { mint, isTaken in
                mint.token(for: number, isTaken: isTaken)
            })
    }

    private func vaulted(_ account: BankAccountNumber, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        let kind = VaultedAccount.Kind.bank(
            routingNumber: account.routingNumber, accountLength: account.accountLength)
        return .success(
            known(
                behavior.fingerprints.fingerprint(of: account), in: scope, kind: kind, lastFour: account.lastFour
            ) { mint, isTaken in
                mint.token(for: account, isTaken: isTaken)
            })
    }

    /// The account behind a fingerprint: from the vault, by its published token, or with a new token.
    package func known(
        _ fingerprint: Fingerprint, in scope: SiteScope, kind: VaultedAccount.Kind, lastFour: String,
        mint: (TokenMint, (CardToken) -> Bool) -> CardToken
    ) -> AccountResolution {
        if let token = books.vault.token(of: fingerprint, in: scope),
            let account = books.vault.account(token, in: scope)
        {
            return AccountResolution(account: account, isNew: false, held: nil, reasons: [])
        }
        let published = behavior.knownToken(fingerprint, in: scope)
        guard let maker = behavior.mint(scope) else {
            preconditionFailure("requests come with a scope of the directory, and each of those has a mint")
        }
        let token =
            published?.token
            ?? mint(maker) { books.vault.account($0, in: scope) != nil }
        let account = VaultedAccount(token: token, fingerprint: fingerprint, kind: kind, lastFour: lastFour)
        let reason: Reason = published.map { .knownToken($0.source) } ?? .generatedToken
        return AccountResolution(account: account, isNew: true, held: nil, reasons: [reason])
    }
}

/// The form of tokens: 16 digits, the first of them 9, which no card number has.
package enum TokenShape {
    package static func fits(_ text: AccountText) -> Bool {
        text.length == 16 && text.isDigits && text.withClearText { $0.utf8.first == UInt8(ascii: "9") }
    }
}

/// A refusal on its way to an answer.
package struct RefusalFault: Error, Hashable, Sendable {
    package let refusal: Refusal

    package init(_ refusal: Refusal) { self.refusal = refusal }
}
