import JSON
import Payments
import Processor

/// Events of billing plans in words.
extension EventWords {
    static let billingTypes = ["planChanged"]

    func words(_ event: BillingEvent) -> Words {
        switch event {
        case .planChanged(let plan):
            Words(
                "planChanged", "billing plan \(plan.value.number) of merchant \(plan.value.merchant.id) changed",
                [
                    ("plan", JSONValue(plan.value.number)), ("merchant", .string(plan.value.merchant.id.text)),
                    ("status", .string(plan.value.status.rawValue)),
                ])
        }
    }
}
