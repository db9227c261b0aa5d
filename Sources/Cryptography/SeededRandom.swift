/// A deterministic generator: the same seed gives the same numbers on every machine and in every version.
///
/// xoshiro256** 1.0 by D. Blackman and S. Vigna (<https://prng.di.unimi.it>), seeded as they advise. Not for secrets.
@usableFromInline
package struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
    @usableFromInline var state0: UInt64
    @usableFromInline var state1: UInt64
    @usableFromInline var state2: UInt64
    @usableFromInline var state3: UInt64

    /// The generator of a seed, with its state filled by ``SplitMix64``.
    package init(seed: UInt64) {
        var filler = SplitMix64(seed: seed)
        self.init(state: (filler.next(), filler.next(), filler.next(), filler.next()))
    }

    /// A generator of its own for each purpose: streams of different labels have nothing in common.
    ///
    /// The state is the SHA-256 of the seed (eight bytes, big-endian) followed by the UTF-8 of the label.
    package init(seed: UInt64, label: String) {
        var hash = SHA256()
        hash.update((0..<8).map { UInt8(truncatingIfNeeded: seed >> UInt64(56 - 8 * $0)) })
        hash.update(label)
        self.init(state: hash.digest().words)
    }

    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (state0, state1, state2, state3) = state
        // The only state that the generator never leaves.
        if state0 | state1 | state2 | state3 == 0 { state0 = 1 }
    }

    /// 64 random bits.
    @inlinable
    package mutating func next() -> UInt64 {
        let result = rotate(state1 &* 5, by: 7) &* 9
        let shifted = state1 << 17
        state2 ^= state0
        state3 ^= state1
        state1 ^= state2
        state0 ^= state3
        state2 ^= shifted
        state3 = rotate(state3, by: 45)
        return result
    }

    /// A number from zero to `bound - 1`, each as likely as any other.
    ///
    /// D. Lemire, "Fast random integer generation in an interval" (2019), algorithm 5: the high half of a product,
    /// after refusing the few low halves that would favour some numbers.
    ///
    /// - Precondition: `bound` is not zero.
    @inlinable
    package mutating func uniform(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "there is no number below zero")
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let refused = (0 &- bound) % bound  // less than `bound`, so the division is rarely needed
            while product.low < refused { product = next().multipliedFullWidth(by: bound) }
        }
        return product.high
    }

    /// A number of a range, each as likely as any other.
    @inlinable
    package mutating func uniform(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound))
        let offset = width == .max ? next() : uniform(below: width + 1)
        return range.lowerBound &+ Int(truncatingIfNeeded: offset)
    }

    /// Puts elements in a random order (Fisher and Yates); unlike the standard library's, the same one for ever.
    @inlinable
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        elements.withUnsafeMutableBufferPointer { shuffle($0) }
    }

    /// The same where they lie.
    @inlinable
    package mutating func shuffle<Element>(_ elements: UnsafeMutableBufferPointer<Element>) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(uniform(below: UInt64(last) + 1)))
        }
    }

    @inlinable
    func rotate(_ number: UInt64, by bits: UInt64) -> UInt64 { number << bits | number >> (64 - bits) }
}
