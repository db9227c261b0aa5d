/// What somebody may have meant.
enum Spelling {
    /// The candidate nearest to a misspelled word, or nil when none is near.
    ///
    /// Nearest by edit distance, where a letter of the wrong case costs nothing and two swapped letters cost one; at
    /// most a third of the letters may differ.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().unicodeScalars.prefix(64))
        guard !letters.isEmpty else { return nil }
        let allowed = max(1, letters.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
            guard abs(other.count - letters.count) <= allowed else { continue }
            let found = distance(letters, other)
            guard found <= allowed, found < max(letters.count, other.count) else { continue }
            if let best, (best.distance, best.candidate) <= (found, candidate) { continue }
            best = (candidate, found)
        }
        return best?.candidate
    }

    /// Optimal string alignment: insert, delete, replace, swap neighbours.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var current = [i + 1]
            for j in 0..<b.count {
                var cost = min(last[j + 1] + 1, current[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[b.count]
    }
}
