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

    /// World time, which stops at ``Instant/latest``.
    package func now(at real: Instant) -> Instant {
        switch mode {
        case .real: shown(after: real.nanoseconds - anchor.nanoseconds)
        case .frozen: base
        case .scaled(let perMille): shown(after: Self.scaled(real.nanoseconds - anchor.nanoseconds, perMille))
        }
    }

    /// A clock that runs fast gets to the end of time within hours; it must not get past it.
    private func shown(after span: Int64) -> Instant {
        let (sum, overflowed) = base.nanoseconds.addingReportingOverflow(span)
        if overflowed { return span < 0 ? .earliest : .latest }
        return min(max(Instant(nanoseconds: sum), .earliest), .latest)
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

    private static func scaled(_ span: Int64, _ perMille: Int64) -> Int64 {
        Int64(clamping: Int128(span) * Int128(perMille) / 1000)
    }

    /// Rounded up, and short enough that a deadline can be made of it.
    private static func unscaled(_ span: Int64, _ perMille: Int64) -> Int64 {
        let real = (Int128(span) * 1000 + Int128(perMille) - 1) / Int128(perMille)
        return min(Int64(clamping: real), .max / 4)
    }
}
