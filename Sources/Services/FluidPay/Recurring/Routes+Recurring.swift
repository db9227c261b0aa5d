import HTTP
import Processor

/// Recurring payments.
extension Routes {
    private static let addOns = ModifierEndpoints(kind: .addOn)
    private static let discounts = ModifierEndpoints(kind: .discount)

    static let recurring = [
        Route(.post, "/api/recurring/addon", "createAddOn", addOns.create),
        Route(.get, "/api/recurring/addons", "listAddOns", addOns.list),
        Route(.get, "/api/recurring/addon/:id", "findAddOn", addOns.find),
        Route(.post, "/api/recurring/addon/:id", "updateAddOn", addOns.update),
        Route(.delete, "/api/recurring/addon/:id", "deleteAddOn", addOns.delete),
        Route(.post, "/api/recurring/discount", "createDiscount", discounts.create),
        Route(.get, "/api/recurring/discounts", "listDiscounts", discounts.list),
        Route(.get, "/api/recurring/discount/:id", "findDiscount", discounts.find),
        Route(.post, "/api/recurring/discount/:id", "updateDiscount", discounts.update),
        Route(.delete, "/api/recurring/discount/:id", "deleteDiscount", discounts.delete),
        Route(.post, "/api/recurring/plan", "createPlan", PlanEndpoints.create),
        Route(.get, "/api/recurring/plans", "listPlans", PlanEndpoints.list),
        Route(.get, "/api/recurring/plan/:id", "findPlan", PlanEndpoints.find),
        Route(.post, "/api/recurring/plan/:id", "updatePlan", PlanEndpoints.update),
        Route(.delete, "/api/recurring/plan/:id", "deletePlan", PlanEndpoints.delete),
        Route(.post, "/api/recurring/subscription", "createSubscription", SubscriptionEndpoints.create),
        Route(.post, "/api/recurring/subscription/search", "searchSubscriptions", SubscriptionEndpoints.search),
        Route(.get, "/api/recurring/subscription/:id", "findSubscription", SubscriptionEndpoints.find),
        Route(.post, "/api/recurring/subscription/:id", "updateSubscription", SubscriptionEndpoints.update),
        Route(.delete, "/api/recurring/subscription/:id", "deleteSubscription", SubscriptionEndpoints.delete),
        Route(
            .get, "/api/recurring/subscription/:id/status/:status", "setSubscriptionStatus",
            SubscriptionEndpoints.setStatus),
    ]
}
