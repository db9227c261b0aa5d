package import Payments

/// Payments of an account that came to be within a time and of which something is true, newest first.
package struct SearchCharges: Command {
    package var account: GatewayAccount
    /// Nil: as far back as the policy says.
    package var created: ClosedRange<Instant>?
    package var range: PageRange
    /// Only this one, or only those of a customer or subscription: looked up instead of looking at all.
    package var id: ObjectID?
    package var party: ChargeParty?
    package var isMeant: @Sendable (Charged) -> Bool

    package init(
        of account: GatewayAccount, created: ClosedRange<Instant>?, _ range: PageRange,
        where isMeant: @escaping @Sendable (Charged) -> Bool
    ) {
        self.account = account
        self.created = created
        self.range = range
        self.isMeant = isMeant
    }

    package var operation: String { "searchTransactions" }

    package func decide(in context: DecisionContext) -> Decision<Page<Charged>> {
        let times = created ?? recent(context)
        guard let id else {
            let all = context.charges(of: account.id, within: times, party: party)
            return Decision(outcome: range.page(of: all, where: isMeant))
        }
        let one = [context.charged(id, of: account)].compactMap { $0 }
        return Decision(
            outcome: range.page(of: one) { times.contains($0.transaction.createdAt) && isMeant($0) })
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
