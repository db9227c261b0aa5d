/// Steps that are played once for each of some values.
package struct ReplayLoop: Sendable {
    /// Places in the list of all steps; loops lie within or behind each other.
    package var steps: Range<Int>
    package var names: [String]
    /// One value for each name, in order; values may hold names that have a value by then.
    package var rounds: [[ReplayText]]
    package var line: Int

    /// How many steps a file may play, rounds counted.
    package static let longestRun = 1_000_000

    /// How many steps are played, rounds counted; saturates.
    package static func playedSteps(of count: Int, _ loops: [ReplayLoop]) -> Int {
        (0..<count).reduce(0) { sum, index in
            let rounds = loops.reduce(1) { product, loop in
                guard loop.steps.contains(index) else { return product }
                return min(product, longestRun + 1) * loop.rounds.count
            }
            return min(sum + rounds, longestRun * 200_000)
        }
    }
}

/// The order in which steps are played: single ones, and loops around others.
struct ReplayOrder {
    enum Part {
        case step(Int)
        case loop(ReplayLoop, [Part])
    }

    let parts: [Part]

    init(_ replay: Replay) {
        var loops = replay.loops[...]
        parts = Self.parts(replay.steps.indices, &loops)
    }

    /// - Parameter loops: those that are not placed yet, in the order in which they begin, outer ones first.
    private static func parts(_ range: Range<Int>, _ loops: inout ArraySlice<ReplayLoop>) -> [Part] {
        var parts: [Part] = []
        var position = range.lowerBound
        while position < range.upperBound {
            guard let loop = loops.first, loop.steps.lowerBound == position,
                loop.steps.upperBound <= range.upperBound
            else {
                parts.append(.step(position))
                position += 1
                continue
            }
            loops.removeFirst()
            parts.append(.loop(loop, Self.parts(loop.steps, &loops)))
            position = loop.steps.upperBound
        }
        return parts
    }
}
