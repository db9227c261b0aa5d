package import Payments

/// What stands in the `account` of a request.
package enum PaymentSource: Hashable, Sendable {
    case missing
    /// A token, a card number, or something else.
    case account(AccountText)
    case bank(BankAccountNumber)
    /// A magnetic stripe in clear.
    case stripe(AccountText)
    /// What a reader encrypted, or a telephone's wallet.
    case device(DevicePayload)
    /// Card data that the service could not read.
    case unreadable(Refusal)
    /// Looked up by the service's own rules.
    case resolved(AccountResolution)
}

/// An account of a request, looked up in the vault or made known to it.
package struct AccountResolution: Hashable, Sendable {
    package var account: VaultedAccount
    /// The number was not in the vault before.
    package var isNew: Bool
    /// The token is not the deterministic one of its number.
    package var isUnique = false
    package var held: HeldVerification?
    /// What the card itself said, when it was there.
    package var presented: Boxed<Presentation>?
    package var reasons: [Reason]

    /// The event that makes a new number known.
    package func events(in scope: SiteScope) -> [Event] {
        isNew ? [.vault(.tokenized(account, scope: scope, isUnique: isUnique))] : []
    }

    /// What the card says about its end, now or when it was tokenized.
    package var expiry: CardExpiry? { presented?.value.expiry ?? held?.expiry }

    /// How the card was presented, now or when it was tokenized; nil where nothing tells.
    package var entryMode: EntryMode? { presented?.value.entryMode ?? held?.entryMode }
}

extension DecisionContext {
    /// Finds the account that a source means in a scope, or why there is none.
    package func resolve(_ source: PaymentSource, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        switch source {
        case .resolved(let resolution):
            return .success(resolution)
        case .missing:
            return .failure(RefusalFault(.missingField))
        case .bank(let account):
            guard account.isWellFormed else { return .failure(RefusalFault(.invalidCard)) }
            return .success(vaulted(account, in: scope))
        case .stripe(let text): return swiped(text, in: scope)
        case .device(let payload): return read(payload, in: scope)
        case .unreadable(let refusal): return .failure(RefusalFault(refusal))
        case .account(let text):
            let compact = text.compacted
            if let known = vault.account(compact.asToken, in: scope) {
                let held = vault.heldVerification(known.token, in: scope, at: now)
                if known.isForOnePayment, held == nil { return .failure(RefusalFault(.invalidToken)) }
                return .success(AccountResolution(account: known, isNew: false, held: held, reasons: []))
            }
            if let account = compact.bankAccount { return .success(vaulted(account, in: scope)) }
            guard let number = compact.number else { return .failure(RefusalFault(.invalidCard)) }
            if let published = behavior.account(published: compact.asToken, in: scope) {
                return .success(vaulted(published, in: scope))
            }
            if TokenShape.fits(compact) { return .failure(RefusalFault(.invalidToken)) }
            return resolve(number, in: scope)
        }
    }

    /// A card number in clear.
    func resolve(_ number: PrimaryAccountNumber, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        let card = identify(number)
        if let fault = fault(of: number, card) { return .failure(fault) }
        return .success(vaulted(number, as: card, in: scope))
    }

    /// A card number looked up once: its fingerprint, its published entry, its brand.
    package struct IdentifiedCard {
        let fingerprint: Fingerprint
        let published: TestCard?
        var brand: CardBrand?
    }

    package func identify(_ number: PrimaryAccountNumber) -> IdentifiedCard {
        let fingerprint = behavior.fingerprints.fingerprint(of: number)
        let published = behavior.testCard(fingerprint)
        return IdentifiedCard(
            fingerprint: fingerprint, published: published,
            brand: published?.brand ?? behavior.brands.brand(of: number))
    }

    /// The account behind a published token, made known to the vault when it is used for the first time.
    package func vaulted(_ published: ClearAccount, in scope: SiteScope) -> AccountResolution {
        switch published {
        case .card(let number): vaulted(number, as: identify(number), in: scope)
        case .bank(let account): vaulted(account, in: scope)
        }
    }

    /// What the gateway has against a card number.
    private func fault(of number: PrimaryAccountNumber, _ card: IdentifiedCard) -> RefusalFault? {
        guard behavior.tokens.cardLengths.contains(number.length) else { return RefusalFault(.invalidCard) }
        if behavior.gateway.checksCheckDigit, card.published == nil, !number.passesLuhn {
            return RefusalFault(.badCheckDigit)
        }
        if card.brand == nil { return RefusalFault(.unknownCardType) }
        return looksReal(number, card) && !behavior.gateway.acceptsRealCardNumbers
            ? RefusalFault(.unpublishedCardNumber) : nil
    }

    /// The bank account in the vault, by its published token, or with a new one.
    package func vaulted(_ bank: BankAccountNumber, in scope: SiteScope, serial: Int? = nil) -> AccountResolution {
        vaulted(
            .bank(bank), behavior.fingerprints.fingerprint(of: bank),
            .bank(routingNumber: bank.routingNumber, accountLength: bank.accountLength), in: scope, serial: serial)
    }

    /// The card in the vault, by its published token, or with a new one.
    package func vaulted(
        _ number: PrimaryAccountNumber, as card: IdentifiedCard, in scope: SiteScope, serial: Int? = nil
    ) -> AccountResolution {
        vaulted(
            .card(number), card.fingerprint,
            .card(brand: card.brand, bin: number.bin, length: number.length, passesCheckDigit: number.passesLuhn),
            in: scope, serial: serial)
    }

    /// - Parameter serial: asks for a token of its own instead of the deterministic one.
    private func vaulted(
        _ clear: ClearAccount, _ fingerprint: Fingerprint, _ kind: @autoclosure () -> VaultedAccount.Kind,
        in scope: SiteScope, serial: Int?
    ) -> AccountResolution {
        if serial == nil, let account = vault.account(of: fingerprint, in: scope) {
            return AccountResolution(account: account, isNew: false, held: nil, reasons: [])
        }
        guard let mint = behavior.mint(scope) else {
            preconditionFailure("requests come with a scope of the directory, and each of those has a mint")
        }
        let published = serial == nil ? behavior.knownToken(fingerprint, in: scope) : nil
        let token =
            published?.token
            ?? mint.token(for: clear, serial: serial) { vault.account($0, in: scope) != nil }
        let account = VaultedAccount(
            token: token, fingerprint: fingerprint, kind: kind(), lastFour: clear.lastFour)
        return AccountResolution(
            account: account, isNew: true, held: nil,
            reasons: [published.map { .knownToken($0.source) } ?? .generatedToken])
    }
}

extension Result where Success == AccountResolution {
    /// How the card was presented; nil where nothing tells.
    var entryMode: EntryMode? {
        guard case .success(let resolution) = self else { return nil }
        return resolution.entryMode
    }

    /// The account, when there is one.
    var found: AccountResolution? {
        if case .success(let resolution) = self { return resolution }
        return nil
    }
}

/// The form of tokens: 16 digits, the first of them 9, which no card number has.
package enum TokenShape {
    package static func fits(_ text: AccountText) -> Bool {
        text.length == 16 && resembles(text)
    }

    /// Digits that begin as no card number does, of whatever length.
    package static func resembles(_ text: AccountText) -> Bool {
        text.isDigits && text.withClearText { $0.utf8.first == UInt8(ascii: "9") }
    }
}

/// A refusal on its way to an answer.
package struct RefusalFault: Error, Hashable, Sendable {
    package let refusal: Refusal

    package init(_ refusal: Refusal) { self.refusal = refusal }
}
