import Payments

/// What became of an input of the tokenizer.
enum TokenizerResolution {
    case vaulted(AccountResolution)
    /// A gift card of the site, whose number is its token.
    case inClear(PrimaryAccountNumber)
}

extension DecisionContext {
    typealias TokenizerAnswer = Result<TokenizerResolution, TokenizerError>

    // MARK: - Accounts

    /// - Parameters:
    ///   - serial: asks for a token of its own.
    ///   - isDecrypted: wrong lengths have an error of their own then.
    func tokenizable(
        _ account: AccountText, in scope: SiteScope, serial: Int?, isDecrypted: Bool = false
    ) -> TokenizerAnswer {
        let compact = account.compacted
        if compact.isEmpty { return refused(.empty) }
        if let known = vault.account(compact.asToken, in: scope) {
            return .success(.vaulted(AccountResolution(account: known, isNew: false, held: nil, reasons: [])))
        }
        if let bank = compact.bankAccount { return made(vaulted(bank, in: scope, serial: serial), serial) }
        guard compact.isDigits else { return refused(.notDecimal) }
        let lengths = behavior.tokens.cardLengths
        guard let number = compact.number, number.length <= lengths.upperBound else {
            return refused(isDecrypted ? .decryptedLength : .tooLong)
        }
        if let published = behavior.account(published: compact.asToken, in: scope) {
            return made(vaulted(published, in: scope), nil)
        }
        if TokenShape.fits(compact) { return refused(.unknownToken) }
        guard number.length >= lengths.lowerBound else { return refused(isDecrypted ? .decryptedLength : .tooShort) }
        if TokenShape.resembles(compact) { return refused(.malformedToken) }
        return tokenizable(number, in: scope, serial: serial)
    }

    private func tokenizable(_ number: PrimaryAccountNumber, in scope: SiteScope, serial: Int?) -> TokenizerAnswer {
        if isGiftCard(number, in: scope) {
            return number.passesLuhn ? .success(.inClear(number)) : refused(.checkDigit)
        }
        if behavior.tokens.requiresCheckDigit, !number.passesLuhn { return refused(.checkDigit) }
        let card = identify(number)
        if looksReal(number, card), !behavior.gateway.acceptsRealCardNumbers { return refused(.unpublishedNumber) }
        return made(vaulted(number, as: card, in: scope, serial: serial), serial)
    }

    private func isGiftCard(_ number: PrimaryAccountNumber, in scope: SiteScope) -> Bool {
        behavior.directory.giftCards(of: scope).contains { $0.contains(number) }
    }

    private func made(_ resolution: AccountResolution, _ serial: Int?) -> TokenizerAnswer {
        var resolution = resolution
        resolution.isUnique = serial != nil
        return .success(.vaulted(resolution))
    }

    private func refused(_ fault: TokenizerFault) -> TokenizerAnswer { .failure(.fault(fault)) }

    // MARK: - What cannot be decrypted

    /// An encrypted account that no key opens: a token of the scenario's stand-in card, the same for the same text.
    func tokenizable(opaque text: AccountText, in scope: SiteScope) -> TokenizerAnswer {
        guard behavior.tokenizer.undecryptable == .opaque, let card = behavior.tokenizer.opaqueCard else {
            return refused(.undecryptable)
        }
        return .success(.vaulted(account(of: card, origin: .cipher, token: nil, variant: TextDigest(text), in: scope)))
    }

    /// Reader data gives the card's ordinary token; a wallet's payload one of its own, good for one authorization.
    func tokenizable(_ payload: DevicePayload, in scope: SiteScope, serial: Int?) -> TokenizerAnswer {
        guard let row = behavior.devices.row(for: payload) else { return refused(.unreadableSwipe) }
        if let code = row.error { return .failure(.code(code)) }
        let digest = TextDigest(payload.text)
        guard !row.cards.isEmpty else { return refused(.undecryptable) }
        if let signedAt = payload.signedAt, signedAt + behavior.tokenizer.walletLifetime < now {
            return refused(.staleWallet)
        }
        let card = row.cards[digest.number % row.cards.count]
        var found: AccountResolution
        switch payload.handler {
        case .reader:
            if row.token == nil {
                found = vaulted(card, as: identify(card), in: scope, serial: serial)
                found.isUnique = serial != nil
            } else {
                found = account(of: card, origin: .reader, token: row.token, variant: digest, in: scope)
            }
        case .applePay, .googlePay:
            let origin = payload.handler == .applePay ? VaultedAccount.Origin.applePay : .googlePay
            found = account(of: card, origin: origin, token: row.token, variant: digest, in: scope)
            // A telephone makes a new payload for every payment: an old one is used up, or too late.
            if !found.isNew, vault.heldVerification(found.account.token, in: scope, at: now) == nil {
                return refused(.staleWallet)
            }
        }
        found.reasons.insert(.devicePayload(row.source), at: 0)
        found.presented = Boxed(Presentation(expiry: row.expiry, entryMode: row.entryMode))
        return .success(.vaulted(found))
    }

    /// The account of a stand-in card under a token that depends on the payload.
    private func account(
        of card: PrimaryAccountNumber, origin: VaultedAccount.Origin, token: CardToken?, variant: TextDigest,
        in scope: SiteScope
    ) -> AccountResolution {
        guard let mint = behavior.mint(scope) else {
            preconditionFailure("requests come with a scope of the directory, and each of those has a mint")
        }
        // Nothing counts as taken: the same payload has to find its own token again.
        let token = token ?? mint.token(for: .card(card), serial: variant.number) { _ in false }
        if let known = vault.account(token, in: scope) {
            return AccountResolution(account: known, isNew: false, isUnique: true, held: nil, reasons: [])
        }
        let identified = identify(card)
        let account = VaultedAccount(
            token: token, fingerprint: identified.fingerprint,
            kind: .card(
                brand: identified.brand, bin: card.bin, length: card.length, passesCheckDigit: card.passesLuhn),
            lastFour: token.lastFour, origin: origin)
        return AccountResolution(account: account, isNew: true, isUnique: true, held: nil, reasons: [.generatedToken])
    }
}
