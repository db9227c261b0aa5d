import Cryptography
package import Payments

/// Who exists: sites, their hosts and credentials, and their merchants. A class, so that handing it on costs nothing.
package final class Directory: Sendable {
    package let sites: [Site]
    private let merchantsByKey: [MerchantKey: Boxed<Merchant>]
    private let scopesByHost: [String: SiteScope]
    /// A bit for each length of a host name that a site claims: `localhost` and addresses are mostly none of those.
    private let hostLengths: UInt64
    /// Of the sites that have some.
    private let giftCards: [SiteName: [GiftCardRange]]

    package init(sites: [Site]) {
        self.sites = sites
        var merchants: [MerchantKey: Boxed<Merchant>] = [:]
        var hosts: [String: SiteScope] = [:]
        for site in sites {
            for environment in site.environments {
                let scope = SiteScope(site: site.name, environment: environment.environment)
                for host in environment.hosts { hosts[host.lowercased()] = scope }
                for merchant in site.merchants {
                    merchants[MerchantKey(scope: scope, id: merchant.id)] = Boxed(merchant)
                }
            }
        }
        defaultScope = sites.first.flatMap { site in
            site.environments.first.map { SiteScope(site: site.name, environment: $0.environment) }
        }
        merchantsByKey = merchants
        scopesByHost = hosts
        hostLengths = hosts.keys.reduce(0) { $0 | Self.length($1) }
        giftCards = Dictionary(sites.map { ($0.name, $0.giftCards) }, uniquingKeysWith: { first, _ in first })
            .filter { !$0.value.isEmpty }
    }

    /// The first site in its first environment: what a host that no site claims means.
    package let defaultScope: SiteScope?

    /// Every environment of every site.
    package var scopes: [SiteScope] {
        sites.flatMap { site in
            site.environments.map { SiteScope(site: site.name, environment: $0.environment) }
        }
    }

    /// The scope of a host name without port; the default scope when no site claims it.
    package func scope(ofHost host: String) -> SiteScope? {
        let name = host.isLowercase ? host : host.lowercased()
        guard hostLengths & Self.length(name) != 0 else { return defaultScope }
        return scopesByHost[name] ?? defaultScope
    }

    private static func length(_ host: String) -> UInt64 { 1 << UInt64(min(host.utf8.count, 63)) }

    /// Every merchant in every environment of its site.
    var merchants: Dictionary<MerchantKey, Boxed<Merchant>>.Keys { merchantsByKey.keys }

    package func merchant(_ id: MerchantID, in scope: SiteScope) -> Merchant? {
        merchant(MerchantKey(scope: scope, id: id))?.value
    }

    /// The same without a copy.
    package func merchant(_ key: MerchantKey) -> Boxed<Merchant>? { merchantsByKey[key] }

    package func credentials(of scope: SiteScope) -> [SiteCredential]? {
        // By their places, for a loop over the sites would copy each.
        sites.indices.first { sites[$0].name == scope.site }.map { sites[$0].credentials }
    }

    /// Numbers that the tokenizer of a scope gives back in clear.
    func giftCards(of scope: SiteScope) -> [GiftCardRange] { giftCards[scope.site] ?? [] }

    package func site(_ scope: SiteScope) -> Site? {
        sites.first { $0.name == scope.site }
    }
}

/// A merchant in one environment of its site: what books are kept by.
package struct MerchantKey: Prehashed, Sendable, CustomStringConvertible {
    package let scope: SiteScope
    package let id: MerchantID
    /// Made once. What a client sends as merchant is looked up in the scenario only, so it need not be keyed.
    let fingerprint: UInt64

    package init(scope: SiteScope, id: MerchantID) {
        self.scope = scope
        self.id = id
        fingerprint = TextFingerprint.of(id.text, after: scope.fingerprint)
    }

    package static func == (a: MerchantKey, b: MerchantKey) -> Bool {
        a.fingerprint == b.fingerprint && a.id.text == b.id.text && a.scope == b.scope
    }

    package var prehash: UInt64 { fingerprint }

    package var description: String { "\(scope)/\(id)" }
}

/// A group of merchants of one partner.
package struct Site: Sendable {
    package var name: SiteName
    package var environments: [SiteEnvironment]
    package var credentials: [SiteCredential]
    package var merchants: [Merchant]
    /// Numbers that the tokenizer gives back in clear.
    package var giftCards: [GiftCardRange] = []
    /// The key to accounts that clients of this site encrypt; nil: one that is made when it is needed.
    package var privateKey: TokenizerKey?
    /// Addresses of clients that may ask for numbers; nil: any.
    package var detokenizeHosts: Set<String>?

    package init(
        name: SiteName, environments: [SiteEnvironment], credentials: [SiteCredential], merchants: [Merchant]
    ) {
        self.name = name
        self.environments = environments
        self.credentials = credentials
        self.merchants = merchants
    }
}

/// The host names under which one environment of a site answers.
package struct SiteEnvironment: Sendable {
    package var environment: Environment
    package var hosts: [String]

    package init(environment: Environment, hosts: [String]) {
        self.environment = environment
        self.hosts = hosts
    }
}

/// A user name and password for HTTP Basic, and the merchants they cover.
package struct SiteCredential: Sendable, CustomStringConvertible {
    package var user: String { didSet { basicHeader = Self.basicHeader(user, password) } }
    package var password: String { didSet { basicHeader = Self.basicHeader(user, password) } }
    /// Nil covers every merchant of the site.
    package var merchants: [MerchantID]? {
        get { coverage.merchants }
        set { coverage = Coverage(merchants: newValue) }
    }
    /// For whoever needs no more of the credential than that.
    package private(set) var coverage: Coverage
    /// It may ask for the numbers behind tokens.
    package var detokenizes = false
    /// User and password as most clients send them, so that they need not be decoded each time.
    private var basicHeader: [UInt8]

    package init(user: String, password: String, merchants: [MerchantID]? = nil) {
        self.user = user
        self.password = password
        coverage = Coverage(merchants: merchants)
        basicHeader = Self.basicHeader(user, password)
    }

    private static func basicHeader(_ user: String, _ password: String) -> [UInt8] {
        Array(("Basic " + Base64.encode(Array("\(user):\(password)".utf8))).utf8)
    }

    /// Whether the value of an `Authorization` field is exactly this credential in its usual form.
    package func isSent(as header: UnsafeBufferPointer<UInt8>) -> Bool {
        basicHeader.withUnsafeBufferPointer { constantTimeEqual(header, $0) }
    }

    package func covers(_ merchant: MerchantID) -> Bool { coverage.covers(merchant) }

    package struct Coverage: Sendable {
        fileprivate let merchants: [MerchantID]?

        package func covers(_ merchant: MerchantID) -> Bool { merchants?.contains(merchant) ?? true }
    }

    package var description: String { "credential of \(user)" }
}

/// One merchant id and what it may do.
package struct Merchant: Hashable, Sendable {
    package var id: MerchantID
    package var processor: ProcessorName
    package var currency: Currency
    package var isEnabled = true
    /// Refunds before settlement are allowed.
    package var refundsUnsettled = false
    /// Negative authorizations (forced credits) are allowed.
    package var forcedCredits = false
    /// A capture may exceed the authorized amount by this many percent; nil forbids any excess.
    package var overCapturePercent: Int?
    package var partialRefunds = true
    /// The merchant id under which bank account transactions of this merchant are booked; nil: no ACH.
    package var achMerchant: MerchantID?
    /// Declines by the gateway when address or card verification fails.
    package var verifiesAddress = false
    package var verifiesCardCode = false
    /// Also declined answers tell the results of verification.
    package var showsVerificationOnDeclines = false
    package var fee: MerchantFee?
    package var looksUpBINs = true
    /// Cards may be read by their chip.
    package var acceptsChips = true
    /// Its customers stand at a counter.
    package var isRetail = false
    /// Stored cards are kept up to date by the card networks.
    package var updatesAccounts = false
    /// Each payment names the terminal that made it, in a form of its own.
    package var reportsTerminals = false
    package var receipt = ReceiptHead()
    package var source: SourceLine?

    package init(id: MerchantID, processor: ProcessorName, currency: Currency = .usd) {
        self.id = id
        self.processor = processor
        self.currency = currency
    }
}

extension String {
    /// Nothing would change if it were made lowercase; false also where that is not known.
    fileprivate var isLowercase: Bool {
        withBytes { bytes in
            for byte in bytes where byte >= 0x80 || byte &- UInt8(ascii: "A") < 26 { return false }
            return true
        }
    }
}
