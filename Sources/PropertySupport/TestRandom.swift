import Cryptography

/// The numbers of a seed: the same everywhere.
package struct TestRandom: RandomNumberGenerator, Sendable {
    private var state: SplitMix64

    package init(seed: UInt64) { state = SplitMix64(seed: seed) }

    package mutating func next() -> UInt64 { state.next() }

    /// From zero to one less than the bound.
    package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// So many decimal digits.
    package mutating func digits(_ count: Int) -> String { (0..<count).map { _ in String(below(10)) }.joined() }

    /// True in so many of so many cases.
    package mutating func chance(_ part: Int, of whole: Int) -> Bool { below(whole) < part }

    /// One of some values; there has to be one.
    package mutating func pick<Element>(_ values: [Element]) -> Element { values[below(values.count)] }
}
