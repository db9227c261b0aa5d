package import Payments

/// One card number that a sandbox treats specially, or that is merely published as a test number. A class: it is found
/// and handed on, and never changes.
package final class TestCard: Sendable {
    package let number: PrimaryAccountNumber
    package let brand: CardBrand
    package let effects: [CardEffect]
    package let source: SourceLine?
    /// Where one of the effects may count.
    let steps: DecisionSteps

    package init(number: PrimaryAccountNumber, brand: CardBrand, effects: [CardEffect], source: SourceLine? = nil) {
        self.number = number
        self.brand = brand
        self.effects = effects
        self.source = source
        steps = DecisionSteps(effects)
    }

    /// The effects of two entries for the same number.
    func merged(_ other: TestCard) -> TestCard { adding(other.effects) }

    package func adding(_ more: [CardEffect]) -> TestCard {
        TestCard(number: number, brand: brand, effects: effects + more, source: source)
    }
}

/// What a test card does on some processors and amounts. A class: it is found and handed on, and never changes.
package final class CardEffect: Sendable {
    package enum Kind: Sendable {
        case approve(authorizationCode: String?)
        case decline(ResponseCode)
        case partial(approvedMinorUnits: Int64, ResponseCode)
        /// Approves so many percent of the amount.
        case share(percent: Int, ResponseCode)
        /// Approves, and declines when the money is to go back.
        case declineRefund(ResponseCode)
        case timeout
        case debit
        /// The answer for one exact amount.
        case byAmount(minorUnits: Int64, AmountAnswer)
    }

    /// Empty means every processor.
    package let processors: Set<ProcessorName>
    /// In minor units, both inclusive.
    package let amounts: ClosedRange<Int64>
    package let kind: Kind
    package let source: SourceLine?

    package init(
        processors: Set<ProcessorName>, amounts: ClosedRange<Int64> = 0...Int64.max, kind: Kind,
        source: SourceLine? = nil
    ) {
        self.processors = processors
        self.amounts = amounts
        self.kind = kind
        self.source = source
    }

    package func applies(to processor: ProcessorName, minorUnits: Int64) -> Bool {
        (processors.isEmpty || processors.contains(processor)) && amounts.contains(minorUnits)
    }

    /// Whether the effect belongs to a step; comparing ``step`` would compare texts.
    func isOf(_ step: DecisionStep) -> Bool {
        switch (kind, step) {
        case (.approve, .approvalCards), (.debit, .approvalCards), (.decline, .declineCards),
            (.partial, .partialCards), (.share, .partialCards), (.declineRefund, .declineCards),
            (.timeout, .timeoutCards), (.byAmount, .amountCards):
            true
        default: false
        }
    }

    package var step: DecisionStep {
        switch kind {
        case .approve, .debit: .approvalCards
        case .decline, .declineRefund: .declineCards
        case .partial, .share: .partialCards
        case .timeout: .timeoutCards
        case .byAmount: .amountCards
        }
    }
}

/// A set of steps.
struct DecisionSteps: Sendable {
    private var bits: UInt8 = 0

    init(_ effects: [CardEffect]) {
        for effect in effects { bits |= Self.bit(effect.step) }
    }

    func contains(_ step: DecisionStep) -> Bool { bits & Self.bit(step) != 0 }

    private static func bit(_ step: DecisionStep) -> UInt8 {
        switch step {
        case .timeoutCards: 1
        case .amountCards: 2
        case .declineCards: 4
        case .partialCards: 8
        case .amountCodes: 16
        case .approvalCards: 32
        }
    }
}

/// A decline with the extra codes of the card association.
package struct AmountAnswer: Sendable {
    package var response: ResponseCode
    /// Only for a merchant-initiated payment that follows a cardholder-initiated one.
    package var onlyRecurring: Bool
    package var extras: DeclineExtras

    package init(response: ResponseCode, onlyRecurring: Bool, extras: DeclineExtras) {
        self.response = response
        self.onlyRecurring = onlyRecurring
        self.extras = extras
    }
}

/// What some declines tell beyond their code.
package struct DeclineExtras: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
        package let code: String
        package let text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    private struct Parts: Hashable {
        var association: Pair?
        var advice: Pair?
        var category: Pair?
    }

    /// Nil where there is nothing to tell, as with nearly all answers: then it is nothing to copy either.
    private var parts: Boxed<Parts>?

    package init(association: Pair? = nil, advice: Pair? = nil, category: Pair? = nil) {
        set { $0 = Parts(association: association, advice: advice, category: category) }
    }

    package var association: Pair? {
        get { parts?.value.association }
        set { set { $0.association = newValue } }
    }

    package var advice: Pair? {
        get { parts?.value.advice }
        set { set { $0.advice = newValue } }
    }

    package var category: Pair? {
        get { parts?.value.category }
        set { set { $0.category = newValue } }
    }

    package var isEmpty: Bool { parts == nil }

    private mutating func set(_ change: (inout Parts) -> Void) {
        let nothing = Parts()
        var changed = parts?.value ?? nothing
        change(&changed)
        parts = changed == nothing ? nil : Boxed(changed)
    }
}

/// The published test cards, and the decline categories by response code.
package struct TestCardTable: Sendable {
    package let cards: [TestCard]
    /// Extra members of ordinary declines, by brand, processor and code.
    package let categories: [CategoryKey: DeclineExtras.Pair]

    package struct CategoryKey: Hashable, Sendable {
        package let brand: CardBrand
        package let processor: ProcessorName
        package let code: String

        package init(brand: CardBrand, processor: ProcessorName, code: String) {
            self.brand = brand
            self.processor = processor
            self.code = code
        }
    }

    package init(_ cards: [TestCard], categories: [CategoryKey: DeclineExtras.Pair] = [:]) {
        self.cards = cards
        self.categories = categories
    }
}

/// Which leading digits and lengths make which brand.
package struct BrandTable: Sendable {
    package struct Range: Sendable {
        package var brand: CardBrand
        /// Compared with as many leading digits as it has; both ends inclusive and equally long.
        package var prefixes: ClosedRange<String>
        package var lengths: Set<Int>
        /// How the wire names it, where it does; `VISA`.
        package var shortName: String?
        /// How settled transactions name it, where that is another name; `DC`.
        package var settlementName: String?

        package init(brand: CardBrand, prefixes: ClosedRange<String>, lengths: Set<Int>) {
            self.brand = brand
            self.prefixes = prefixes
            self.lengths = lengths
        }
    }

    package let ranges: [Range]

    private let shortNames: [CardBrand: String]
    private let settlementNames: [CardBrand: String]

    package init(_ ranges: [Range]) {
        self.ranges = ranges
        shortNames = Dictionary(
            ranges.compactMap { range in range.shortName.map { (range.brand, $0) } },
            uniquingKeysWith: { first, _ in first })
        settlementNames = Dictionary(
            ranges.compactMap { range in range.settlementName.map { (range.brand, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// How account types name a brand: as the scenario says, else in capital letters.
    package func shortName(of brand: CardBrand) -> String { shortNames[brand] ?? brand.text.uppercased() }

    /// How settled transactions name a brand: as the scenario says, else as account types do.
    package func settlementName(of brand: CardBrand) -> String { settlementNames[brand] ?? shortName(of: brand) }

    /// The brand of a number, or nil when no range has its prefix and length.
    package func brand(of number: PrimaryAccountNumber) -> CardBrand? {
        number.withClearDigits { digits in
            ranges.first { range in
                range.lengths.contains(number.length)
                    && range.prefixes.contains(String(digits.prefix(range.prefixes.lowerBound.utf8.count)))
            }?.brand
        }
    }
}
