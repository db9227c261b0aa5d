import Payments

// A merchant is known from the scenario, or because it was boarded while the world ran. The scenario is asked first:
// nearly every merchant is of it, and it needs no tree.

extension DecisionContext {
    /// The merchant of a key; nil when nobody knows it.
    package func merchant(_ key: MerchantKey) -> Merchant? {
        behavior.directory.merchant(key.id, in: key.scope) ?? books.boarding.merchant(key)
    }
}

extension World {
    /// The merchant of a key; nil when nobody knows it.
    package func merchant(_ key: MerchantKey) -> Merchant? {
        behavior.directory.merchant(key.id, in: key.scope) ?? books.boarding.merchant(key)
    }
}
