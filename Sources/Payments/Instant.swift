/// A moment of a world's time, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// A value handed in by whoever owns a clock; nothing in the domain reads one.
package struct Instant: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    /// Seconds since 1970; a moment that nanoseconds cannot hold becomes the last (or first) that they can.
    package init(seconds: Int64) {
        let (product, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        nanoseconds = overflowed ? (seconds < 0 ? .min : .max) : product
    }

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

    /// Stops at the ends of the representation: durations come from scenarios and clients, and none may end the
    /// process.
    package static func + (instant: Instant, duration: Duration) -> Instant {
        let span = duration.wholeNanoseconds
        let (sum, overflowed) = instant.nanoseconds.addingReportingOverflow(span)
        return Instant(nanoseconds: overflowed ? (span < 0 ? .min : .max) : sum)
    }

    /// The same as adding a duration of so many seconds, without the arithmetic of durations.
    func later(seconds: Int) -> Instant {
        let span = Int64(seconds) * 1_000_000_000
        let (sum, overflowed) = nanoseconds.addingReportingOverflow(span)
        return Instant(nanoseconds: overflowed ? (span < 0 ? .min : .max) : sum)
    }

    /// At most ±292 years.
    package static func - (a: Instant, b: Instant) -> Duration {
        let (difference, overflowed) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return .nanoseconds(overflowed ? (a < b ? .min : .max) : difference)
    }
}

extension Duration {
    /// Rounded towards zero; a duration beyond ±292 years is clamped.
    package var wholeNanoseconds: Int64 {
        if self == .zero { return 0 }
        let (seconds, attoseconds) = components
        let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflowed else { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}

extension BinaryInteger {
    /// Division that rounds towards negative infinity.
    @inlinable
    package func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
