/// A moment of a world's time, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// A value handed in by whoever owns a clock; nothing in the domain reads one.
package struct Instant: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    package init(seconds: Int64) { nanoseconds = seconds * 1_000_000_000 }

    package var seconds: Int64 { nanoseconds.floorDivided(by: 1_000_000_000) }
    package var milliseconds: Int64 { nanoseconds.floorDivided(by: 1_000_000) }

    /// The start of 1970.
    package static let earliest = Instant(nanoseconds: 0)
    /// The end of 2199: far enough from the end of the representation that a span of decades can be added.
    package static let latest = Instant(nanoseconds: 7_258_118_400_000_000_000 - 1)

    /// Later (or, for a negative duration, earlier) by a duration; nil outside of ``earliest`` and ``latest``.
    package func advanced(by duration: Duration) -> Instant? {
        let (sum, overflowed) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        let instant = Instant(nanoseconds: sum)
        return !overflowed && (Self.earliest...Self.latest).contains(instant) ? instant : nil
    }

    package static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

    package static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(nanoseconds: instant.nanoseconds + duration.wholeNanoseconds)
    }

    package static func - (a: Instant, b: Instant) -> Duration { .nanoseconds(a.nanoseconds - b.nanoseconds) }
}

extension Duration {
    /// Rounded towards zero; a duration beyond ±292 years is clamped.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflowed else { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}

extension BinaryInteger {
    /// Division that rounds towards negative infinity.
    package func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
