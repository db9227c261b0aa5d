import Payments

/// Sets the tip of a payment that has not settled. Source: reference of Fluid Pay, §6.8.
package struct AdjustTip: Command {
    package var target: ChargeTarget
    /// Minor units; takes the place of what was there.
    package var tip: Int64
    /// Nil: the amount without its tip stays.
    package var base: Int64?

    package init(_ target: ChargeTarget, tip: Int64, base: Int64?) {
        self.target = target
        self.tip = tip
        self.base = base
    }

    package var operation: String { "adjustTip" }

    package func decide(in context: DecisionContext) -> Decision<Result<Charged, ChargeFault>> {
        do throws(ChargeFault) {
            let charged = try target.find(in: context)
            guard charged.status == .authorized || charged.status == .pendingSettlement,
                charged.order.kind == .sale || charged.order.kind == .authorize
            else { throw .status(.tip) }
            var after = charged.transaction
            let present = after.approved.minorUnits
            let total = (base ?? max(0, present - charged.order.amounts.tip)).saturatingAdd(tip)
            guard total > 0 else { throw .amountZero }
            let money = after.approved.with(minorUnits: total)
            after.adjust(to: money)
            var order = charged.order
            order.amounts.tip = tip
            if let base { order.amounts.base = base }
            order.updatedAt = context.now
            after.order = Boxed(order)
            let events: [Event] = [
                .ledger(.adjusted(after.id, to: money)), .ledger(.amended(after.id, Boxed(order))),
            ]
            return Decision(
                events: events, outcome: context.charged(after).map { .success($0) } ?? .failure(.notFound))
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the tip was refused: \(error)")])
        }
    }
}
