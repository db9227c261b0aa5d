import Payments

/// Changes the state of an invoice without a payment.
package struct ChangeInvoice: Command {
    package enum Change: String, Hashable, Sendable { case resend, markAsPaid, reactivate }

    package let account: GatewayAccount
    package let id: ObjectID
    package let change: Change

    package init(_ id: ObjectID, of account: GatewayAccount, _ change: Change) {
        self.id = id
        self.account = account
        self.change = change
    }

    package var operation: String { "\(change.rawValue)Invoice" }

    package func decide(in context: DecisionContext) -> Decision<Result<GatewayRecord, RecordFault>> {
        guard var record = context.record(id, .invoice, of: account), var state = record.invoice else {
            return Decision(outcome: .failure(.notFound))
        }
        let status = state.status(at: context.now)
        switch change {
        case .resend, .markAsPaid:
            guard status != .paid else { return Decision(outcome: .failure(.status(status))) }
        case .reactivate:
            guard status == .pastDue || status == .failed || status == .declined else {
                return Decision(outcome: .failure(.status(status)))
            }
        }
        switch change {
        case .resend: return Decision(outcome: .success(record), reasons: [.note("nothing is sent from a sandbox")])
        case .markAsPaid:
            state.paid = state.total
            state.status = .paid
        case .reactivate:
            state.due = nil
            state.status = state.paid > 0 ? .partiallyPaid : .pending
        }
        record.invoice = state
        record.updatedAt = context.now
        return Decision(events: [.gateway(.record(.kept(Boxed(record))))], outcome: .success(record))
    }
}

/// Pays an invoice: all that is due, or a part of it where that is allowed.
package struct PayInvoice: Command {
    package let account: GatewayAccount
    package let id: ObjectID
    /// Its amount is that of the invoice unless it has one.
    package let request: ChargeRequest

    package init(_ id: ObjectID, of account: GatewayAccount, _ request: ChargeRequest) {
        self.id = id
        self.account = account
        self.request = request
    }

    package var operation: String { "payInvoice" }

    package func decide(in context: DecisionContext) -> Decision<Result<GatewayRecord, RecordFault>> {
        guard var record = context.record(id, .invoice, of: account), var state = record.invoice else {
            return Decision(outcome: .failure(.notFound))
        }
        let status = state.status(at: context.now)
        guard status != .paid, status != .authorized else { return Decision(outcome: .failure(.status(status))) }
        let amount = request.amount ?? state.amountDue
        guard amount <= state.amountDue else { return Decision(outcome: .failure(.amountTooLarge)) }
        guard amount == state.amountDue || state.allowsPartial else { return Decision(outcome: .failure(.partial)) }
        let decision = Charge(charge(amount, state), for: account).decide(in: context)
        switch decision.outcome {
        case .failure(let fault): return Decision(outcome: .failure(.charge(fault)))
        case .success(let charged):
            pay(charged, &state)
            record.invoice = state
            record.updatedAt = context.now
            var paid = Decision<Result<GatewayRecord, RecordFault>>(outcome: .success(record))
            paid.effects = decision.effects
            paid.effects.events.append(.gateway(.record(.kept(Boxed(record)))))
            return paid
        }
    }

    private func charge(_ amount: Int64, _ state: InvoiceState) -> ChargeRequest {
        var charge = request
        charge.kind = state.kind
        charge.amount = amount
        charge.order.kind = state.kind
        charge.order.source = .invoice
        if charge.processor == nil {
            if case .bank = charge.payment { charge.processor = state.bankProcessor }
            if case .card = charge.payment { charge.processor = state.cardProcessor }
        }
        return charge
    }

    private func pay(_ charged: Charged, _ state: inout InvoiceState) {
        let transaction = charged.transaction
        guard transaction.isApproved else {
            state.status = .declined
            return
        }
        state.surcharges += charged.order.amounts.surcharge
        state.serviceFees += charged.order.amounts.serviceFee
        guard state.kind == .sale else {
            state.status = .authorized
            return
        }
        state.paid += Int64(transaction.authorized.magnitude)
        state.status = state.amountDue == 0 ? .paid : .partiallyPaid
    }
}
