extension RuleIndex {
    /// Files all rules, each under the condition that the fewest others share.
    init(_ rules: [CompiledRule]) {
        let census = AnchorCensus(rules)
        var lists: [UInt64: [Int32]] = [:]
        var generalList: [Int32] = []
        var ranges: [(range: ClosedRange<Int64>, rule: Int32)] = []
        var hasCards = false
        var facets: Set<RuleFacet> = []
        var plans: [TextPlace: TextPlan] = [:]
        for (index, rule) in rules.enumerated() {
            let number = Int32(index)
            guard let anchors = census.rarestAnchors(of: rule) else {
                generalList.append(number)
                continue
            }
            for anchor in anchors {
                switch anchor {
                case .amount(let range): ranges.append((range, number))
                case .card(let fingerprint):
                    hasCards = true
                    lists[Self.key(of: fingerprint), default: []].append(number)
                case .value(let facet, let value):
                    facets.insert(facet)
                    lists[Self.key(of: facet, value), default: []].append(number)
                case .text(let place, let anchor):
                    plans[place, default: TextPlan(place: place)].file(anchor)
                    lists[TextPlan.key(of: anchor, at: place), default: []].append(number)
                case .present(let place):
                    plans[place, default: TextPlan(place: place)].filePresence()
                    lists[TextPlan.key(ofPresence: true, at: place), default: []].append(number)
                case .absent(let place):
                    plans[place, default: TextPlan(place: place)].fileAbsence()
                    lists[TextPlan.key(ofPresence: false, at: place), default: []].append(number)
                }
            }
        }
        var postings = generalList
        general = PostingSlice(start: 0, end: Int32(generalList.count))
        slices = lists.mapValues { list in
            let start = Int32(postings.count)
            postings += list
            return PostingSlice(start: start, end: Int32(postings.count))
        }
        amounts = AmountIndex(ranges, postings: &postings)
        self.postings = postings
        self.hasCards = hasCards
        self.facets = RuleFacet.allCases.filter(facets.contains)
        texts = Array(plans.values)
    }
}

/// How many rules share each anchor.
private struct AnchorCensus {
    private var counts: [RuleAnchor: Int] = [:]
    private var starts: [Int64] = []
    private var ends: [Int64] = []

    init(_ rules: [CompiledRule]) {
        for rule in rules {
            for anchor in rule.conditions.lazy.compactMap(\.anchors).joined() {
                guard case .amount(let range) = anchor else {
                    counts[anchor, default: 0] += 1
                    continue
                }
                starts.append(range.lowerBound)
                ends.append(range.upperBound)
            }
        }
        starts.sort()
        ends.sort()
    }

    /// The anchors of the condition that the fewest rules share; nil when no condition has any.
    func rarestAnchors(of rule: CompiledRule) -> [RuleAnchor]? {
        rule.conditions
            .compactMap { condition in
                condition.anchors.map { anchors in
                    (anchors: anchors, cost: anchors.lazy.map(count).max() ?? 0, rank: condition.filingRank)
                }
            }
            .min { ($0.cost, $0.rank, $0.anchors.count) < ($1.cost, $1.rank, $1.anchors.count) }?
            .anchors
    }

    private func count(_ anchor: RuleAnchor) -> Int {
        guard case .amount(let range) = anchor else { return counts[anchor, default: 0] }
        // The middle of a wide range may be fuller than its ends; that is the business of the narrow ranges there.
        return max(depth(at: range.lowerBound), depth(at: range.upperBound))
    }

    /// How many ranges contain an amount.
    private func depth(at amount: Int64) -> Int {
        starts.countOfSorted { $0 <= amount } - ends.countOfSorted { $0 < amount }
    }
}
