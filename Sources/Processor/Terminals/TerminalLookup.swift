import Payments

extension TerminalSettings {
    /// The terminals of a merchant: those of the scenario in its order, then those that came later.
    package func terminals(of merchant: MerchantKey, _ books: Books) -> [Terminal] {
        order.compactMap { self[$0] }.filter { $0.scope == merchant.scope && $0.merchant == merchant.id }
            + books.terminals.delivered(to: merchant)
    }
}

extension DecisionContext {
    /// A terminal of the scenario, or one that was delivered since.
    package func terminal(_ key: TerminalKey) -> Terminal? {
        behavior.terminals[key] ?? books.terminals.delivered(key)
    }
}
