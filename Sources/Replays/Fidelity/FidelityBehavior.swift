/// What one step of a replay shows of a service.
struct FidelityBehavior: Hashable {
    var endpoint: FidelityEndpoint
    var method: String
    /// The title of the step.
    var title: String
    var provenance: ReplayProvenance
    /// The keys of the scenario that change it.
    var switches: [String]
    var isUnknownPath: Bool
}

/// One replay, as a chapter of the page: its steps tell one story.
struct FidelityChapter {
    var path: String
    /// The first comment of the file.
    var title: String
    var provenance: ReplayProvenance?
    var behaviors: [FidelityBehavior]

    /// Steps that prepare others, and those without an origin, show nothing; what is said twice is listed once.
    init(_ replay: Replay) {
        path = replay.path
        let summary = replay.setup.summary
        title = summary.isEmpty ? replay.path : String(summary.hasSuffix(".") ? summary.dropLast() : summary[...])
        provenance = replay.setup.provenance
        behaviors = []
        var seen: Set<FidelityBehavior> = []
        for step in replay.steps where !step.isPreparation {
            guard let provenance = step.provenance else { continue }
            let endpoint: FidelityEndpoint
            let method: String
            var isUnknownPath = false
            switch step.action {
            case .control: continue
            case .delivery: (endpoint, method) = (FidelityEndpoint(segments: ["webhooks"]), "POST to")
            case .exchange(let exchange):
                (endpoint, method) = (FidelityEndpoint(exchange.target), exchange.method)
                isUnknownPath = exchange.expectation.status == 404
            }
            let behavior = FidelityBehavior(
                endpoint: endpoint, method: method, title: step.title, provenance: provenance,
                switches: replay.setup.switches + step.switches, isUnknownPath: isUnknownPath)
            if seen.insert(behavior).inserted { behaviors.append(behavior) }
        }
    }
}

extension ReplayExpectation {
    fileprivate var status: Int? {
        guard case .answer(let status, _) = arrival else { return nil }
        return status
    }
}

/// How many behaviours there are of each origin.
struct FidelityCount {
    private var counts: [ReplayProvenance.Kind: Int] = [:]

    init(_ behaviors: some Sequence<FidelityBehavior>) {
        for behavior in behaviors { counts[behavior.provenance.kind, default: 0] += 1 }
    }

    var total: Int { counts.values.reduce(0, +) }

    /// Cells of a table: total, then one for each kind.
    var cells: [String] {
        ["\(total)"] + ReplayProvenance.Kind.allCases.map { "\(counts[$0, default: 0])" }
    }

    static let heads = ["Behaviours"] + ReplayProvenance.Kind.allCases.map(\.rawValue)
}
