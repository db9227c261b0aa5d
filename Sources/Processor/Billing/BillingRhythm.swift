import Payments

/// When the payments of a plan are due, day by day of the gateway's calendar.
package struct BillingRhythm: Hashable, Sendable {
    package enum Unit: Int, Hashable, Sendable, CaseIterable {
        case day = 1
        case week, month, year
    }

    package enum End: Hashable, Sendable {
        /// Until somebody cancels it.
        case never
        /// After so many payments.
        case after(Int)
        /// With the last payment that is not behind this day.
        case onDay(Int)
    }

    /// Days since 1970, as all days here.
    package var start: Int
    package var unit: Unit
    /// 1: every one; 2: every other one.
    package var every: Int
    package var end: End

    package init(start: Int, unit: Unit, every: Int, end: End) {
        self.start = start
        self.unit = unit
        self.every = every
        self.end = end
    }

    /// The day of a payment, counted from zero; nil behind the end.
    ///
    /// A month that is too short has it on its last day.
    package func day(_ index: Int) -> Int? {
        let steps = index * every
        let day: Int =
            switch unit {
            case .day: start + steps
            case .week: start + steps * 7
            case .month: later(months: steps)
            case .year: later(months: steps * 12)
            }
        switch end {
        case .never: return day
        case .after(let count): return index < count ? day : nil
        case .onDay(let last): return day <= last ? day : nil
        }
    }

    private func later(months: Int) -> Int {
        let first = CivilTime(daysSince1970: start)
        let month = first.year * 12 + first.month - 1 + months
        let begin = CivilTime(year: month / 12, month: month % 12 + 1, day: 1).daysSince1970
        let next = CivilTime(year: (month + 1) / 12, month: (month + 1) % 12 + 1, day: 1).daysSince1970
        return min(begin + first.day - 1, next - 1)
    }
}
