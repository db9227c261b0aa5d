import JSON
import Payments
import Processor
import ServiceKit

/// What a client says about a billing plan.
struct BillingFields {
    private let object: JSONObject
    private let prefix: String
    private let call: CoPilotCall

    /// - Parameter name: of the object around the members; a client that leaves it out is forgiven.
    init(_ call: CoPilotCall, within name: String? = nil) throws(CoPilotFault) {
        let body = try call.body()
        let inner = name.flatMap { body.present($0)?.object }
        self.call = call
        object = inner ?? body
        prefix = inner == nil ? "" : (name ?? "") + "."
    }

    // MARK: - Names

    func merchant() throws(CoPilotFault) -> MerchantKey {
        try BillingEndpoints.merchant(try required("merchId"), call)
    }

    func plan() throws(CoPilotFault) -> Int {
        guard let number = BillingDocument.number(try required("billingPlanId")) else { throw CoPilotFault.notFound }
        return number
    }

    func payment() throws(CoPilotFault) -> (plan: Int, index: Int) {
        guard let payment = Int(try required("billingPlanScheduleId")).flatMap({ BillingPlan.payment($0) }) else {
            throw CoPilotFault.notFound
        }
        return payment
    }

    func profile() throws(CoPilotFault) -> ProfileID { ProfileID(try required("profileId", upTo: 20)) }

    /// Nil: the default account.
    func account() throws(CoPilotFault) -> Int? {
        guard let text = try optional("acctId", upTo: 3), !text.isEmpty else { return nil }
        guard let number = Int(text) else { throw invalid("acctId") }
        return number
    }

    /// One character longer than the gateway's, because of a letter in front.
    func reference() throws(CoPilotFault) -> RetrievalReferenceNumber? {
        try optional("retref", upTo: 13).map { RetrievalReferenceNumber(CardNumberGuard.masked($0)) }
    }

    // MARK: - Terms

    func terms() throws(CoPilotFault) -> BillingCommand.Terms {
        let amount: Int64
        let text = try required("amount")
        do throws(DecimalText.Fault) { amount = try DecimalText.majorUnits(text, decimals: 2) } catch {
            throw invalid("amount")
        }
        guard (1...9_999_999_999).contains(amount) else { throw invalid("amount") }
        _ = try optional("currencySymbol", upTo: 1)
        return BillingCommand.Terms(
            profile: try profile(), account: try account(), amount: amount, rhythm: try rhythm(),
            name: try optional("billingPlanName", upTo: 30), document: JSONValue.object(try rest()).serializedText())
    }

    private func rhythm() throws(CoPilotFault) -> BillingRhythm {
        guard let unit = Int(try required("timeSpan")).flatMap({ BillingRhythm.Unit(rawValue: $0) }) else {
            throw invalid("timeSpan")
        }
        guard let every = Int(try required("every")), (1...2).contains(every) else { throw invalid("every") }
        let start = try day("startDate")
        let end: BillingRhythm.End
        switch try required("untilCondition") {
        case "C": end = .never
        case "N":
            guard let count = Int(try required("untilNumPayments")), (1...BillingPlan.mostPayments).contains(count)
            else { throw invalid("untilNumPayments") }
            end = .after(count)
        case "D":
            let last = try day("untilDate")
            guard last >= start else { throw invalid("untilDate") }
            end = .onDay(last)
        default: throw invalid("untilCondition")
        }
        return BillingRhythm(start: start, unit: unit, every: every, end: end)
    }

    /// `MMDDYYYY`, as days since 1970.
    private func day(_ name: String) throws(CoPilotFault) -> Int {
        let text = try required(name)
        guard text.utf8.count == 8, Digits.areAll(text), let month = Int(text.prefix(2)),
            let day = Int(text.dropFirst(2).prefix(2)), let year = Int(text.suffix(4)), (1900...2199).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { throw invalid(name) }
        let date = CivilTime(year: year, month: month, day: day)
        guard CivilTime(daysSince1970: date.daysSince1970) == date else { throw invalid(name) }
        return date.daysSince1970
    }

    /// Members that change nothing and come back as they were sent.
    private func rest() throws(CoPilotFault) -> JSONObject {
        let options = object.present("options")?.array ?? []
        for option in options {
            guard option.present("name")?.text.map({ $0.count <= 30 }) ?? false,
                ["0", "1"].contains(option.present("value")?.text ?? "")
            else { throw invalid("options") }
        }
        guard options.count <= 10 else { throw invalid("options") }
        return JSONObject(pairs: [
            ("currencySymbol", object.present("currencySymbol") ?? "$"), ("options", .array(options)),
        ])
    }

    // MARK: - Reading

    private func required(_ name: String, upTo longest: Int = 30) throws(CoPilotFault) -> String {
        guard let text = try optional(name, upTo: longest), !text.isEmpty else {
            throw CoPilotFault(400, "9001", "\(name) is required.", field: prefix + name)
        }
        return text
    }

    private func optional(_ name: String, upTo longest: Int) throws(CoPilotFault) -> String? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text else { throw invalid(name) }
        guard text.count <= longest else {
            throw CoPilotFault(400, "9002", "\(name) has invalid length.", field: prefix + name)
        }
        return text
    }

    private func invalid(_ name: String) -> CoPilotFault {
        CoPilotFault(400, "9003", "\(name) is invalid.", field: prefix + name)
    }
}
