import Payments
import Processor

/// A scenario while it is read.
struct ScenarioDraft: Sendable {
    var parts: BehaviorParts
    var refusalProcessor: ProcessorName?
    var refusalPlace: Place?
    var brandRanges: [BrandTable.Range] = []
    var cards: [CardRow] = []
    var answers: [AmountAnswerRow] = []
    var categories: [CategoryRow] = []
    var rules: [RuleDraft] = []
    var tokenizer = TokenizerDraft()
}

extension ScenarioDraft {
    /// Everything a scenario file may say.
    ///
    /// Read in this order, whatever the order in the file: later parts refer to earlier ones.
    static let section = Section<ScenarioDraft>(
        "a scenario",
        heading + money + people + tables + [FluidPayDraft.field] + settings + [
            Field(
                "rules", .list(of: RuleDraft.reader, plan: .prepend),
                "what the tables do not say: the first rule that matches wins"
            ) { rules, _, draft, _ in draft.rules = rules }
        ])

    /// The first line of every file.
    static let format = "scenario/1"

    private static let heading: [Field<ScenarioDraft>] = [
        Field("understudy", .text("the format, scenario/1"), "the format of the file: scenario/1; stands first") {
            _, _, _, _ in
        },
        Field(
            "name", .name("the name of the scenario"), required: true, "the name of the scenario, shown to people"
        ) { name, _, draft, _ in draft.parts.name = name },
        Field("summary", .text, "what the scenario is for, in a sentence") { _, _, _, _ in },
        Field("source", .text, "where its facts come from") { _, _, _, _ in },
        Field(
            "extends", .text("a shipped scenario or the path of another one"),
            "a scenario that this one changes: the name of a shipped one, or a path ending in .yaml"
        ) { _, _, _, _ in },
        Field(
            "include", .list(of: .text("a shipped scenario or the path of another file")),
            "files whose contents count as if they stood here; what comes first has the last word"
        ) { _, _, _, _ in },
    ]

    private static let money: [Field<ScenarioDraft>] = [
        Field(
            "responseCodes", .tables, "tables of response codes; of equal rows, the later one counts"
        ) { files, _, draft, reading in
            let rows = reading.rows(of: files, ResponseCodeRow.table, key: \.key, "this processor and code")
            let responses = rows.map { row in
                ResponseTable.Row(
                    response: ResponseCode(
                        processor: ProcessorName(row.processor), code: row.code, status: row.status, text: row.text),
                    source: row.place.sourceLine)
            }
            reading.responseCodes = CodeIndex(responses)
            reading.processorsWithCodes.formUnion(reading.responseCodes.processors)
            draft.parts.responseCodes = reading.responseCodes.table
        },
        Field(
            "brands", .list(of: BrandDraft.reader, plan: .prepend),
            "which leading digits and lengths make which card brand; the first that fits counts"
        ) { ranges, _, draft, reading in
            draft.brandRanges = ranges.flatMap { $0 }
            reading.brandTable = BrandTable(draft.brandRanges)
            reading.brands = draft.brandRanges.map(\.brand).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        },
    ]

    private static let people: [Field<ScenarioDraft>] = [
        Field(
            "processors", .map(key: "short name", of: ProcessorDraft.reader),
            "how each emulated acquirer answers, by its short name in responses"
        ) { profiles, _, draft, _ in
            for (_, profile) in profiles { draft.parts.processors[profile.name] = profile }
        },
        Field(
            "sites", .list(of: SiteDraft.reader, plan: .keyed(by: "name", SiteDraft.section.plan)),
            "groups of merchants with their hosts and credentials; the first one is the default"
        ) { sites, _, draft, reading in
            reading.sites = SiteDraft.checked(sites, reading)
            draft.parts.directory = Directory(sites: reading.sites)
        },
        Field(
            "refusalProcessor", .anyProcessor, "the processor in whose name the gateway itself refuses"
        ) { name, _, draft, _ in draft.refusalProcessor = name },
        Field(
            "refusals", .refusals, "the code for each of the gateway's own refusals"
        ) { refusals, member, draft, reading in
            draft.refusalPlace = member.keyPlace
            draft.parts.refusals = RefusalDraft.table(refusals, processor: draft.refusalProcessor, reading)
        },
    ]

    private static let tables: [Field<ScenarioDraft>] = [
        Field(
            "cards", .tables, "tables of test cards; a number in a later table replaces that of an earlier one"
        ) { files, _, draft, reading in
            draft.cards = CardRow.read(files, reading)
            reading.publishedNumbers = Set(draft.cards.compactMap(\.number))
            reading.checksCardNumbers = true
        },
        Field(
            "associationCodes", .tables, "tables of amounts at which a test card declines with an association's code"
        ) { files, _, draft, reading in draft.answers += AmountAnswerRow.read(files, recurring: false, reading) },
        Field(
            "adviceCodes", .tables,
            "tables of amounts at which a recurring payment of a test card declines with a merchant advice"
        ) { files, _, draft, reading in draft.answers += AmountAnswerRow.read(files, recurring: true, reading) },
        Field(
            "declineCategories", .tables, "tables of decline categories by processor and code"
        ) { files, _, draft, reading in draft.categories = CategoryRow.read(files, reading) },
        Field(
            "avs", .tables, "tables of triggers for address verification"
        ) { files, _, draft, reading in draft.parts.addressVerification = AVSRow.read(files, reading) },
        Field(
            "avsMeanings", .tables, "tables of what address verification results mean, by card brand"
        ) { files, _, draft, reading in draft.parts.meanings = AVSMeaningRow.read(files, reading) },
        Field(
            "cvv", .tables, "tables of triggers for card verification values"
        ) { files, _, draft, reading in draft.parts.cardVerification = CVVRow.read(files, reading) },
        Field(
            "bins", .tables,
            "tables of what is known of cards by their leading digits; of equal ranges the later counts"
        ) { files, _, draft, reading in draft.parts.bins = BINRecordRow.read(files, reading) },
        Field(
            "returnCodes", .tables, "tables of codes with which banks send payments back"
        ) { files, _, draft, reading in draft.parts.returnCodes = ReturnCodeRow.read(files, reading) },
        Field("tokens", \.parts.tokens, section: SettingsSections.tokens, "how tokens come about"),
        Field(
            "knownTokens", .tables, "tables of published pairs of account number and token"
        ) { files, _, draft, reading in KnownTokenRow.read(files, into: &draft.parts.tokens, reading) },
        Field(
            "tokenizerErrors", .tables, "tables of the tokenizer's errors; of equal codes, the later one counts"
        ) { files, _, _, reading in reading.tokenizerErrors = TokenizerErrorRow.read(files, reading) },
        Field("tokenizer", \.tokenizer, section: TokenizerDraft.section, "switches of the emulated tokenizer"),
        Field(
            "deviceData", .tables, "tables of which card stands behind reader and wallet data; later ones come first"
        ) { files, _, draft, reading in draft.parts.devices = DeviceDataRow.read(files, reading) },
    ]

    private static let settings: [Field<ScenarioDraft>] = [
        Field(
            "clock", \.parts.clock, section: SettingsSections.clock, "the world's time, and when batches settle"),
        Field(
            "settlement", \.parts.settlement, section: SettlementSections.settlement,
            "how batches are closed, answered and paid out"),
        Field("limits", \.parts.limits, section: SettingsSections.limits, "bounds on what a world keeps"),
        Field("gateway", \.parts.gateway, section: SettingsSections.gateway, "switches of the emulated gateway"),
        Field(
            "randomize", .randomize, "shuffled and dummy members in answers: off, seeded, or how many dummy members"
        ) { value, _, draft, _ in draft.parts.randomize = value },
        Field(
            "bolt", \.parts.terminals, section: TerminalSection.section,
            "terminals, their cardholders, and the service in front of them"),
        Field("updater", \.parts.updater, section: UpdaterSection.section, "how stored cards are kept up to date"),
        Field("copilot", \.parts.boarding, section: BoardingSection.section, "how merchants are boarded"),
        Field(
            "triggers", \.parts.triggers, section: SettingsSections.triggers,
            "where a tester may write the outcome that is wanted"),
        Field("seed", .seed, "where everything random starts; the same seed gives the same answers") {
            seed, _, draft, _ in draft.parts.seed = seed
        },
    ]
}

extension Reader where Value == [SourceFile] {
    /// One table, or several.
    static var tables: Reader { Reader.oneOrMany(of: .table).merged(.append) }
}

extension Reading {
    /// The rows of all tables, in order; two rows of one table must not have the same key.
    func rows<Row, Key: Hashable>(
        of files: [SourceFile], _ table: Table<Row>, key: (Row) -> Key, _ what: String
    ) -> [Row] where Row: PlacedRow {
        var result: [Row] = []
        for file in files {
            var lines: [Key: Int] = [:]
            let rows = table.read(file, self)
            lines.reserveCapacity(rows.count)
            for row in rows {
                if let first = lines.updateValue(row.place.line, forKey: key(row)) {
                    report(.error, at: row.place, "a second row for \(what); the first stands in line \(first)")
                }
            }
            result.append(contentsOf: rows)
        }
        return result
    }
}

/// A row that knows where it stands.
protocol PlacedRow {
    var place: Place { get }
}

extension ResponseCodeRow: PlacedRow {}
