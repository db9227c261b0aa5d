import Payments
import Processor

/// A scenario by hand: one shop with one merchant. Its codes are its own.
enum SmallScenario {
    static let merchant = "700000000001"
    static let card = "4111111111111111"
    /// 2030-01-02T10:00:00Z, five hours before that in New York.
    static let start = Instant(seconds: 1_893_578_400)

    /// The amount that gets no answer for half a minute.
    static let slowAmount = "62.00"

    static func behavior(
        name: String = "small", journalEntries: Int = 10_000, worlds: Int = 8, seed: UInt64 = 7,
        mode: ClockSettings.Mode = .frozen
    ) -> Behavior {
        var parts = BehaviorParts(fingerprints: Fingerprinter(key: Array("a key of the tests".utf8)))
        parts.name = name
        parts.seed = seed
        parts.directory = directory
        parts.processors = ["BANK": processor]
        parts.refusals = RefusalTable(
            Dictionary(
                uniqueKeysWithValues: Refusal.allCases.map { refusal in
                    let response = ResponseCode(
                        processor: "GATE", code: "9", status: refusal == .offlineApproval ? .approved : .declined,
                        text: refusal.rawValue)
                    let source = SourceLine(file: "small.yaml", line: 9)
                    return (refusal, ResponseTable.Row(response: response, source: source))
                }))
        parts.brands = BrandTable([BrandTable.Range(brand: "Visa", prefixes: "4"..."4", lengths: [16])])
        parts.cards = cards
        parts.terminals.add(
            Terminal(
                serial: "T1", site: "shop", merchant: MerchantID(merchant),
                model: TerminalModel(name: "pad", family: .ingenico, screenWidth: 1, screenHeight: 1)))
        parts.clock.mode = mode
        parts.clock.start = start
        parts.limits.journalEntries = journalEntries
        parts.limits.worlds = worlds
        return Behavior(parts)
    }

    private static var processor: ProcessorProfile {
        var profile = ProcessorProfile(
            name: "BANK", title: "A bank",
            approval: ResponseCode(processor: "BANK", code: "0", status: .approved, text: "Fine"))
        profile.source = SourceLine(file: "small.yaml", line: 3)
        return profile
    }

    private static var directory: Directory {
        Directory(sites: [
            Site(
                name: "shop", environments: [SiteEnvironment(environment: .uat, hosts: ["shop.example"])],
                credentials: [SiteCredential(user: "clerk", password: "secret")],
                merchants: [Merchant(id: MerchantID(merchant), processor: "BANK")])
        ])
    }

    private static var cards: TestCardTable {
        guard let number = PrimaryAccountNumber(card) else { preconditionFailure("the number is one") }
        let effect = CardEffect(processors: [], amounts: 6200...6200, kind: .timeout)
        return TestCardTable([TestCard(number: number, brand: "Visa", effects: [effect])])
    }
}
