package import Payments

/// Payments of an account that came to be within a time and of which something is true, newest first.
package struct SearchCharges: Command {
    package var account: GatewayAccount
    package var created: ClosedRange<Instant>?
    package var limit: Int
    package var offset: Int
    package var isMeant: @Sendable (Charged) -> Bool

    /// - Parameter limit: 0: all.
    package init(
        of account: GatewayAccount, created: ClosedRange<Instant>?, limit: Int, offset: Int,
        where isMeant: @escaping @Sendable (Charged) -> Bool
    ) {
        self.account = account
        self.created = created
        self.limit = limit
        self.offset = offset
        self.isMeant = isMeant
    }

    package struct Page: Sendable {
        package let total: Int
        package let charges: [Charged]
    }

    package var operation: String { "searchTransactions" }

    package func decide(in context: DecisionContext) -> Decision<Page> {
        let range = created ?? recent(context)
        var total = 0
        var found: [Charged] = []
        for charged in context.charges(of: account.id)
        where range.contains(charged.transaction.createdAt) && isMeant(charged) {
            total += 1
            if total > offset, limit == 0 || found.count < limit { found.append(charged) }
        }
        return Decision(outcome: Page(total: total, charges: found))
    }

    private func recent(_ context: DecisionContext) -> ClosedRange<Instant> {
        var start = CivilTime(context.now)
        let months = start.year * 12 + start.month - 1 - context.behavior.accounts.policy.searchMonths
        start.year = months.floorDivided(by: 12)
        start.month = months - start.year * 12 + 1
        // The day may be one that the month does not have; the arithmetic goes on into the next month then.
        return min(start.instant, context.now)...Instant.latest
    }
}
