import Payments

extension TerminalSettings {
    /// A terminal of the scenario, or one that was delivered since, as it is now.
    package func terminal(_ key: TerminalKey, _ books: Books) -> Terminal? {
        guard let known = self[key] ?? books.terminals.delivered(key) else { return nil }
        return books.terminals[key].condition?.applied(to: known) ?? known
    }

    /// The terminals of a merchant: those of the scenario in its order, then those that came later.
    package func terminals(of merchant: MerchantKey, _ books: Books) -> [Terminal] {
        let scripted = order.filter { $0.scope == merchant.scope && self[$0]?.merchant == merchant.id }
        return (scripted + books.terminals.delivered(to: merchant).map(\.key)).compactMap { terminal($0, books) }
    }

    /// All terminals of a world, those of the scenario first.
    package func allTerminals(_ books: Books) -> [Terminal] {
        (order + books.terminals.allDelivered).compactMap { terminal($0, books) }
    }
}

extension DecisionContext {
    package func terminal(_ key: TerminalKey) -> Terminal? { behavior.terminals.terminal(key, books) }
}
