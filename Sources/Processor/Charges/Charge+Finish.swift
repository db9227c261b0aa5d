import Payments

extension Charge {
    /// The payment as it is recorded, told, and found again.
    ///
    /// - Parameter events: what happens besides, when the payment happens at all.
    func finish(
        _ decision: Decision<AuthorizationOutcome>, _ events: [Event], _ order: Boxed<PaymentOrder>,
        in context: DecisionContext
    ) -> Decision<Outcome> {
        var told = decision.outcome.transaction
        let (id, isApproved) = (told.id, told.isApproved)
        told.response = decision.outcome.told
        if told.response.status != .approved { told.stage = .declined }
        var result = Decision<Outcome>(outcome: .failure(.notFound))
        result.effects = decision.effects
        if decision.effects.recordsTransaction {
            var happened: [Event] = []
            happened.reserveCapacity(events.count + decision.effects.events.count + 3)
            happened += events
            happened += decision.effects.events
            let charged = ChargeEvent.charged(
                id, account: account.id, parties: order.value.parties, at: told.createdAt)
            happened.append(.gateway(.charge(charged)))
            if let key = request.idempotencyKey {
                let until = context.now + .seconds(order.value.idempotencySeconds)
                happened.append(.gateway(.charge(.repeatable(key: key, account: account.id, id, until: until))))
            }
            if request.voidsOnSuccess, isApproved {
                happened.append(.ledger(.voided(id, at: context.now)))
                told.void(at: context.now)
            }
            result.effects.events = happened
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
