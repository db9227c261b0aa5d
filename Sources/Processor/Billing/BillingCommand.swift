package import Payments

/// A request about a billing plan of a merchant.
package struct BillingCommand: Command {
    package enum Action: Sendable {
        case create(Terms)
        case changeAccount(plan: Int, ProfileID, account: Int?)
        /// By its index within the plan.
        case markAsPaid(plan: Int, index: Int, RetrievalReferenceNumber?)
        case cancelPayment(plan: Int, index: Int)
        case cancel(plan: Int)
    }

    /// What a new plan consists of.
    package struct Terms: Sendable {
        package var profile: ProfileID
        package var account: Int?
        /// In minor units.
        package var amount: Int64
        package var rhythm: BillingRhythm
        package var name: String?
        package var document: String

        package init(
            profile: ProfileID, account: Int?, amount: Int64, rhythm: BillingRhythm, name: String?, document: String
        ) {
            self.profile = profile
            self.account = account
            self.amount = amount
            self.rhythm = rhythm
            self.name = name
            self.document = document
        }
    }

    /// Why it cannot be done.
    package enum Fault: Error, Hashable, Sendable {
        case unknownPlan, unknownPayment, unknownAccount, notActive, notScheduled, full
        /// The first payment would lie in the past, or there would be none at all.
        case noPayments
    }

    package typealias Outcome = Result<BillingPlan, Fault>

    package var service: String
    package var merchant: MerchantKey
    package var action: Action
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, action: Action, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.action = action
        self.wire = wire
    }

    package var operation: String { "billingPlan" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruling(for: subject).applied(to: ordinary(in: context))
    }

    private func ordinary(in context: DecisionContext) -> Decision<Outcome> {
        switch action {
        case .create(let terms): create(terms, context)
        case .changeAccount(let number, let profile, let account):
            active(number, context) { plan in
                guard Self.isStored(profile, account, merchant, context) else { return .refused(.unknownAccount) }
                plan.change(profile: profile, account: account)
                return .changed(plan)
            }
        case .markAsPaid(let number, let index, let reference):
            settling(number, index, context) { plan, payment in
                payment.status = .paid
                payment.day = context.civilNow.daysSince1970
                payment.reference = reference
                payment.amount = plan.amount.minorUnits
            }
        case .cancelPayment(let number, let index):
            settling(number, index, context) { _, payment in payment.status = .cancelled }
        case .cancel(let number):
            active(number, context) { plan in
                plan.status = .cancelled
                return .changed(plan, [.agenda(.cancelled(.billing(number)))])
            }
        }
    }

    private func create(_ terms: Terms, _ context: DecisionContext) -> Decision<Outcome> {
        guard context.books.billing.count < context.behavior.limits.billingPlans else { return .refused(.full) }
        guard Self.isStored(terms.profile, terms.account, merchant, context) else { return .refused(.unknownAccount) }
        let plan = BillingPlan(
            number: context.books.billing.count + 1, merchant: merchant, profile: terms.profile, account: terms.account,
            amount: Money(minorUnits: terms.amount, currency: context.merchant(merchant)?.currency ?? .usd),
            rhythm: terms.rhythm, name: terms.name.map(context.keepable), document: terms.document)
        guard let first = plan.day(0), first >= context.civilNow.daysSince1970 else { return .refused(.noPayments) }
        return .changed(plan, plan.planned(in: context))
    }

    private static func isStored(
        _ profile: ProfileID, _ account: Int?, _ merchant: MerchantKey, _ context: DecisionContext
    ) -> Bool {
        let key = ProfileKey(owner: context.profileOwner(merchant), id: profile)
        return context.books.profiles[key]?.account(account) != nil
    }

    // MARK: - One plan, one payment

    private func plan(_ number: Int, _ context: DecisionContext) -> BillingPlan? {
        context.books.billing[number].flatMap { $0.merchant == merchant ? $0 : nil }
    }

    private func active(
        _ number: Int, _ context: DecisionContext, _ change: (inout BillingPlan) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        guard var plan = plan(number, context) else { return .refused(.unknownPlan) }
        guard plan.status == .active else { return .refused(.notActive) }
        return change(&plan)
    }

    /// A payment that failed may be paid by other means; one that is scheduled may be paid or cancelled.
    private func settling(
        _ number: Int, _ index: Int, _ context: DecisionContext,
        _ change: (BillingPlan, inout BillingPlan.Result) -> Void
    ) -> Decision<Outcome> {
        guard var plan = plan(number, context) else { return .refused(.unknownPlan) }
        guard var payment = plan.result(index) else { return .refused(.unknownPayment) }
        change(plan, &payment)
        let before = plan.result(index)?.status
        let isPaidLater = before == .failed && payment.status == .paid
        guard isPaidLater || (before == .scheduled && plan.status == .active) else { return .refused(.notScheduled) }
        plan.settle(index, payment, keeping: context.behavior.limits.billingResults)
        return .changed(plan, plan.planned(in: context))
    }
}

extension Decision where Outcome == BillingCommand.Outcome {
    static func refused(_ fault: BillingCommand.Fault) -> Decision { Decision(outcome: .failure(fault)) }

    static func changed(_ plan: BillingPlan, _ more: [Event] = []) -> Decision {
        Decision(events: [.billing(.planChanged(Boxed(plan)))] + more, outcome: .success(plan))
    }
}
