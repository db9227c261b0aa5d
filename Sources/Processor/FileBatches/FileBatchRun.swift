import Payments

/// The next rows of an uploaded file become payments.
enum FileBatchRun {
    static func goOn(_ id: ObjectID, in context: DecisionContext) -> Effects {
        let policy = context.behavior.accounts.policy
        guard let batch = context.books.gateway.fileBatches.batch(id),
            let account = context.account(batch.account)
        else { return Effects(events: [], reasons: []) }
        if let reason = failure(of: batch, in: context) {
            return Effects(
                events: [.gateway(.fileBatch(.failed(id, at: context.now)))],
                reasons: [.note("file batch \(id) fails: \(reason)")])
        }
        let rows = batch.rows.value
        let first = batch.results.count
        let end = min(rows.count, first + policy.fileBatchRowsPerStep)
        var moment = context
        var events: [Event] = []
        var results: [FileBatch.Result] = []
        for row in rows[first..<end] {
            let done = result(of: row, for: account, in: moment)
            results.append(done.result)
            guard !done.events.isEmpty else { continue }
            events += done.events
            moment = moment.following(done.events)
        }
        events.append(.gateway(.fileBatch(.processed(id, results, at: context.now))))
        if end < rows.count {
            events.append(.agenda(.planned(.fileBatch(id), at: context.now + policy.fileBatchDelay)))
        }
        return Effects(
            events: events, reasons: [.note("rows \(first + 1) to \(end) of \(rows.count) of file batch \(id)")])
    }

    /// Why no row is paid any more.
    private static func failure(of batch: FileBatch, in context: DecisionContext) -> String? {
        if context.behavior.accounts.policy.failingFiles.contains(batch.fileName) {
            return "the scenario lets files of this name fail"
        }
        return context.user(batch.user)?.isActive == true ? nil : "its user is disabled or gone"
    }

    private static func result(
        of row: FileBatch.Row, for account: GatewayAccount, in context: DecisionContext
    ) -> (result: FileBatch.Result, events: [Event]) {
        switch row.content {
        case .refused(let fault): return (.refused(fault), [])
        case .payment(let payment):
            let decision = Charge(payment.request, for: account).decide(in: context)
            switch decision.outcome {
            case .failure(let fault): return (.refused(.charge(fault)), decision.effects.events)
            case .success(let charged):
                let transaction = charged.transaction
                return (
                    .charged(
                        charged.id, charged.status, transaction.response,
                        processor: ObjectID(transaction.merchant.id.text)),
                    decision.effects.events
                )
            }
        }
    }
}

extension FileBatch.Payment {
    fileprivate var request: ChargeRequest {
        var request = ChargeRequest(kind, payment: chargePayment, order: order)
        request.amount = amount
        request.baseAmount = baseAmount
        request.processor = processor
        request.givesSurcharge = givesSurcharge
        return request
    }

    private var chargePayment: ChargeRequest.Payment {
        switch source {
        case .kept(let kept): return .kept(kept)
        case .stored(let customer, let type, let payment):
            var stored = ChargeRequest.Stored(customer: customer)
            stored.paymentType = type
            stored.payment = payment
            return .stored(stored)
        }
    }
}
