import Payments
import Processor

/// A row of a table of test cards: one effect of one number.
struct CardRow: PlacedRow, Sendable {
    /// What the number does; `published` is a test number that does nothing special.
    enum Effect: String, CaseIterable, Sendable {
        case approve, decline, partial, timeout, debit, published, declineRefund
    }

    var number: PrimaryAccountNumber?
    var brand: CardBrand = ""
    var processors: Set<ProcessorName> = []
    var effect = Effect.published
    var from: Int64?
    var through: Int64?
    var code: String?
    var text: String?
    var approved: Int64?
    var approvedPercent: Int?
    var authorizationCode: String?
    var place: Place

    static let table = Table<CardRow>(
        "a table of test cards",
        [
            Column("number", .cardNumber, required: true, "a published test number") { $1.number = $0 },
            Column("brand", .brand, required: true, "its brand") { $1.brand = $0 },
            Column("processors", .processors, "where it has the effect; empty: everywhere") { $1.processors = $0 },
            Column("effect", .choice("effect"), required: true, "what it does") { $1.effect = $0 },
            Column("from", .amount, "the smallest amount at which it does it") { $1.from = $0 },
            Column("through", .amount, "the largest amount at which it does it") { $1.through = $0 },
            Column(text: "code", "the response code of a decline or a partial approval") { $1.code = $0 },
            Column(text: "text", "a wording in place of the processor's table") { $1.text = $0 },
            Column("approved", .amount, "how much a partial approval approves") { $1.approved = $0 },
            Column("approvedPercent", .integer(1...99), "which share of it, in percent") { $1.approvedPercent = $0 },
            Column(text: "authorizationCode", "the documented code of an approval") { $1.authorizationCode = $0 },
        ],
        make: { CardRow(place: $0) })

    private struct Key: Hashable {
        let number: PrimaryAccountNumber?
        let processors: Set<ProcessorName>
        let effect: Effect
        let from: Int64?
    }

    /// Rows of all tables; a number in a later table replaces that of an earlier one.
    static func read(_ files: [SourceFile], _ reading: Reading) -> [CardRow] {
        var result: [CardRow] = []
        for file in files {
            let rows = reading.rows(
                of: [file], table,
                key: { Key(number: $0.number, processors: $0.processors, effect: $0.effect, from: $0.from) },
                "this number, effect and processor")
            if !result.isEmpty {
                let replaced = Set(rows.map(\.number))
                result.removeAll { replaced.contains($0.number) }
            }
            result.append(contentsOf: rows)
        }
        return result
    }

    /// The effects of the row for the domain, one per processor where the answer differs; reports what does not fit.
    func effects(_ reading: Reading) -> [CardEffect] {
        guard (from ?? 0) <= (through ?? .max) else {
            reading.report(
                .error, at: place, "the range is the wrong way round: 'from' is more than 'through'",
                suggestion: "swap 'from' and 'through'")
            return []
        }
        let amounts = (from ?? 0)...(through ?? .max)
        let source = place.sourceLine
        switch effect {
        case .published: return []
        case .approve: return [effect(processors, amounts, .approve(authorizationCode: authorizationCode), source)]
        case .timeout: return [effect(processors, amounts, .timeout, source)]
        case .debit: return [effect(processors, amounts, .debit, source)]
        case .decline:
            return responses(reading).map { effect([$0.processor], amounts, .decline($0), source) }
        case .declineRefund:
            return responses(reading).map { effect([$0.processor], amounts, .declineRefund($0), source) }
        case .partial:
            if let approvedPercent, approved == nil {
                return responses(reading).map {
                    effect([$0.processor], amounts, .share(percent: approvedPercent, $0), source)
                }
            }
            guard let approved else {
                reading.report(
                    .error, at: place, "a partial approval needs the column 'approved' or 'approvedPercent'")
                return []
            }
            return responses(reading).map {
                effect([$0.processor], amounts, .partial(approvedMinorUnits: approved, $0), source)
            }
        }
    }

    private func effect(
        _ processors: Set<ProcessorName>, _ amounts: ClosedRange<Int64>, _ kind: CardEffect.Kind, _ source: SourceLine
    ) -> CardEffect {
        CardEffect(processors: processors, amounts: amounts, kind: kind, source: source)
    }

    private func responses(_ reading: Reading) -> [ResponseCode] {
        guard let code, !processors.isEmpty else {
            reading.report(
                .error, at: place,
                "the effect \(Quoting.quote(effect.rawValue)) needs the columns 'processors' and 'code'")
            return []
        }
        return processors.sorted { $0.text < $1.text }.compactMap { processor in
            CodeDraft(code: code, text: text).response(
                of: processor, at: YAMLNode(.scalar(code, isPlain: false), at: place), reading)
        }
    }
}

/// A row of a table of exact amounts at which a test card declines.
struct AmountAnswerRow: PlacedRow, Sendable {
    var number: PrimaryAccountNumber?
    var brand: CardBrand = ""
    var processors: Set<ProcessorName> = []
    var amount: Int64 = 0
    var code = ""
    var text: String?
    var extraCode = ""
    var extraText = ""
    var category: String?
    var categoryText: String?
    var isRecurring = false
    var place: Place

    static func table(recurring: Bool) -> Table<AmountAnswerRow> {
        let name = recurring ? "advice" : "association"
        let columns: [Column<AmountAnswerRow>] = [
            Column("number", .cardNumber, required: true, "a published test number") { $1.number = $0 },
            Column("brand", .brand, required: true, "its brand") { $1.brand = $0 },
            Column("processors", .processors, required: true, "where it declines") { $1.processors = $0 },
            Column("amount", .amount, required: true, "the exact amount") { $1.amount = $0 },
            Column(text: "code", required: true, "the response code") { $1.code = $0 },
            Column(text: "text", "its wording where the processor's table does not have the code") { $1.text = $0 },
            Column(text: "\(name)Code", required: true, "the code of the card network") { $1.extraCode = $0 },
            Column(text: "\(name)Text", required: true, "its meaning") { $1.extraText = $0 },
        ]
        let category: [Column<AmountAnswerRow>] = [
            Column(text: "category", "the decline category") { $1.category = $0 },
            Column(text: "categoryText", "its meaning") { $1.categoryText = $0 },
        ]
        return Table("a table of \(name) codes", recurring ? columns + category : columns) {
            AmountAnswerRow(place: $0)
        }
    }

    private struct Key: Hashable {
        let number: PrimaryAccountNumber?
        let amount: Int64
    }

    static func read(_ files: [SourceFile], recurring: Bool, _ reading: Reading) -> [AmountAnswerRow] {
        var rows = reading.rows(
            of: files, table(recurring: recurring), key: { Key(number: $0.number, amount: $0.amount) },
            "this number and amount")
        for index in rows.indices { rows[index].isRecurring = recurring }
        return rows
    }

    /// One effect per processor, since each answers in its own name.
    func effects(_ reading: Reading) -> [CardEffect] {
        processors.sorted { $0.text < $1.text }.compactMap { processor in
            guard let response = response(processor, reading) else { return nil }
            var extras = DeclineExtras()
            let pair = DeclineExtras.Pair(code: extraCode, text: extraText)
            if isRecurring { extras.advice = pair } else { extras.association = pair }
            extras.category = category.map { DeclineExtras.Pair(code: $0, text: categoryText ?? "") }
            let answer = AmountAnswer(response: response, onlyRecurring: isRecurring, extras: extras)
            return CardEffect(
                processors: [processor], amounts: amount...amount, kind: .byAmount(minorUnits: amount, answer),
                source: place.sourceLine)
        }
    }

    /// A code that the processor's table does not have is allowed when the row gives its wording.
    private func response(_ processor: ProcessorName, _ reading: Reading) -> ResponseCode? {
        if let known = reading.responseCodes.response(processor, code) { return known }
        if let text { return ResponseCode(processor: processor, code: code, status: .declined, text: text) }
        reading.unknown(
            "response code", code, at: place, among: reading.responseCodes.codes(of: processor),
            suffix: " of \(processor)")
        return nil
    }
}

/// A row of a table of decline categories.
struct CategoryRow: PlacedRow, Sendable {
    var brand: CardBrand = ""
    var processor: ProcessorName = ""
    var code = ""
    var category = ""
    var text = ""
    var place: Place

    static let table = Table<CategoryRow>(
        "a table of decline categories",
        [
            Column("brand", .brand, required: true, "the brand whose declines have categories") { $1.brand = $0 },
            Column("processor", .anyProcessor, required: true, "the processor") { $1.processor = $0 },
            Column(text: "code", required: true, "a response code of the processor") { $1.code = $0 },
            Column(text: "category", required: true, "the category") { $1.category = $0 },
            Column(text: "text", "its meaning") { $1.text = $0 },
        ],
        make: { CategoryRow(place: $0) })

    var key: TestCardTable.CategoryKey { TestCardTable.CategoryKey(brand: brand, processor: processor, code: code) }

    static func read(_ files: [SourceFile], _ reading: Reading) -> [CategoryRow] {
        let rows = reading.rows(of: files, table, key: \.key, "this brand, processor and code")
        for row in rows where reading.responseCodes.response(row.processor, row.code) == nil {
            reading.unknown(
                "response code", row.code, at: row.place, among: reading.responseCodes.codes(of: row.processor),
                suffix: " of \(row.processor)")
        }
        return rows
    }
}

/// Puts the rows of all card tables together.
enum CardAssembly {
    static func table(_ draft: ScenarioDraft, _ reading: Reading) -> TestCardTable {
        var cards: [TestCard] = []
        var positions: [PrimaryAccountNumber: Int] = [:]
        func add(_ number: PrimaryAccountNumber?, _ brand: CardBrand, _ place: Place, _ effects: [CardEffect]) {
            guard let number else { return }
            if let position = positions[number] {
                cards[position] = cards[position].adding(effects)
                return
            }
            positions[number] = cards.count
            cards.append(TestCard(number: number, brand: brand, effects: effects, source: place.sourceLine))
            if let expected = reading.brandTable.brand(of: number), expected != brand {
                reading.report(
                    .warning, at: place,
                    "…\(number.lastFour) is a \(expected) number by the table of brands, not \(brand)")
            }
        }
        for row in draft.cards { add(row.number, row.brand, row.place, row.effects(reading)) }
        // Of two answers to the same amount the later one counts, so later tables come first.
        for row in draft.answers.reversed() { add(row.number, row.brand, row.place, row.effects(reading)) }
        var categories: [TestCardTable.CategoryKey: DeclineExtras.Pair] = [:]
        for row in draft.categories {
            categories[row.key] = DeclineExtras.Pair(code: row.category, text: row.text)
        }
        return TestCardTable(cards, categories: categories)
    }
}
