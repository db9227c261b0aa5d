import Payments

/// Moves all or part of an authorization into the merchant's open batch.
///
/// What cannot be captured any more (voided, declined, zero amount) changes nothing and answers with its own codes; the
/// settlement status tells why. Capturing again what is queued is approved again.
package struct Capture: Command {
    package var target: FollowUp
    /// Nil captures everything that is authorized.
    package var amount: Authorize.AmountEntry?
    /// Nil leaves it to the authorization.
    package var batchSource: BatchSource?
    /// The part of the amount that bears no fee, a tip for example; in minor units.
    package var feeExcluded: Int64?
    package var supplement = Supplement()
    package var signature: SignatureEntry = .absent

    package init(
        _ target: FollowUp, amount: Authorize.AmountEntry?, batchSource: BatchSource? = nil, feeExcluded: Int64? = nil
    ) {
        self.target = target
        self.amount = amount
        self.batchSource = batchSource
        self.feeExcluded = feeExcluded
    }

    package var operation: String { "capture" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        target.ruled(operation, minorUnits: amount?.minorUnits, in: context) { ordinary(context) }
    }

    func ordinary(_ context: DecisionContext) -> Decision<FollowUpOutcome> {
        guard let transaction = target.transaction(in: context) else {
            return target.refused(.transactionNotFound, in: context)
        }
        switch context.ledger.status(of: transaction) {
        case .declined, .voided, .zeroAmount, .queued, .batched, .accepted, .rejected, .formatError, .underReview,
            .tokenDecryptFailed, .pinDebit:
            return Decision(outcome: target.outcome(transaction, told: transaction.response, in: context))
        case .authorized:
            return capture(transaction, context)
        }
    }

    private func capture(_ transaction: Transaction, _ context: DecisionContext) -> Decision<FollowUpOutcome> {
        let authorized = transaction.approved
        var captured = authorized.minorUnits
        var fee: TransactionFee?
        var bearing: Int64?
        switch amount {
        case nil, .missing: break
        case .unreadable: return target.refused(.invalidAmount, transaction, in: context)
        // The whole with its surcharge, as the answer to the authorization told it.
        case .minorUnits(authorized.minorUnits): break
        case .minorUnits(let minorUnits):
            guard minorUnits.signum() == authorized.minorUnits.signum() else {
                return target.refused(.invalidAmount, transaction, in: context)
            }
            guard
                minorUnits.magnitude
                    <= highest(of: authorized.with(minorUnits: transaction.subtotal), context).magnitude
            else {
                return target.refused(.captureExceedsAuthorization, transaction, in: context)
            }
            let whole = withIncludedFee(minorUnits, transaction)
            captured = whole?.total ?? minorUnits
            fee = whole?.fee
            bearing = self.bearing(minorUnits)
        }
        guard let profile = context.behavior.processors[transaction.processor] else {
            return target.refused(.unknownMerchant, transaction, in: context)
        }
        let queue = context.openBatch(
            of: transaction.books, profile,
            source: batchSource.map { BatchSource(context.keepable($0.text)) } ?? transaction.details.batchSource)
        let money = authorized.with(minorUnits: captured)
        var after = transaction
        after.capture(money, into: queue.batch, at: context.now)
        var events = queue.events
        events.append(.ledger(.captured(transaction.id, money, in: queue.batch, at: context.now)))
        switch target.capturedFee(of: transaction, bearing: bearing, after: events, in: context) {
        case .failure(let fault): return target.refused(fault.refusal, transaction, in: context)
        case .success(let change):
            events += change?.events ?? []
            fee = change?.fee ?? fee
        }
        if let fee, fee != transaction.fee {
            after.fee = fee
            events.append(.ledger(.feeChanged(transaction.id, fee)))
        }
        if case .image(let image) = signature { events.append(.ledger(.signed(transaction.id, Boxed(image)))) }
        events += supplemented(&after, context)
        return Decision(
            events: events,
            outcome: target.outcome(after, told: transaction.response, in: context))
    }

    /// What the request adds to the payment, over what the authorization said.
    private func supplemented(_ transaction: inout Transaction, _ context: DecisionContext) -> [Event] {
        guard !supplement.isEmpty else { return [] }
        var whole = supplement
        whole.purchase = supplement.purchase?
            .completed(by: context.ledger.purchase(of: transaction.id)).named(after: transaction)
        transaction.details.replace(whole.memos)
        return [.ledger(.supplemented(transaction.id, Boxed(whole)))]
    }

    /// The most that may be captured: what is authorized, and a tip where the merchant is entitled to it.
    private func highest(of authorized: Money, _ context: DecisionContext) -> Int64 {
        let known = context.merchant(target.merchant)
        guard let percent = known?.overCapturePercent else { return authorized.minorUnits }
        let (product, overflowed) = authorized.minorUnits.multipliedReportingOverflow(by: Int64(100 + percent))
        return overflowed ? authorized.minorUnits : product / 100
    }
}

extension Authorize.AmountEntry {
    /// The amount, when it could be read.
    package var minorUnits: Int64? {
        if case .minorUnits(let minorUnits) = self { return minorUnits }
        return nil
    }
}
