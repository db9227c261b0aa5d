package import Payments

/// A world's time: the machine's, shifted, faster or standing still.
package struct WorldClock: Hashable, Sendable {
    package private(set) var mode: ClockSettings.Mode
    /// World time at ``anchor``.
    private var base: Instant
    /// Real time at which ``base`` was set; zero for a frozen clock, so that equal states compare equal.
    private var anchor: Instant

    package init(mode: ClockSettings.Mode, showing time: Instant, at real: Instant) {
        self.mode = mode
        base = time
        anchor = mode == .frozen ? Instant(nanoseconds: 0) : real
    }

    package func now(at real: Instant) -> Instant {
        switch mode {
        case .real: Instant(nanoseconds: base.nanoseconds + (real.nanoseconds - anchor.nanoseconds))
        case .frozen: base
        case .scaled(let perMille):
            Instant(nanoseconds: base.nanoseconds + Self.scaled(real.nanoseconds - anchor.nanoseconds, perMille))
        }
    }

    /// How long to wait in real time until the world's time is reached; nil when it never comes by itself.
    package func realTime(until due: Instant, from real: Instant) -> Duration? {
        let remaining = due.nanoseconds - now(at: real).nanoseconds
        guard remaining > 0 else { return .zero }
        switch mode {
        case .real: return .nanoseconds(remaining)
        case .frozen: return nil
        case .scaled(let perMille): return perMille > 0 ? .nanoseconds(Self.unscaled(remaining, perMille)) : nil
        }
    }

    /// The same time in another mode.
    package func running(_ mode: ClockSettings.Mode, at real: Instant) -> WorldClock {
        WorldClock(mode: mode, showing: now(at: real), at: real)
    }

    /// Another time in the same mode.
    package func showing(_ time: Instant, at real: Instant) -> WorldClock {
        WorldClock(mode: mode, showing: time, at: real)
    }

    /// Split so that a long span times a large factor does not overflow.
    private static func scaled(_ span: Int64, _ perMille: Int64) -> Int64 {
        let (whole, rest) = span.quotientAndRemainder(dividingBy: 1000)
        let (product, overflowed) = whole.multipliedReportingOverflow(by: perMille)
        return overflowed ? .max / 4 : product + rest * perMille / 1000
    }

    private static func unscaled(_ span: Int64, _ perMille: Int64) -> Int64 {
        let (whole, rest) = span.quotientAndRemainder(dividingBy: perMille)
        return whole * 1000 + (rest * 1000 + perMille - 1) / perMille
    }
}
