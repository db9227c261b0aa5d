import Payments
import Processor
import Store

/// A small scenario made by hand: two sites, two processors with codes of their own, and cards with every effect.
///
/// The shipped scenario is not used, so that these tests say what the engine does and not what a file says.
enum Sample {
    static let scope = SiteScope(site: "alpha", environment: .uat)
    static let otherSite = SiteScope(site: "beta", environment: .uat)
    static let production = SiteScope(site: "alpha", environment: .production)
    static let late = MerchantKey(scope: scope, id: "LATE")
    static let early = MerchantKey(scope: scope, id: "EARLY")
    static let tipping = MerchantKey(scope: scope, id: "TIPS")
    static let other = MerchantKey(scope: otherSite, id: "OTHER")
    /// Takes bank accounts, which ``bankBooks`` books.
    static let bank = MerchantKey(scope: scope, id: "BANK")
    static let bankBooks = MerchantKey(scope: scope, id: "ACHM")
    static let closed = MerchantKey(scope: scope, id: "CLOSED")
    static let crediting = MerchantKey(scope: scope, id: "CREDIT")
    /// Adds 1.50 to its payments.
    static let convenient = MerchantKey(scope: scope, id: "CONV")
    /// Has a service fee of 2.5 %, which ``feeBooks`` books.
    static let charging = MerchantKey(scope: scope, id: "FEES")
    static let feeBooks = MerchantKey(scope: scope, id: "FEEM")
    static let checkingCode = MerchantKey(scope: scope, id: "CODE")
    static let checkingBoth = MerchantKey(scope: scope, id: "BOTH")
    static let lateInProduction = MerchantKey(scope: production, id: "LATE")
    static let merchants = [late, early, tipping, other]

    /// Numbers that pass the Luhn check, made from a prefix; none is a published test number.
    static func card(_ prefix: String, length: Int = 16) -> String {
        let body = prefix + String(repeating: "0", count: length - 1 - prefix.count)
        return body + String(Luhn.checkDigit(for: body))
    }

    static let plain = card("48")
    static let declining = card("481")
    static let partial = card("482")
    static let silent = card("483")
    static let byAmount = card("484")

    static func behavior(
        rules: [Rule] = [], _ adjust: (inout BehaviorParts) -> Void = { _ in }
    ) -> Behavior {
        var parts = BehaviorParts(fingerprints: Fingerprinter(key: Array("test key".utf8)))
        parts.name = "sample"
        parts.seed = 7
        // The numbers of this sample are made from prefixes.
        parts.gateway.acceptsRealCardNumbers = true
        parts.clock.mode = .frozen
        parts.clock.start = CivilTime(year: 2030, month: 1, day: 2, hour: 15).instant
        parts.directory = directory
        parts.responseCodes = codes
        parts.processors = [
            "AAA": profile("AAA", online: true), "BBB": profile("BBB", online: false), "ACH": bankProfile,
        ]
        parts.refusals = RefusalTable(
            Dictionary(
                uniqueKeysWithValues: Refusal.allCases.map { refusal in
                    let status: ResponseStatus =
                        switch refusal {
                        case .voiceAuthorizationApproved, .offlineApproval: .approved
                        case .timedOut: .retry
                        default: .declined
                        }
                    let code = ResponseCode(processor: "GATE", code: refusal.rawValue, status: status, text: "")
                    return (refusal, ResponseTable.Row(response: code, source: nil))
                }))
        parts.brands = BrandTable([BrandTable.Range(brand: "Visa", prefixes: "4"..."4", lengths: [16])])
        parts.cards = cards
        parts.addressVerification = AVSTable([
            AVSTable.Row(processors: ["AAA"], trigger: "771", result: "N", source: nil)
        ])
        parts.cardVerification = CVVTable([
            CVVTable.Row(processors: ["AAA"], value: "777", result: "N", source: nil)
        ])
        parts.rules = RuleBook(rules, fingerprint: parts.fingerprints.fingerprint(of:))
        parts.settlementRules = RuleBook(settlementRules)
        parts.settlement.closedBatches = .cutOff
        parts.returnCodes = ReturnCodeTable([
            ReturnCodeTable.Row(code: "R01", meaning: "no money", source: nil),
            ReturnCodeTable.Row(code: "R03", meaning: "no account", source: nil),
        ])
        adjust(&parts)
        return Behavior(parts)
    }

    /// An order id such as `settle:rejected` chooses what becomes of a payment at settlement, `return:R01` sends it back.
    private static let settlementRules: [Rule] = {
        var conditions = RuleConditions()
        conditions.operations = [SettlementOperation.transaction]
        func rule(_ order: String, _ wish: SettlementWish) -> Rule {
            conditions.orderIDs = [.exactly(order)]
            return Rule(name: order, conditions: conditions, action: RuleAction(settlement: wish))
        }
        return SettlementWish.Result.allCases.filter { $0 != .unconfirmed }.map { result in
            rule("settle:\(result.rawValue)", SettlementWish(result: result))
        } + [
            rule("return:R01", SettlementWish(returns: SettlementWish.Return(code: "R01", after: nil))),
            rule("return:late", SettlementWish(returns: SettlementWish.Return(code: "R03", after: .seconds(864_000)))),
        ]
    }()

    static func world(_ behavior: Behavior = behavior(), entries: Int = 10_000) -> World {
        World(
            name: "main", behavior: behavior, journal: MemoryJournal(limit: entries),
            at: Instant(seconds: 1_900_000_000))
    }

    static let real = Instant(seconds: 1_900_000_000)

    private static let codes = ResponseTable(
        ["AAA", "BBB"].flatMap { (processor: ProcessorName) in
            [("00", ResponseStatus.approved), ("10", .approved), ("51", .declined), ("91", .retry)].map {
                ResponseTable.Row(
                    response: ResponseCode(processor: processor, code: $0.0, status: $0.1, text: "text \($0.0)"),
                    source: nil)
            }
        })

    private static func profile(_ name: ProcessorName, online: Bool) -> ProcessorProfile {
        var profile = ProcessorProfile(
            name: name, title: "", approval: ResponseCode(processor: name, code: "00", status: .approved, text: "ok"))
        profile.amountCodes = [
            AmountCodeRule(operation: .authorization, amounts: 700_000...799_999, codeDigits: 2),
            AmountCodeRule(operation: .refund, amounts: 700_000...799_999, codeDigits: 2, minimumOriginal: 800_000),
        ]
        profile.onlineRefundBrands = online ? ["Visa"] : []
        profile.authorizationCode = .prefixedDigits(prefix: "T", digits: 5)
        return profile
    }

    private static let bankProfile: ProcessorProfile = {
        var profile = ProcessorProfile(
            name: "ACH", title: "", approval: ResponseCode(processor: "ACH", code: "00", status: .approved, text: "ok"))
        profile.ach = ACHProfile(
            badRoutingNumber: ResponseCode(processor: "ACH", code: "99", status: .declined, text: "no bank <bankaba>"),
            badAccountLength: ResponseCode(processor: "ACH", code: "98", status: .declined, text: "length <account>"))
        profile.defaultAVS.withAddress = "U"
        profile.defaultCVV.present = "V"
        profile.authorizationCode = .alphanumeric(length: 6)
        return profile
    }()

    private static let directory = Directory(sites: [
        Site(
            name: "alpha",
            environments: [
                SiteEnvironment(environment: .uat, hosts: ["alpha-uat.test"]),
                SiteEnvironment(environment: .production, hosts: ["alpha.test"]),
            ], credentials: [SiteCredential(user: "u", password: "p")],
            merchants: [
                Merchant(id: "LATE", processor: "AAA"),
                merchant("EARLY", "BBB") { $0.refundsUnsettled = true },
                merchant("TIPS", "AAA") { $0.overCapturePercent = 25 },
                merchant("BANK", "AAA") { $0.achMerchant = "ACHM" },
                Merchant(id: "ACHM", processor: "ACH"),
                merchant("CLOSED", "AAA") { $0.isEnabled = false },
                merchant("CREDIT", "AAA") { $0.forcedCredits = true },
                merchant("CONV", "BBB") {
                    $0.fee = MerchantFee(kind: .convenience, rate: .flat(minorUnits: 150))
                    $0.refundsUnsettled = true
                },
                merchant("FEES", "AAA") {
                    $0.fee = MerchantFee(kind: .service, rate: .percent(basisPoints: 250), merchant: "FEEM")
                },
                Merchant(id: "FEEM", processor: "BBB"),
                merchant("CODE", "AAA") { $0.verifiesCardCode = true },
                merchant("BOTH", "AAA") {
                    $0.verifiesCardCode = true
                    $0.verifiesAddress = true
                },
            ]),
        Site(
            name: "beta", environments: [SiteEnvironment(environment: .uat, hosts: ["beta-uat.test"])],
            credentials: [], merchants: [merchant("OTHER", "BBB") { $0.partialRefunds = false }]),
    ])

    private static func merchant(
        _ id: MerchantID, _ processor: ProcessorName, _ adjust: (inout Merchant) -> Void
    ) -> Merchant {
        var merchant = Merchant(id: id, processor: processor)
        adjust(&merchant)
        return merchant
    }

    private static let cards = TestCardTable([
        card(declining, .decline(ResponseCode(processor: "AAA", code: "51", status: .declined, text: "no"))),
        card(
            partial,
            .partial(
                approvedMinorUnits: 500, ResponseCode(processor: "AAA", code: "10", status: .approved, text: "part"))),
        card(silent, .timeout),
        card(
            byAmount,
            .byAmount(
                minorUnits: 12_301,
                AmountAnswer(
                    response: ResponseCode(processor: "AAA", code: "51", status: .declined, text: "no"),
                    onlyRecurring: true, extras: DeclineExtras(advice: .init(code: "03", text: "stop"))))),
    ])

    private static func card(_ digits: String, _ kind: CardEffect.Kind) -> TestCard {
        guard let number = PrimaryAccountNumber(digits) else { preconditionFailure("sample numbers are digits") }
        return TestCard(number: number, brand: "Visa", effects: [CardEffect(processors: [], kind: kind)])
    }
}

extension Authorize {
    /// An authorization of a sample card.
    init(
        _ merchant: MerchantKey, _ account: String, _ minorUnits: Int64, capture: Bool = false,
        adjust: (inout Authorize) -> Void = { _ in }
    ) {
        self.init(
            service: "test", merchant: merchant, source: .account(AccountText(account)), amount: .minorUnits(minorUnits)
        )
        expiry = .date(CardExpiry(month: 12, year: 2035))
        capturesAtOnce = capture
        adjust(&self)
    }
}

extension World {
    mutating func run<C: Command>(_ command: C) throws -> C.Outcome {
        try perform(command, at: Sample.real).outcome
    }

    mutating func advance(_ duration: Duration) throws {
        let clock = books.clock
        try setClock(clock.showing(clock.now(at: Sample.real) + duration, at: Sample.real), at: Sample.real)
    }

    mutating func authorize(
        _ minorUnits: Int64, _ card: String = Sample.plain, of merchant: MerchantKey = Sample.late,
        capture: Bool = false, adjust: (inout Authorize) -> Void = { _ in }
    ) throws -> Transaction {
        try run(Authorize(merchant, card, minorUnits, capture: capture, adjust: adjust)).transaction
    }

    /// As the books hold it now.
    func current(_ transaction: Transaction) -> Transaction? { books.ledger[transaction.id] }

    func status(_ transaction: Transaction) -> SettlementStatus? {
        current(transaction).map { books.ledger.status(of: $0) }
    }

    func followUp(_ transaction: Transaction) -> FollowUp {
        FollowUp(service: "test", merchant: transaction.merchant, reference: transaction.reference)
    }
}
