package import Payments

/// Everything a scenario says, checked: the tables, merchants, rules and switches of one emulated world.
///
/// Immutable and shared by all worlds that run the scenario. The code of this target knows mechanisms (an amount whose
/// digits name a code); every fact (which amount, which code) is in here, and comes from scenario files.
package final class Behavior: Sendable {
    package let name: String
    package let directory: Directory
    package let accounts: GatewayDirectory
    package let processors: [ProcessorName: ProcessorProfile]
    package let responseCodes: ResponseTable
    package let refusals: RefusalTable
    package let brands: BrandTable
    package let cards: TestCardTable
    package let addressVerification: AVSTable
    package let cardVerification: CVVTable
    package let meanings: VerificationMeanings
    package let bins: BINTable
    package let tokens: TokenSettings
    package let tokenizer: TokenizerSettings
    package let tokenizerErrors: TokenizerErrors
    package let devices: DeviceTable
    package let rules: RuleBook
    /// Rules that say what becomes of transactions and batches at settlement.
    package let settlementRules: RuleBook
    package let settlement: SettlementSettings
    package let returnCodes: ReturnCodeTable
    package let triggers: TriggerSettings
    package let clock: ClockSettings
    package let limits: LimitSettings
    package let gateway: GatewaySettings
    package let randomize: RandomizeSettings
    package let terminals: TerminalSettings
    package let boarding: BoardingSettings
    package let updater: UpdaterSettings
    package let seed: UInt64
    package let fingerprints: Fingerprinter
    private let cardsByFingerprint: [Fingerprint: TestCard]
    private let knownTokens: [ScopedFingerprint: TokenSettings.Known]
    /// The first bytes of published tokens.
    private let tokenBeginnings: [UInt8]
    private let knownByToken: [Vault.TokenKey: TokenSettings.Known]
    private let mints: [SiteScope: TokenMint]
    private let bookings: [MerchantKey: Bookings]

    private struct ScopedFingerprint: Prehashed {
        let scope: SiteScope
        let fingerprint: Fingerprint

        var prehash: UInt64 { scope.fingerprint ^ fingerprint.low }
    }

    package init(_ parts: BehaviorParts) {
        name = parts.name
        directory = parts.directory
        accounts = parts.accounts
        processors = parts.processors
        responseCodes = parts.responseCodes
        refusals = parts.refusals
        brands = parts.brands
        cards = parts.cards
        addressVerification = parts.addressVerification
        cardVerification = parts.cardVerification
        meanings = parts.meanings
        bins = parts.bins
        tokens = parts.tokens
        tokenizer = parts.tokenizer
        tokenizerErrors = parts.tokenizerErrors
        devices = parts.devices
        rules = parts.rules
        settlementRules = parts.settlementRules
        settlement = parts.settlement
        returnCodes = parts.returnCodes
        triggers = parts.triggers
        clock = parts.clock
        limits = parts.limits
        gateway = parts.gateway
        randomize = parts.randomize
        terminals = parts.terminals
        boarding = parts.boarding
        updater = parts.updater
        seed = parts.seed
        let fingerprints = parts.fingerprints
        self.fingerprints = fingerprints
        cardsByFingerprint = Dictionary(
            parts.cards.cards.map { (fingerprints.fingerprint(of: $0.number), $0) }, uniquingKeysWith: { $0.merged($1) }
        )
        knownTokens = Dictionary(
            parts.tokens.known.map { known in
                (ScopedFingerprint(scope: known.scope, fingerprint: known.input.fingerprint(fingerprints)), known)
            }, uniquingKeysWith: { _, later in later })
        tokenBeginnings = Array(Set(parts.tokens.known.compactMap(\.token.text.utf8.first))).sorted()
        knownByToken = Dictionary(
            parts.tokens.known.map { (Vault.TokenKey(scope: $0.scope, token: $0.token), $0) },
            uniquingKeysWith: { _, later in later })
        bookings = Self.bookings(parts)
        let reserved = Set(parts.tokens.reserved + parts.tokens.known.map(\.token))
        mints = Dictionary(
            uniqueKeysWithValues: parts.directory.scopes.map {
                ($0, TokenMint(scope: $0, secret: parts.tokens.secret, reserved: reserved))
            })
    }

    /// Who books the payments of a merchant; nil for merchants that the scenario does not have.
    func bookings(of merchant: MerchantKey) -> Bookings? { bookings[merchant] }

    private static func bookings(_ parts: BehaviorParts) -> [MerchantKey: Bookings] {
        let directory = parts.directory
        var result: [MerchantKey: Bookings] = [:]
        func booking(_ merchant: Merchant, booked: Merchant, in scope: SiteScope) -> Booking? {
            parts.processors[booked.processor].map { profile in
                Booking(
                    merchant: merchant, booked: booked, scope: scope, profile: profile,
                    addressVerification: parts.addressVerification)
            }
        }
        for key in directory.merchants {
            guard let merchant = directory.merchant(key.id, in: key.scope),
                let own = booking(merchant, booked: merchant, in: key.scope)
            else { continue }
            var bank = own
            if let linked = merchant.achMerchant, let booked = directory.merchant(linked, in: key.scope) {
                bank = booking(merchant, booked: booked, in: key.scope) ?? own
            }
            result[key] = Bookings(own: own, bank: bank)
        }
        return result
    }

    /// The published test card with this fingerprint.
    package func testCard(_ fingerprint: Fingerprint) -> TestCard? { cardsByFingerprint[fingerprint] }

    /// The published token of an account in a scope.
    package func knownToken(_ fingerprint: Fingerprint, in scope: SiteScope) -> TokenSettings.Known? {
        knownTokens[ScopedFingerprint(scope: scope, fingerprint: fingerprint)]
    }

    /// The account behind a published token, which clients use without having tokenized it before.
    package func account(published token: CardToken, in scope: SiteScope) -> ClearAccount? {
        // Nearly every card number begins as no token does, and need not be hashed.
        guard token.text.utf8.first.map(tokenBeginnings.contains) == true else { return nil }
        return knownByToken[Vault.TokenKey(scope: scope, token: token)]?.input
    }

    /// Makes the tokens of a scope; nil for a scope that the scenario does not have.
    package func mint(_ scope: SiteScope) -> TokenMint? { mints[scope] }
}

/// The parts of a ``Behavior`` while it is put together.
package struct BehaviorParts: Sendable {
    package var name = "unnamed"
    package var directory = Directory(sites: [])
    package var accounts = GatewayDirectory()
    package var processors: [ProcessorName: ProcessorProfile] = [:]
    package var responseCodes = ResponseTable([])
    package var refusals = RefusalTable([:])
    package var brands = BrandTable([])
    package var cards = TestCardTable([])
    package var addressVerification = AVSTable([])
    package var cardVerification = CVVTable([])
    package var meanings = VerificationMeanings([])
    package var bins = BINTable([])
    package var tokens = TokenSettings()
    package var tokenizer = TokenizerSettings()
    package var tokenizerErrors = TokenizerErrors()
    package var devices = DeviceTable()
    package var rules = RuleBook([])
    package var settlementRules = RuleBook([])
    package var settlement = SettlementSettings()
    package var returnCodes = ReturnCodeTable([])
    package var triggers = TriggerSettings()
    package var clock = ClockSettings()
    package var limits = LimitSettings()
    package var gateway = GatewaySettings()
    package var randomize = RandomizeSettings.off
    package var terminals = TerminalSettings()
    package var boarding = BoardingSettings()
    package var updater = UpdaterSettings()
    package var seed: UInt64 = 1
    package let fingerprints: Fingerprinter

    package init(fingerprints: Fingerprinter) { self.fingerprints = fingerprints }
}

/// Where in a scenario a fact stands; shown as the reason of an answer.
package struct SourceLine: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package var description: String { "\(file):\(line)" }
}
