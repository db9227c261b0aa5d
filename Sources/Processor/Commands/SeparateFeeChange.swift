import Payments

/// What becomes of a fee that is a transaction of its own, when something is done to its payment. It goes the same way:
/// it is captured with the payment, and given back with it.
struct SeparateFeeChange {
    var events: [Event] = []
    /// The payment's fee from now on.
    var fee: TransactionFee
}

extension FollowUp {
    typealias FeeResult = Result<SeparateFeeChange?, RefusalFault>

    /// The fee of a payment that is captured; nil when it has none of its own.
    ///
    /// - Parameters:
    ///   - bearing: the part of what is captured that bears a fee, in minor units; nil: all that was authorized.
    ///   - events: what happens to the payment itself.
    func capturedFee(
        of payment: Transaction, bearing: Int64?, after events: [Event], in context: DecisionContext
    ) -> FeeResult {
        guard let fee = payment.fee, let separate = fee.separate?.value else { return .success(nil) }
        guard let own = context.ledger[separate.transaction], own.stage == .authorized else {
            return .failure(RefusalFault(.serviceFeeNotFound))
        }
        var share = own.approved.minorUnits
        if let bearing, let anew = fee.rate?.amount(on: bearing) { share = min(anew, share) }
        let after = context.following(events)
        let target = followUp(separate)
        let outcome =
            share == 0
            ? VoidTransaction(target, amount: nil).ordinary(after)
            : Capture(target, amount: .minorUnits(share)).ordinary(after)
        return result(outcome, fee, minorUnits: share, separate)
    }

    /// The fee of a payment that is taken back before it settles; nil when it has none of its own.
    ///
    /// - Parameter rest: what is left of the payment, in minor units.
    func voidedFee(
        of payment: Transaction, leaving rest: Int64, after events: [Event], in context: DecisionContext
    ) -> FeeResult {
        guard let fee = payment.fee, let separate = fee.separate?.value else { return .success(nil) }
        let left = fee.shared(rest, of: payment.approved.minorUnits).minorUnits
        guard fee.minorUnits > left else { return .success(nil) }
        return takenBack(fee.minorUnits - left, separate, fee, left: left, after: events, in: context)
    }

    /// The fee of a payment of which a part is refunded; nil when it has none of its own. The fee that comes back is
    /// that of the refund.
    func refundedFee(
        of payment: Transaction, part: Int64, after events: [Event], in context: DecisionContext
    ) -> FeeResult {
        guard let fee = payment.fee, let separate = fee.separate?.value else { return .success(nil) }
        guard let own = context.ledger[separate.transaction] else {
            return .failure(RefusalFault(.serviceFeeNotFound))
        }
        let isLast = part == payment.approved.minorUnits - payment.refunded
        let open = own.approved.minorUnits - own.refunded
        let share = isLast ? open : min(open, fee.shared(part, of: payment.approved.minorUnits).minorUnits)
        // Earlier refunds may have rounded up, and left nothing; a fee that is gone without them is missing.
        guard share > 0 || payment.refunded == 0 && open == 0 else { return .success(nil) }
        return takenBack(share, separate, fee, left: share, after: events, in: context)
    }

    // MARK: - Parts

    /// Voids the fee where that is possible, and refunds it otherwise.
    private func takenBack(
        _ minorUnits: Int64, _ separate: SeparateFee, _ fee: TransactionFee, left: Int64, after events: [Event],
        in context: DecisionContext
    ) -> FeeResult {
        let ledger = context.ledger
        guard let own = ledger[separate.transaction], own.stage != .voided, own.stage != .declined,
            own.approved.minorUnits > own.refunded
        else { return .failure(RefusalFault(.serviceFeeNotFound)) }
        let after = context.following(events)
        let target = followUp(separate)
        let status = ledger.status(of: own)
        if status == .authorized || (status == .queued && minorUnits == own.approved.minorUnits) {
            let decision = VoidTransaction(target, amount: .minorUnits(minorUnits)).ordinary(after)
            return result(decision, fee, minorUnits: left, separate)
        }
        let decision = Refund(target, amount: .minorUnits(minorUnits)).ordinary(after)
        return result(decision, fee, minorUnits: left, nil)
    }

    private func followUp(_ separate: SeparateFee) -> FollowUp {
        FollowUp(service: service, merchant: separate.merchant, reference: separate.reference, wire: wire)
    }

    /// - Parameter separate: nil: what came of the command is a transaction of its own, a refund.
    private func result(
        _ decision: Decision<FollowUpOutcome>, _ fee: TransactionFee, minorUnits: Int64, _ separate: SeparateFee?
    ) -> FeeResult {
        let outcome = decision.outcome
        if let refusal = outcome.refusal { return .failure(RefusalFault(refusal)) }
        guard outcome.told.status == .approved, let own = outcome.view?.transaction else {
            return .failure(RefusalFault(.serviceFeeDeclined))
        }
        var after = fee
        after.minorUnits = minorUnits
        after.separate = Boxed(separate ?? SeparateFee(own, authorizationCode: outcome.authorizationCode))
        return .success(SeparateFeeChange(events: decision.effects.events, fee: after))
    }
}
