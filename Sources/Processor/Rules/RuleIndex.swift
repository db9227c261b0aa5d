/// Finds the rules that a request may fulfil without looking at the others.
///
/// Each rule is filed once, under the rarest of its conditions; what cannot be filed is in a general list.
struct RuleIndex: Sendable {
    /// Numbers of rules; every slice is ascending.
    let postings: [Int32]
    /// By the hash of an anchor.
    let slices: [UInt64: PostingSlice]
    let general: PostingSlice
    let amounts: AmountIndex
    let hasCards: Bool
    /// The properties under which something is filed.
    let facets: [RuleFacet]
    let texts: [TextPlan]

    static func key(of fingerprint: Fingerprint) -> UInt64 {
        SeededDraw.mixed(fingerprint.high) ^ fingerprint.low
    }

    static func key(of facet: RuleFacet, _ value: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(facet)
        hasher.combine(value)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    /// The rules that may hold for a request, in order, each once. Those that are missing do not hold.
    func candidates(for subject: RuleSubject) -> RuleCandidates {
        var candidates = RuleCandidates(postings)
        candidates.add(general)
        if hasCards, let card = subject.card { candidates.add(slices[Self.key(of: card.fingerprint)]) }
        for facet in facets {
            if let text = facet.text(in: subject) { candidates.add(slices[Self.key(of: facet, text)]) }
        }
        for plan in texts {
            plan.forEachKey(of: plan.place.text(in: subject)) { candidates.add(slices[$0]) }
        }
        if let amount = subject.amount { amounts.forEachSlice(containing: amount) { candidates.add($0) } }
        return candidates
    }

    /// The rules that may hold whenever the given one holds, in order, each once. Those that are missing do not cover
    /// it.
    ///
    /// One that covers it accepts all of its values; so it is filed under any of them, and one is enough to find it.
    func candidates(covering rule: CompiledRule) -> RuleCandidates {
        var candidates = RuleCandidates(postings)
        candidates.add(general)
        for condition in rule.conditions {
            switch condition {
            case .oneOf(let facet, let values):
                if let value = values.first { candidates.add(slices[Self.key(of: facet, value)]) }
            case .card(let fingerprints, _):
                if let fingerprint = fingerprints.first { candidates.add(slices[Self.key(of: fingerprint)]) }
            case .amount(let ranges):
                if let range = ranges.first {
                    amounts.forEachSlice(containing: range.lowerBound) { candidates.add($0) }
                }
            case .matches(let place, let patterns):
                guard let (head, tail, isWhole) = patterns.first?.certainties else { continue }
                for plan in texts where plan.place == place {
                    plan.forEachKey(head: head, tail: tail, isWhole: isWhole) { candidates.add(slices[$0]) }
                }
            case .present(let place):
                for plan in texts where plan.place == place {
                    plan.forEachKey(head: "", tail: "", isWhole: false) { candidates.add(slices[$0]) }
                }
            case .absent(let place):
                for plan in texts where plan.place == place {
                    plan.forKeyOfAbsence { candidates.add(slices[$0]) }
                }
            case .state: continue
            }
        }
        return candidates
    }
}

/// Goes through several ascending lists of rules at once, in order, without repeating any.
struct RuleCandidates: IteratorProtocol {
    private let postings: [Int32]
    private var open: [PostingSlice] = []

    init(_ postings: [Int32]) { self.postings = postings }

    mutating func add(_ slice: PostingSlice?) {
        if let slice, !slice.isEmpty { open.append(slice) }
    }

    mutating func next() -> Int? {
        var least = Int32.max
        for slice in open where !slice.isEmpty { least = min(least, postings[Int(slice.start)]) }
        guard least != .max else { return nil }
        for place in open.indices {
            // A rule with two patterns that both fit is in two lists.
            while !open[place].isEmpty, postings[Int(open[place].start)] == least { open[place].start += 1 }
        }
        return Int(least)
    }
}
