import Cryptography
import JSON
import Payments
import Processor
import ServiceKit

/// A billing plan on the wire.
struct BillingDocument {
    private let call: CoPilotCall
    private let plan: BillingPlan

    init(_ call: CoPilotCall, _ plan: BillingPlan) {
        self.call = call
        self.plan = plan
    }

    /// Eleven digits: of the plan's number.
    static func number(_ id: String) -> Int? {
        guard Digits.areAll(id), id.utf8.count <= 11, let number = Int(id), number > first else { return nil }
        return number - first
    }

    private static let first = 10_000_000_000
    private var id: String { String(Self.first + plan.number) }

    /// - Parameter showsSchedules: lists leave them out.
    func json(showsSchedules: Bool) -> JSONValue {
        let sent = ApplicationDocument.object(plan.document)
        let count: JSONValue
        let last: JSONValue
        switch plan.rhythm.end {
        case .never: (count, last) = (.null, .null)
        case .after(let payments): (count, last) = (JSONValue(payments), .null)
        case .onDay(let day): (count, last) = (.null, .string(compact(day)))
        }
        return [
            "billingPlanId": .string(id), "merchId": .string(plan.merchant.id.text),
            "profileId": .string(plan.profile.text), "acctId": .string(String(account)),
            "profileGuid": .string(guid), "amount": money(plan.amount.minorUnits),
            "timeSpan": JSONValue(plan.rhythm.unit.rawValue), "every": JSONValue(plan.rhythm.every),
            "untilCondition": .string(condition), "untilNumPayments": count, "untilDate": last,
            "currencySymbol": sent["currencySymbol"] ?? "$", "startDate": .string(compact(plan.rhythm.start)),
            "billingPlanName": plan.name.map { .string($0) } ?? .null, "options": sent["options"] ?? [],
            "planStatus": .string(plan.status.rawValue), "schedules": showsSchedules ? .array(schedules) : .null,
        ]
    }

    private var condition: String {
        switch plan.rhythm.end {
        case .never: "C"
        case .after: "N"
        case .onDay: "D"
        }
    }

    private var account: Int {
        let key = ProfileKey(owner: call.request.behavior.profileOwner(plan.merchant), id: plan.profile)
        return plan.account ?? call.request.world.snapshot.books.profiles[key]?.defaultNumber ?? 1
    }

    /// Drawn from what names the plan, so that it is the same whenever it is read.
    private var guid: String {
        let digits = SHA256.hash(Array("\(plan.merchant) \(plan.profile) \(plan.number)".utf8)).hex
        return [8, 4, 4, 4, 12].reduce(into: (text: "", rest: Substring(digits))) { made, count in
            made.text += (made.text.isEmpty ? "" : "-") + made.rest.prefix(count)
            made.rest = made.rest.dropFirst(count)
        }.text
    }

    // MARK: - Payments

    private var schedules: [JSONValue] {
        let today = call.request.behavior.clock.zone.civilTime(call.request.world.now).daysSince1970
        return plan.shown(on: today).compactMap { index in
            guard let day = plan.day(index), let payment = plan.result(index) else { return nil }
            return [
                "billingPlanScheduleId": JSONValue(plan.scheduleID(index)),
                "actualAmount": payment.amount.map(money) ?? .null,
                "actualPaymentDate": payment.day.map { .string(slashed($0)) } ?? .null,
                "paymentStatus": .string(payment.status.rawValue),
                "retref": payment.reference.map { .string($0.text) } ?? .null,
                "scheduledAmount": money(plan.amount.minorUnits), "scheduledPaymentDate": .string(slashed(day)),
            ]
        }
    }

    private func money(_ minorUnits: Int64) -> JSONValue {
        .number(Money(minorUnits: minorUnits, currency: plan.amount.currency).decimalText)
    }

    /// `MMDDYYYY`.
    private func compact(_ day: Int) -> String {
        let date = CivilTime(daysSince1970: day).compactDate
        return String(date.suffix(4) + date.prefix(4))
    }

    /// `MM/DD/YYYY`.
    private func slashed(_ day: Int) -> String {
        let date = compact(day)
        return "\(date.prefix(2))/\(date.dropFirst(2).prefix(2))/\(date.suffix(4))"
    }
}
