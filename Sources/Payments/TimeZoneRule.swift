/// The zones in which the emulated gateways keep their days. A rule, so that no time-zone files are needed.
package enum TimeZoneRule: String, Hashable, Sendable, CaseIterable {
    case utc = "UTC"
    case usEastern = "America/New_York"
    case usCentral = "America/Chicago"
    case usMountain = "America/Denver"
    case usPacific = "America/Los_Angeles"

    /// The civil time of an instant in this zone.
    package func civilTime(_ instant: Instant) -> CivilTime {
        CivilTime(instant.later(seconds: offsetSeconds(at: instant)))
    }

    /// The instant of a civil time; where it does not exist or exists twice, the standard offset decides.
    package func instant(_ civil: CivilTime) -> Instant {
        let standard = civil.instant + .seconds(-standardOffsetSeconds)
        let guess = civil.instant + .seconds(-offsetSeconds(at: standard))
        return civilTime(guess) == civil ? guess : standard
    }

    /// Seconds to add to UTC.
    package func offsetSeconds(at instant: Instant) -> Int {
        guard self != .utc, isDaylightSaving(at: instant) else { return standardOffsetSeconds }
        return standardOffsetSeconds + 3600
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
    private func isDaylightSaving(at instant: Instant) -> Bool {
        let standard = CivilTime(instant.later(seconds: standardOffsetSeconds))
        // Only in March and November the day counts.
        if (4...10).contains(standard.month) { return true }
        guard standard.month == 3 || standard.month == 11 else { return false }
        let start = Self.sunday(2, of: 3, year: standard.year).instant + .seconds(2 * 3600)
        let end = Self.sunday(1, of: 11, year: standard.year).instant + .seconds(3600)
        let local = standard.instant
        return local >= start && local < end
    }

    private static func sunday(_ ordinal: Int, of month: Int, year: Int) -> CivilTime {
        let first = CivilTime(year: year, month: month, day: 1)
        let firstSunday = 1 + (7 - first.dayOfWeek) % 7
        return CivilTime(year: year, month: month, day: firstSunday + 7 * (ordinal - 1))
    }
}
