import Foundation

/// Seeds of property tests. Each is a case of its own whose name shows it; `SEED=n` in the environment plays one alone.
package enum PropertySeeds {
    /// Three that stay and one for this run, which is printed: for cases that are long.
    package static let few: [UInt64] = {
        if let asked { return [asked] }
        let seeds = [1, 2, 3, UInt64.random(in: 4 ... .max)]
        print("seeds: \(seeds.map(String.init).joined(separator: " "))")
        return seeds
    }()

    /// 240 that stay: for laws that must hold for everything.
    package static let many: [UInt64] = asked.map { [$0] } ?? Array(1...240)

    private static let asked = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
}
