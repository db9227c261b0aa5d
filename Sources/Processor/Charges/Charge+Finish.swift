import Payments

extension Charge {
    /// The payment as it is recorded, told, and found again.
    ///
    /// - Parameter events: what happens besides, when the payment happens at all.
    func finish(
        _ decision: Decision<AuthorizationOutcome>, _ events: [Event], _ order: Boxed<PaymentOrder>,
        in context: DecisionContext
    ) -> Decision<Outcome> {
        let recorded = decision.outcome.transaction
        var told = recorded
        told.response = decision.outcome.told
        if told.response.status != .approved { told.stage = .declined }
        var result = Decision<Outcome>(outcome: .failure(.notFound))
        result.effects = decision.effects
        if decision.effects.recordsTransaction {
            let charged = ChargeEvent.charged(
                recorded.id, account: account.id, parties: order.value.parties, at: recorded.createdAt)
            result.effects.events = events + result.effects.events
            result.effects.events.append(.gateway(.charge(charged)))
            if let key = request.idempotencyKey {
                result.effects.events.append(
                    .gateway(
                        .charge(
                            .repeatable(
                                key: key, account: account.id, recorded.id,
                                until: context.now + .seconds(order.value.idempotencySeconds)))))
            }
            if request.voidsOnSuccess, recorded.isApproved {
                result.effects.events.append(.ledger(.voided(recorded.id, at: context.now)))
                told.void(at: context.now)
            }
        }
        guard let charged = context.charged(told) else {
            preconditionFailure("the transaction has the order that this command gave it")
        }
        result.outcome = .success(charged)
        return result
    }

    /// Keeps what a card's network told of it along with the payment.
    func updatingAccount(_ decision: Decision<Outcome>, _ instrument: ChargeInstrument) -> Decision<Outcome> {
        guard let update = instrument.update, let payment = instrument.customerPayment,
            let customer = instrument.customer, case .success(let charged) = decision.outcome,
            decision.effects.recordsTransaction
        else { return decision }
        var decision = decision
        decision.effects.events += [
            .profile(.accountStored(update.profile, Boxed(update.account))),
            .gateway(
                .charge(.accountUpdated(charged.transaction.id, payment: payment, customer: customer))),
        ]
        decision.effects.reasons.append(.note("the card's network told of its new expiry, and the vault has it now"))
        return decision
    }

    /// Puts the account of an approved payment into the customer vault, when the request asks for it.
    func keepingAccount(
        _ decision: Decision<Outcome>, _ instrument: ChargeInstrument, in context: DecisionContext
    ) -> Decision<Outcome> {
        guard let wish = request.vault, case .success(let charged) = decision.outcome,
            charged.transaction.isApproved, decision.effects.recordsTransaction
        else { return decision }
        var decision = decision
        let later = context.following(decision.effects.events)
        do throws(VaultFault) {
            let kept = try ChargeVaulting.keep(wish, instrument, charged.order, of: account, in: later)
            var transaction = charged.transaction
            var order = charged.order
            order.customer = kept.customer.objectID
            order.customerPayment = kept.payment
            order.customerPaymentType = instrument.tender.rawValue
            transaction.order = Boxed(order)
            decision.effects.events += kept.events
            decision.effects.events += [
                .ledger(.amended(transaction.id, Boxed(order))),
                .gateway(
                    .charge(
                        .related(
                            transaction.id, account: account.id, .customer(order.customer),
                            since: transaction.createdAt))),
            ]
            decision.outcome = later.charged(transaction).map { .success($0) } ?? decision.outcome
        } catch {
            decision.effects.reasons.append(.note("the payment is approved, but its account is not kept: \(error)"))
        }
        return decision
    }
}

extension Effects {
    /// False when a rule keeps everything from happening.
    fileprivate var recordsTransaction: Bool {
        events.contains { event in
            if case .ledger(.recorded) = event { return true }
            return false
        }
    }
}
