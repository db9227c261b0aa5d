/// `@ repeat day = 1..365`, `@ repeat who plan = ada gold, bea silver`, and `@ end`.
extension ReplayReader {
    /// A loop that has begun.
    struct OpenLoop {
        /// Its place among the loops.
        let index: Int
        /// Names that had a value before.
        let known: Set<String>
    }

    private static let deepest = 8

    mutating func beginLoop(_ text: Substring, _ line: ReplayLine) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let names = parts[0].split(separator: " ").dropFirst().map(String.init)
        guard parts.count == 2, !names.isEmpty, names.allSatisfy(ReplayDefinition.isName),
            Set(names).count == names.count
        else {
            return report(
                line, at: text, "a loop is '@ repeat name = values'", "'@ repeat day = 1..31', or a list with commas")
        }
        guard openLoops.count < Self.deepest else {
            return report(line, at: text, "more than \(Self.deepest) loops inside each other")
        }
        for name in names where known.contains(name) {
            report(line, at: text, "'\(name)' has a value already")
        }
        guard let rounds = rounds(parts[1].trimmingBlanks, names.count, line) else { return }
        openLoops.append(OpenLoop(index: loops.count, known: known))
        known.formUnion(names)
        loops.append(
            ReplayLoop(steps: steps.count..<steps.count, names: names, rounds: rounds, line: line.number))
    }

    mutating func endLoop(_ text: Substring, _ line: ReplayLine) {
        guard let open = openLoops.popLast() else { return report(line, at: text, "there is no loop to end") }
        known = open.known
        let start = loops[open.index].steps.lowerBound
        loops[open.index].steps = start..<steps.count
        if start == steps.count { report(line, at: text, "there is no step in this loop") }
    }

    mutating func finishLoops() {
        for open in openLoops {
            let line = loops[open.index].line
            report(line, 1, lines[line - 1].text.count, "the loop has no '@ end'")
        }
        guard openLoops.isEmpty, let loop = loops.max(by: { $0.line < $1.line }),
            ReplayLoop.playedSteps(of: steps.count, loops) > ReplayLoop.longestRun
        else { return }
        report(
            loop.line, 1, lines[loop.line - 1].text.count,
            "with all rounds the file has more than \(ReplayLoop.longestRun) steps")
    }

    private mutating func rounds(_ text: Substring, _ width: Int, _ line: ReplayLine) -> [[ReplayText]]? {
        if width == 1, let range = range(text) {
            guard let first = Int(range.first), let last = Int(range.last), first <= last, last - first < 100_000 else {
                report(line, at: text, "a range goes from a number to one that is not smaller", "at most 100000 rounds")
                return nil
            }
            return (first...last).map { [ReplayText(literal: Self.padded($0, range.first))] }
        }
        var rounds: [[ReplayText]] = []
        for group in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = group.split(separator: " ")
            guard words.count == width else {
                report(
                    line, at: group, "each round has \(width) \(width == 1 ? "value" : "values")",
                    "rounds are separated by commas, values by blanks")
                return nil
            }
            let values = words.compactMap { self.text($0, in: line) }
            guard values.count == width else { return nil }
            for name in values.flatMap(\.names) where !known.contains(name) {
                report(line, at: group, "'\(name)' has no value here")
            }
            rounds.append(values)
        }
        return rounds
    }

    /// `1..31`
    private func range(_ text: Substring) -> (first: Substring, last: Substring)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, parts[0].allSatisfy(\.isASCIIDigit), !parts[0].isEmpty,
            parts[2].allSatisfy(\.isASCIIDigit), !parts[2].isEmpty
        else { return nil }
        return (parts[0], parts[2])
    }

    /// As wide as the first number was written: `01..12`.
    private static func padded(_ number: Int, _ first: Substring) -> String {
        let digits = String(number)
        guard first.hasPrefix("0") else { return digits }
        return String(repeating: "0", count: max(0, first.count - digits.count)) + digits
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
