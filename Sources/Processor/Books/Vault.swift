import HashTreeCollections
package import Payments

/// What stands behind a token: everything but the number. A class: it is found and handed on, and never changes.
package final class VaultedAccount: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case card(brand: CardBrand?, bin: BIN, length: Int, passesCheckDigit: Bool)
        case bank(routingNumber: String, accountLength: Int)
    }

    /// How the number came to the vault.
    package enum Origin: String, Hashable, Sendable {
        /// In clear, or encrypted with a key that is known here.
        case number
        /// From a card reader.
        case reader
        /// From a telephone's wallet.
        case applePay, googlePay
        /// Held to a payment terminal.
        case contactless
        /// Encrypted with a key that is not known here.
        case cipher
    }

    package let token: CardToken
    package let fingerprint: Fingerprint
    package let kind: Kind
    package let lastFour: String
    package let origin: Origin
    /// As its transactions keep it.
    let inTransactions: TransactionAccount

    package init(
        token: CardToken, fingerprint: Fingerprint, kind: Kind, lastFour: String, origin: Origin = .number
    ) {
        self.token = token
        self.fingerprint = fingerprint
        self.kind = kind
        self.lastFour = lastFour
        self.origin = origin
        var (brand, bin): (CardBrand?, BIN?)
        var tender = Tender.ach
        if case .card(let found, let leading, _, _) = kind { (brand, bin, tender) = (found, leading, .card) }
        inTransactions = TransactionAccount(token: token, brand: brand, bin: bin, lastFour: lastFour, tender: tender)
    }

    /// The token of a wallet, or of a card that was held to a terminal, is worth nothing after one authorization.
    package var isForOnePayment: Bool { origin == .applePay || origin == .googlePay || origin == .contactless }

    func with(origin: Origin) -> VaultedAccount {
        VaultedAccount(token: token, fingerprint: fingerprint, kind: kind, lastFour: lastFour, origin: origin)
    }

    package static func == (a: VaultedAccount, b: VaultedAccount) -> Bool {
        a === b
            || (a.token == b.token && a.fingerprint == b.fingerprint && a.kind == b.kind && a.lastFour == b.lastFour
                && a.origin == b.origin)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(token)
        hasher.combine(fingerprint)
    }

    package func key(in scope: SiteScope) -> Vault.TokenKey { Vault.TokenKey(scope: scope, token: token) }

    package var brand: CardBrand? {
        if case .card(let brand, _, _, _) = kind { return brand }
        return nil
    }

    package var isBankAccount: Bool {
        if case .bank = kind { return true }
        return false
    }
}

/// Expiry and verification that travel with a token for a short while.
package struct HeldVerification: Hashable, Sendable {
    package var expiry: CardExpiry?
    package var cvv: CVVEvidence
    /// How the card was presented, when a reader or a wallet said so.
    package var entryMode: EntryMode?
    package var until: Instant

    package init(expiry: CardExpiry?, cvv: CVVEvidence, entryMode: EntryMode? = nil, until: Instant) {
        self.expiry = expiry
        self.cvv = cvv
        self.entryMode = entryMode
        self.until = until
    }
}

/// The tokens of all sites. A token is known only in the scope that made it.
package struct Vault: Equatable, Sendable {
    package struct TokenKey: Prehashed, Sendable {
        package let scope: SiteScope
        package let token: CardToken

        package init(scope: SiteScope, token: CardToken) {
            self.scope = scope
            self.token = token
        }

        package var prehash: UInt64 { TextFingerprint.of(token.text, after: scope.fingerprint) }
    }

    fileprivate struct AccountKey: Prehashed, Sendable {
        let scope: SiteScope
        let fingerprint: Fingerprint

        var prehash: UInt64 { scope.fingerprint ^ fingerprint.low }
    }

    fileprivate struct Parts: Equatable, Sendable {
        /// At most this many accounts are kept; the oldest are forgotten first.
        let limit: Int
        var accounts: TreeDictionary<TokenKey, VaultedAccount> = [:]
        /// With its deterministic token; those with a unique one are not in here.
        var byFingerprint: TreeDictionary<AccountKey, VaultedAccount> = [:]
        var held: TreeDictionary<TokenKey, HeldVerification> = [:]
        var order = ForgettingOrder<TokenKey>()
        /// How many unique tokens were made, per scope.
        var uniqueCounts: TreeDictionary<SiteScope, Int> = [:]
    }

    /// Shared, because whoever reads a vault has a copy.
    private var parts: Shared<Parts>

    package init(limit: Int = .max) { parts = Shared(Parts(limit: limit)) }

    package var count: Int { parts.value.accounts.count }

    package func account(_ token: CardToken, in scope: SiteScope) -> VaultedAccount? {
        parts.value.accounts[TokenKey(scope: scope, token: token)]
    }

    /// The account with the deterministic token of a number.
    package func account(of fingerprint: Fingerprint, in scope: SiteScope) -> VaultedAccount? {
        parts.value.byFingerprint[AccountKey(scope: scope, fingerprint: fingerprint)]
    }

    package func heldVerification(_ token: CardToken, in scope: SiteScope, at now: Instant) -> HeldVerification? {
        parts.value.held[TokenKey(scope: scope, token: token)].flatMap { $0.until > now ? $0 : nil }
    }

    package func uniqueCount(in scope: SiteScope) -> Int { parts.value.uniqueCounts[scope] ?? 0 }

    mutating func apply(_ event: VaultEvent) { parts.value.apply(event) }
}

extension Vault.Parts {
    fileprivate mutating func apply(_ event: VaultEvent) {
        switch event {
        case .tokenized(let account, let scope, let isUnique):
            let key = Vault.TokenKey(scope: scope, token: account.token)
            if accounts.updateValue(account, forKey: key) == nil { order.append(key) }
            if isUnique {
                uniqueCounts[scope, default: 0] += 1
            } else {
                byFingerprint[Vault.AccountKey(scope: scope, fingerprint: account.fingerprint)] = account
            }
            while accounts.count > limit, let oldest = order.takeOldest() { forget(oldest) }
        case .verificationHeld(let verification, let key):
            held[key] = verification
        case .verificationUsed(let key):
            held[key] = nil
        }
    }

    /// A number in clear gets the same token again; the token alone means nothing any more.
    private mutating func forget(_ key: Vault.TokenKey) {
        held[key] = nil
        guard let account = accounts.removeValue(forKey: key) else { return }
        let accountKey = Vault.AccountKey(scope: key.scope, fingerprint: account.fingerprint)
        if byFingerprint[accountKey]?.token == key.token { byFingerprint[accountKey] = nil }
    }
}

/// What can happen in a vault.
package enum VaultEvent: Hashable, Sendable {
    case tokenized(VaultedAccount, scope: SiteScope, isUnique: Bool)
    case verificationHeld(HeldVerification, Vault.TokenKey)
    /// The first authorization took expiry and verification along; nothing of them remains.
    case verificationUsed(Vault.TokenKey)
}
