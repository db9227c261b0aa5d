import Glibc

/// The wall clock of the machine. Only the composition root and HTTP's `Date` field read it.
package enum SystemClock {
    /// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
    package static func now() -> Int64 { read(CLOCK_REALTIME) }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    package static func seconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }

    fileprivate static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // Cannot fail: the clocks exist on every Linux and the pointer is valid.
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// A clock that never jumps: for deadlines and time-outs.
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary start.
    package static func now() -> Int64 { SystemClock.read(CLOCK_MONOTONIC) }
}

extension Duration {
    /// Whole nanoseconds, rounded up; `Int64.max` when it does not fit, 0 when negative.
    package var nanosecondsClamped: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let fraction = attoseconds / 1_000_000_000 + (attoseconds % 1_000_000_000 > 0 ? 1 : 0)
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return .max }
        let (sum, carried) = product.addingReportingOverflow(fraction)
        return carried ? .max : sum
    }
}

extension Int64 {
    /// `self + duration` in nanoseconds, at most `Int64.max`.
    package func advanced(by duration: Duration) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(duration.nanosecondsClamped)
        return overflow ? .max : sum
    }
}
