import HashTreeCollections
import Payments

/// The billing plans of all merchants.
package struct BillingBook: Equatable, Sendable {
    private var plans: TreeDictionary<Int, Boxed<BillingPlan>> = [:]
    private var plansOf: TreeDictionary<MerchantKey, PersistentArray<Int>> = [:]

    package init() {}

    package var count: Int { plans.count }

    package subscript(number: Int) -> BillingPlan? { plans[number]?.value }

    /// In the order in which they were made.
    package func plans(of merchant: MerchantKey) -> [BillingPlan] {
        (plansOf[merchant]?.all ?? []).compactMap { self[$0] }
    }

    mutating func apply(_ event: BillingEvent) {
        switch event {
        case .planChanged(let plan):
            if plans.updateValue(plan, forKey: plan.value.number) == nil {
                plansOf[plan.value.merchant, default: PersistentArray()].append(plan.value.number)
            }
        }
    }
}

/// What can happen to billing plans.
package enum BillingEvent: Equatable, Sendable {
    /// A plan came to be, or became another one.
    case planChanged(Boxed<BillingPlan>)
}
