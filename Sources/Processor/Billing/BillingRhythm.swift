import Payments

/// When the payments of a plan are due, in the words of its service: days of the gateway's calendar.
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

    package var recurrence: Recurrence {
        switch unit {
        case .day: .days(every)
        case .week: .days(every * 7)
        case .month: .months(every, on: [CivilTime(daysSince1970: start).day])
        case .year: .months(every * 12, on: [CivilTime(daysSince1970: start).day])
        }
    }

    /// The day of a payment, counted from zero; nil behind the end.
    package func day(_ index: Int) -> Int? {
        let day = recurrence.day(index, from: start)
        switch end {
        case .never: return day
        case .after(let count): return index < count ? day : nil
        case .onDay(let last): return day <= last ? day : nil
        }
    }
}
