import Foundation

/// Seeds of the property tests: three that stay and one for this run; `SEED=…` runs one alone.
enum Seeds {
    static let forThisRun: [UInt64] = {
        if let text = ProcessInfo.processInfo.environment["SEED"], let seed = UInt64(text) { return [seed] }
        let seeds = [1, 2, 3, UInt64.random(in: 4 ... .max)]
        print("seeds: \(seeds.map(String.init).joined(separator: " "))")
        return seeds
    }()
}

/// Numbers of a seed (SplitMix64).
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// So many decimal digits.
    mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(Int.random(in: 0...9, using: &self)) }.joined()
    }
}
