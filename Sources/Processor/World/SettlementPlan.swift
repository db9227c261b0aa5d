package import Payments

/// When open batches are settled by the clock.
package enum SettlementPlan {
    /// The next cut-off after an instant: once a day at the scenario's hour in its zone; nil when it never comes by
    /// itself.
    package static func next(after now: Instant, _ settings: ClockSettings) -> Instant? {
        guard settings.settlesByItself else { return nil }
        let today = settings.zone.civilTime(now).daysSince1970
        for day in today...(today + 2) {
            let cutOff = instant(ofDay: day, settings)
            if cutOff > now { return cutOff <= .latest ? cutOff : nil }
        }
        return nil
    }

    private static func instant(ofDay day: Int, _ settings: ClockSettings) -> Instant {
        var civil = CivilTime(daysSince1970: day)
        civil.hour = settings.settlementSecondOfDay / 3600
        civil.minute = settings.settlementSecondOfDay / 60 % 60
        civil.second = settings.settlementSecondOfDay % 60
        return settings.zone.instant(civil)
    }
}
