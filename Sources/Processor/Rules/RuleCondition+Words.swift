import Payments

extension RuleCondition {
    /// Why the condition does not hold; only meaningful when it does not.
    func miss(for subject: RuleSubject, state: some RuleStateReading) -> String {
        switch self {
        case .oneOf(let facet, let values):
            let wanted = ShownText.alternatives(values.sorted().map(facet.shown))
            guard let text = facet.text(in: subject) else { return facet.absence(in: subject) + ", wanted \(wanted)" }
            return "\(facet.words) \(facet.shown(text)) is not \(wanted)"
        case .card(_, let lastFours):
            let wanted = ShownText.alternatives(lastFours.map { "…\($0.suffix(4))" })
            guard let card = subject.card else { return "there is no card, wanted \(wanted)" }
            // Two cards may share their last four digits.
            return "card …\(card.lastFour.suffix(4)) is not the card \(wanted)"
        case .amount(let ranges):
            let wanted = ShownText.alternatives(ranges.map(Self.words))
            guard let amount = subject.amount else { return "there is no amount, wanted \(wanted)" }
            let isSingle = ranges.allSatisfy { $0.lowerBound == $0.upperBound }
            return "amount \(Self.words(amount)) is not \(isSingle ? "" : "in ")\(wanted)"
        case .matches(let place, let patterns):
            if place.isSecret { return "\(place.words) is not as wanted" }
            let wanted = ShownText.alternatives(patterns.map(\.words))
            guard let text = place.text(in: subject) else { return place.absence(in: subject) + ", wanted \(wanted)" }
            let isLiteral = patterns.allSatisfy(\.isLiteral)
            return "\(place.words) \(ShownText.quoted(text)) is not \(isLiteral ? "" : "like ")\(wanted)"
        case .present(let place): return place.absence(in: subject)
        case .absent(let place): return "\(place.words) is there"
        case .state(let wanted):
            let value = ShownText.quoted(state.stateValue(wanted.name))
            return "state \(ShownText.quoted(wanted.name)) is \(value), not \(ShownText.quoted(wanted.value))"
        }
    }

    private static func words(_ range: ClosedRange<Int64>) -> String {
        if range.lowerBound == range.upperBound { return words(range.lowerBound) }
        if range.upperBound == .max { return "\(words(range.lowerBound)) and above" }
        if range.lowerBound == .min { return "\(words(range.upperBound)) and below" }
        return "\(words(range.lowerBound))…\(words(range.upperBound))"
    }

    private static func words(_ minorUnits: Int64) -> String { DecimalText.write(minorUnits, decimals: 2) }
}

extension RuleFacet {
    fileprivate func shown(_ text: String) -> String {
        switch self {
        case .merchant, .token: ShownText.identifier(text)
        case .brand, .processor, .service, .operation, .site, .environment, .currency, .entryMode, .bin, .lastFour,
            .postalCode, .orderID, .cardholder:
            ShownText.free(text)
        }
    }

    fileprivate func absence(in subject: RuleSubject) -> String {
        switch self {
        case .token, .brand, .bin, .lastFour: subject.card == nil ? "there is no card" : "there is no \(words)"
        case .service, .operation, .site, .environment, .merchant, .processor, .currency, .postalCode, .orderID,
            .cardholder, .entryMode:
            "there is no \(words)"
        }
    }
}

extension TextPlace {
    fileprivate var words: String {
        switch self {
        case .facet(let facet): facet.words
        case .field(let name): "field \(ShownText.quoted(name))"
        case .header(let name): "header \(ShownText.quoted(name))"
        }
    }

    fileprivate var isSecret: Bool {
        switch self {
        case .facet: false
        case .field(let name), .header(let name): ShownText.isSecret(name)
        }
    }

    fileprivate func absence(in subject: RuleSubject) -> String {
        switch self {
        case .facet(let facet): facet.absence(in: subject)
        case .field, .header: "\(words) is absent"
        }
    }
}

extension TextPattern {
    fileprivate var isLiteral: Bool {
        switch self {
        case .exactly: true
        case .prefix, .suffix, .contains, .glob: false
        }
    }

    /// As a glob between quotation marks.
    fileprivate var words: String {
        switch self {
        case .exactly(let text), .glob(let text): ShownText.quoted(text)
        case .prefix(let text): ShownText.quoted(text + "*")
        case .suffix(let text): ShownText.quoted("*" + text)
        case .contains(let text): ShownText.quoted("*\(text)*")
        }
    }
}
