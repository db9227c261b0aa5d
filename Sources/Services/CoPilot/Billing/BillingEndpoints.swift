import JSON
import Payments
import Processor
import ServiceKit

/// `/billingplan/…` (reference §4.7): payments of a stored account, again and again.
enum BillingEndpoints {
    static func create(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let plan = try BillingFields(call, within: "billingPlan")
        let merchant = try plan.merchant()
        return try perform(call, merchant, .create(try plan.terms()))
    }

    static func list(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let merchant = try merchant(id, call)
        let plans = try CoPilotCall.settled(call.request).books.billing.plans(of: merchant)
        var object = AnswerObject()
        object.add("billingPlans", value: .array(plans.map { BillingDocument(call, $0).json(showsSchedules: false) }))
        object.add("errors", value: .null)
        return call.answer(object)
    }

    static func read(_ call: CoPilotCall, _ id: String, _ plan: String) throws(CoPilotFault) -> ServiceAnswer {
        let merchant = try merchant(id, call)
        let billing = try CoPilotCall.settled(call.request).books.billing
        guard let number = BillingDocument.number(plan), let plan = billing[number], plan.merchant == merchant else {
            throw CoPilotFault.notFound
        }
        return call.answer(document(call, plan))
    }

    static func updateAccount(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let fields = try BillingFields(call)
        let merchant = try fields.merchant()
        let plan = try fields.plan()
        return try perform(
            call, merchant, .changeAccount(plan: plan, try fields.profile(), account: try fields.account()))
    }

    static func markAsPaid(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let fields = try BillingFields(call)
        let merchant = try fields.merchant()
        let plan = try fields.plan()
        let payment = try fields.payment()
        guard payment.plan == plan else { throw CoPilotFault.notFound }
        return try perform(
            call, merchant, .markAsPaid(plan: plan, index: payment.index, try fields.reference()))
    }

    static func cancelPayment(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let fields = try BillingFields(call)
        let merchant = try fields.merchant()
        let payment = try fields.payment()
        return try perform(call, merchant, .cancelPayment(plan: payment.plan, index: payment.index))
    }

    static func cancel(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let fields = try BillingFields(call)
        let merchant = try fields.merchant()
        return try perform(call, merchant, .cancel(plan: try fields.plan()))
    }

    // MARK: - Shared

    /// A merchant of the gateway by its id there, not by that of its application.
    static func merchant(_ id: String, _ call: CoPilotCall) throws(CoPilotFault) -> MerchantKey {
        guard call.request.merchant(MerchantID(id)) != nil else { throw CoPilotFault.notFound }
        return MerchantKey(scope: call.request.scope, id: MerchantID(id))
    }

    private static func perform(
        _ call: CoPilotCall, _ merchant: MerchantKey, _ action: BillingCommand.Action
    ) throws(CoPilotFault) -> ServiceAnswer {
        let command = BillingCommand(service: "copilot", merchant: merchant, action: action)
        let performed: Performed<BillingCommand.Outcome>
        do throws(JournalFault) { performed = try call.request.world.perform(command) } catch {
            throw CoPilotFault(500, "9000", error.description)
        }
        var result: ServiceAnswer
        switch performed.outcome {
        case .failure(let fault): result = ErrorBody.answer(CoPilotFault(fault), call.request)
        case .success(let plan): result = call.answer(document(call, plan))
        }
        result.follow(performed.recorded)
        return result
    }

    private static func document(_ call: CoPilotCall, _ plan: BillingPlan) -> AnswerObject {
        var object = AnswerObject()
        object.add("billingPlan", value: BillingDocument(call, plan).json(showsSchedules: true))
        object.add("errors", value: .null)
        return object
    }
}

extension CoPilotFault {
    init(_ fault: BillingCommand.Fault) {
        switch fault {
        case .unknownPlan, .unknownPayment: self = .notFound
        case .unknownAccount: self.init(400, "9003", "profileId is invalid.", field: "billingPlan.profileId")
        case .notActive: self.init(400, "9013", "The billing plan is not active.")
        case .notScheduled: self.init(400, "9014", "The payment is not scheduled.")
        case .noPayments: self.init(400, "9003", "startDate is invalid.", field: "billingPlan.startDate")
        case .full: self = .full
        }
    }
}
