import Payments

/// One condition of a compiled rule: what ``RuleConditions`` says, without the parts that hold always.
enum RuleCondition: Sendable {
    case oneOf(RuleFacet, Set<String>)
    case card(Set<Fingerprint>, lastFours: [String])
    /// In minor units; ordered, disjoint and not adjacent.
    case amount([ClosedRange<Int64>])
    /// At least one pattern fits.
    case matches(TextPlace, [TextPattern])
    case present(TextPlace)
    case absent(TextPlace)
    case state(StateValue)

    /// Whether the request and the world fulfil the condition.
    func holds(for subject: RuleSubject, state: some RuleStateReading) -> Bool {
        switch self {
        case .oneOf(let facet, let values): facet.text(in: subject).map(values.contains) ?? false
        case .card(let fingerprints, _): subject.card.map { fingerprints.contains($0.fingerprint) } ?? false
        case .amount(let ranges): subject.amount.map(ranges.containsSorted) ?? false
        case .matches(let place, let patterns):
            place.text(in: subject).map { text in patterns.contains { $0.matches(text) } } ?? false
        case .present(let place): place.text(in: subject) != nil
        case .absent(let place): place.text(in: subject) == nil
        case .state(let wanted): state.stateValue(wanted.name) == wanted.value
        }
    }
}

extension RuleConditions {
    /// The conditions that ask for something, without those that count.
    func compiled(fingerprint: (PrimaryAccountNumber) -> Fingerprint) -> [RuleCondition] {
        var list: [RuleCondition] = []
        func oneOf(_ facet: RuleFacet, _ values: some Sequence<String>) {
            let values = Set(values)
            if !values.isEmpty { list.append(.oneOf(facet, values)) }
        }
        func matches(_ facet: RuleFacet, _ patterns: [TextPattern]) {
            if !patterns.isEmpty { list.append(.matches(.facet(facet), patterns)) }
        }
        oneOf(.service, services)
        oneOf(.operation, operations)
        oneOf(.site, sites.lazy.map(\.text))
        oneOf(.environment, environments.lazy.map(\.rawValue))
        oneOf(.merchant, merchants.lazy.map(\.text))
        oneOf(.processor, processors.lazy.map(\.text))
        if !cards.isEmpty { list.append(.card(Set(cards.map(fingerprint)), lastFours: cards.map(\.lastFour))) }
        oneOf(.token, tokens.lazy.map(\.text))
        oneOf(.brand, brands.lazy.map(\.text))
        // A rule may name fewer leading digits than a card has in its BIN.
        matches(.bin, bins.map { .prefix($0.digits) })
        oneOf(.lastFour, lastFours)
        if !amounts.isEmpty { list.append(.amount(amounts.merged())) }
        oneOf(.currency, currencies)
        matches(.postalCode, postalCodes)
        matches(.orderID, orderIDs)
        matches(.cardholder, cardholders)
        oneOf(.entryMode, entryModes.lazy.map(\.rawValue))
        list += fields.map { $0.compiled(at: .field($0.name)) }
        list += headers.map { $0.compiled(at: .header($0.name)) }
        list += states.map { .state($0) }
        return list
    }
}

extension FieldCondition {
    fileprivate func compiled(at place: TextPlace) -> RuleCondition {
        guard isPresent else { return .absent(place) }
        return patterns.isEmpty ? .present(place) : .matches(place, patterns)
    }
}

extension [ClosedRange<Int64>] {
    /// The same numbers in ordered ranges of which no two touch.
    func merged() -> [ClosedRange<Int64>] {
        var merged: [ClosedRange<Int64>] = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = merged.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 else {
                merged.append(range)
                continue
            }
            merged[merged.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
        }
        return merged
    }

    /// Whether a number is in one of the ranges, which are ordered and disjoint.
    func containsSorted(_ number: Int64) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].lowerBound <= number
    }
}
