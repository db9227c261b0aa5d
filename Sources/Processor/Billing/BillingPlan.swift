package import Payments

/// Payments that a stored account makes again and again.
package struct BillingPlan: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case active = "A"
        case cancelled = "C"
        case finished = "F"
    }

    /// What has become of one payment; one that nothing has become of is scheduled.
    package struct Result: Hashable, Sendable {
        package enum Status: String, Hashable, Sendable, CaseIterable {
            case scheduled = "Scheduled"
            case cancelled = "Cancelled"
            case paid = "Paid"
            case failed = "Failed"
        }

        package var status: Status
        /// The day on which it was paid, or tried.
        package var day: Int?
        package var reference: RetrievalReferenceNumber?
        /// In minor units.
        package var amount: Int64?

        package init(_ status: Status) { self.status = status }
    }

    /// Counted from 1, within the world.
    package let number: Int
    package let merchant: MerchantKey
    package var profile: ProfileID
    /// Nil: the default account of the profile.
    package var account: Int?
    package let amount: Money
    package let rhythm: BillingRhythm
    package let name: String?
    /// The members of the plan that change nothing, in the service's own form; opaque here.
    package let document: String
    package internal(set) var status = Status.active
    /// By the index of the payment.
    package private(set) var results: [Int: Result] = [:]
    /// The first payment that nothing has become of yet.
    package private(set) var next = 0

    /// A plan has no more payments than this.
    package static let mostPayments = 99_999

    package init(
        number: Int, merchant: MerchantKey, profile: ProfileID, account: Int?, amount: Money, rhythm: BillingRhythm,
        name: String?, document: String
    ) {
        self.number = number
        self.merchant = merchant
        self.profile = profile
        self.account = account
        self.amount = amount
        self.rhythm = rhythm
        self.name = name
        self.document = document
    }

    // MARK: - Payments

    /// What names a payment on its own: the plan and the index.
    package func scheduleID(_ index: Int) -> Int { number * (Self.mostPayments + 1) + index + 1 }

    /// Plan and index of a payment's name; nil when there can be none.
    package static func payment(_ scheduleID: Int) -> (plan: Int, index: Int)? {
        let index = scheduleID % (mostPayments + 1) - 1
        let plan = scheduleID / (mostPayments + 1)
        return plan > 0 && index >= 0 ? (plan, index) : nil
    }

    package func day(_ index: Int) -> Int? { index < Self.mostPayments ? rhythm.day(index) : nil }

    package func result(_ index: Int) -> Result? {
        guard day(index) != nil else { return nil }
        return results[index] ?? (index < next ? nil : Result(.scheduled))
    }

    /// The payments that are shown: what is remembered, and those to come: a thousand, or a year of a plan without an
    /// end.
    package func shown(on today: Int) -> [Int] {
        var indexes = results.keys.sorted()
        guard status == .active else { return indexes }
        var index = next
        let limit = next + 1000
        while index < limit, let day = day(index) {
            if case .never = rhythm.end, day > today + 365 { break }
            if results[index] == nil { indexes.append(index) }
            index += 1
        }
        return indexes.sorted()
    }

    /// - Parameter limit: so many results are kept; the oldest are forgotten first, but none that lies ahead: that
    ///   payment would be due again.
    mutating func settle(_ index: Int, _ result: Result, keeping limit: Int) {
        results[index] = result
        while results[next] != nil { next += 1 }
        while results.count > limit, let oldest = results.keys.min(), oldest < next { results[oldest] = nil }
        if status == .active, day(next) == nil { status = .finished }
    }

    mutating func change(profile: ProfileID, account: Int?) {
        self.profile = profile
        self.account = account
    }
}
