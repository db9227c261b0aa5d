/// The zones in which the emulated gateways keep their days. A rule, so that no time-zone files are needed.
package enum TimeZoneRule: String, Hashable, Sendable, CaseIterable {
    case utc = "UTC"
    case usEastern = "America/New_York"
    case usCentral = "America/Chicago"
    case usMountain = "America/Denver"
    case usPacific = "America/Los_Angeles"

    /// The civil time of an instant in this zone.
    package func civilTime(_ instant: Instant) -> CivilTime {
        let standard = CivilTime(instant.later(seconds: standardOffsetSeconds))
        guard hasDaylightSaving, Self.isDaylightSaving(standard) else { return standard }
        guard standard.hour < 23 else { return CivilTime(instant.later(seconds: standardOffsetSeconds + 3600)) }
        var civil = standard
        civil.hour += 1
        return civil
    }

    /// The instant of a civil time; where it does not exist or exists twice, the standard offset decides.
    package func instant(_ civil: CivilTime) -> Instant {
        let standard = civil.instant + .seconds(-standardOffsetSeconds)
        let guess = civil.instant + .seconds(-offsetSeconds(at: standard))
        return civilTime(guess) == civil ? guess : standard
    }

    /// Seconds to add to UTC.
    package func offsetSeconds(at instant: Instant) -> Int {
        guard hasDaylightSaving,
            Self.isDaylightSaving(CivilTime(instant.later(seconds: standardOffsetSeconds)))
        else { return standardOffsetSeconds }
        return standardOffsetSeconds + 3600
    }

    // Comparing with `!=` would compare the names.
    private var hasDaylightSaving: Bool {
        switch self {
        case .utc: false
        case .usEastern, .usCentral, .usMountain, .usPacific: true
        }
    }

    private var standardOffsetSeconds: Int {
        switch self {
        case .utc: 0
        case .usEastern: -5 * 3600
        case .usCentral: -6 * 3600
        case .usMountain: -7 * 3600
        case .usPacific: -8 * 3600
        }
    }

    /// Second Sunday of March to first Sunday of November, 02:00 local time (15 U.S.C. §260a, in force since 2007).
    private static func isDaylightSaving(_ standard: CivilTime) -> Bool {
        // Only in March and November the day counts.
        if (4...10).contains(standard.month) { return true }
        guard standard.month == 3 || standard.month == 11 else { return false }
        let firstSunday = (standard.day - standard.dayOfWeek + 6) % 7 + 1
        return standard.month == 3
            ? standard.isAtOrAfter(day: firstSunday + 7, hour: 2) : !standard.isAtOrAfter(day: firstSunday, hour: 1)
    }
}

extension CivilTime {
    /// Compared with an hour of the same month.
    fileprivate func isAtOrAfter(day: Int, hour: Int) -> Bool {
        self.day == day ? self.hour >= hour : self.day > day
    }
}
