import Payments

extension Authorize {
    /// A merchant that takes surcharges has to know where a cardholder lives who is not there (reference §19).
    func surchargeRefusal(_ booking: Booking, _ found: AccountResolution) -> Refusal? {
        guard !isFee, booking.merchant.surcharge != nil, !found.account.isBankAccount, !entryMode.isCardPresent else {
            return nil
        }
        return sendsPostalCode ? nil : .surchargeNotSupported
    }

    /// Asks for the fee of an approved payment where the fee is a transaction of its own.
    ///
    /// A fee that is declined declines the payment: nothing is charged, and both are recorded as declined.
    func withSeparateFee(
        _ decision: Decision<AuthorizationOutcome>, _ resolution: Result<AccountResolution, RefusalFault>,
        in context: DecisionContext
    ) -> Decision<AuthorizationOutcome> {
        let payment = decision.outcome.transaction
        guard let fee = decision.outcome.booking.merchant.fee, fee.isSeparate, fee.isCharged, !isFee,
            case .success(let found) = resolution, payment.bearsFee,
            let minorUnits = fee.amount(on: payment.approved.minorUnits), minorUnits > 0
        else { return decision }
        let owner = MerchantKey(scope: merchant.scope, id: fee.merchant ?? merchant.id)
        let asked = feePayment(minorUnits, to: owner, found)
        guard context.bookings(of: owner) != nil else {
            return withDeclinedFee(nil, decision.outcome.booking, resolution, in: context)
        }
        let charged = asked.decide(in: context.following(decision.effects.events))
        guard charged.outcome.transaction.isApproved else {
            return withDeclinedFee(asked, decision.outcome.booking, resolution, in: context)
        }
        return decision.charged(fee, charged)
    }

    /// By the same account at the same time, and nothing else of the payment: its order would find two transactions.
    private func feePayment(_ minorUnits: Int64, to owner: MerchantKey, _ found: AccountResolution) -> Authorize {
        var known = found
        known.isNew = false
        known.held = nil
        known.reasons = []
        var payment = Authorize(
            service: service, merchant: owner, source: .resolved(known), amount: .minorUnits(minorUnits))
        payment.isFee = true
        payment.expiry = expiry == .absent ? found.expiry.map { .date($0) } ?? .absent : expiry
        payment.postalCode = postalCode
        payment.hasDefaultPostalCode = hasDefaultPostalCode
        payment.address = address
        payment.country = country
        payment.name = name
        payment.entryMode = entryMode
        payment.capturesAtOnce = capturesAtOnce
        payment.bankEntry = bankEntry
        payment.wire = wire
        return payment
    }

    /// The payment anew, refused; behind it the fee that was declined, as its own merchant sees it.
    private func withDeclinedFee(
        _ asked: Authorize?, _ booking: Booking, _ resolution: Result<AccountResolution, RefusalFault>,
        in context: DecisionContext
    ) -> Decision<AuthorizationOutcome> {
        var draft = TransactionDraft(self, booking: booking, resolution: resolution, in: context)
        draft.refuse(.serviceFeeDeclined)
        if asked == nil { draft.reasons.append(.note("nobody books the fee: its merchant is unknown")) }
        var decision = draft.decision()
        guard let declined = asked?.decide(in: context.following(decision.effects.events)) else { return decision }
        decision.effects.events += declined.effects.events
        decision.effects.reasons += declined.effects.reasons
        return decision
    }
}

extension Decision where Outcome == AuthorizationOutcome {
    /// With the fee that was charged, as what it is: another transaction that the payment knows of.
    fileprivate func charged(_ fee: MerchantFee, _ charged: Decision) -> Decision {
        let own = charged.outcome.transaction
        let known = TransactionFee(
            kind: fee.kind, rate: fee.rate, minorUnits: own.approved.minorUnits,
            separate: Boxed(SeparateFee(own, authorizationCode: own.authorizationCode)))
        var payment = outcome.transaction
        payment.fee = known
        var decision = Decision(
            events: effects.events + charged.effects.events + [.ledger(.feeChanged(payment.id, known))],
            outcome: AuthorizationOutcome(
                boxed: Boxed(payment), told: outcome.told, batch: outcome.batch, token: outcome.token,
                booking: outcome.booking),
            reasons: effects.reasons + charged.effects.reasons)
        decision.effects.delivery = effects.delivery
        decision.effects.reasons.append(
            .note("a fee of \(own.approved.decimalText) was charged by merchant \(own.merchant.id)"))
        return decision
    }
}

extension EntryMode {
    /// The card itself was read.
    var isCardPresent: Bool {
        switch self {
        case .swiped, .chip, .contactless, .contactlessStripe, .fallbackSwipe: true
        case .keyed, .telephone, .eCommerce, .recurring, .wallet, .fallbackKeyed: false
        }
    }
}

extension TransactionDraft {
    /// Adds a fee that is part of the payment to what is approved.
    mutating func addFee() {
        guard !command.isFee, transaction.response.status == .approved else { return }
        if let included = command.includedFee {
            transaction.fee = transaction.bearsFee ? included : nil
            return
        }
        guard let fee = booking.merchant.fee, fee.isCharged, !fee.isSeparate else { return }
        switch fee.kind {
        case .surcharge: if account?.isBankAccount == false { addSurcharge(fee) }
        case .convenience, .service: if transaction.bearsFee { add(fee) }
        }
    }

    /// Waived where the card or the place does not bear one (reference §19).
    private mutating func addSurcharge(_ surcharge: MerchantFee) {
        transaction.fee = .waived
        guard transaction.bearsFee, context.behavior.surchargeCard(transaction.account.bin) == .credit else {
            reasons.append(.note("no surcharge: it is not a credit card, or not a whole payment"))
            return
        }
        if !command.entryMode.isCardPresent, context.behavior.surchargePlace(command.postalCode) == .restricted {
            reasons.append(.note("no surcharge: it is not allowed where the cardholder lives"))
            return
        }
        add(surcharge)
    }

    private mutating func add(_ fee: MerchantFee) {
        guard let minorUnits = fee.amount(on: minorUnits) else { return }
        let (total, overflowed) = self.minorUnits.addingReportingOverflow(minorUnits)
        guard !overflowed else { return }
        transaction.fee = TransactionFee(kind: fee.kind, rate: fee.rate, minorUnits: minorUnits)
        transaction.approved = requested.with(minorUnits: total)
        let word = fee.kind == .surcharge ? "surcharge" : "\(fee.kind.rawValue) fee"
        reasons.append(.note("a \(word) of \(requested.with(minorUnits: minorUnits).decimalText) was added"))
    }
}

extension Transaction {
    /// A payment of more than nothing that was approved as a whole.
    var bearsFee: Bool { isApproved && kind == .authorization && approved == requested && approved.minorUnits > 0 }

    /// What was bought, without a fee that is part of the amount.
    var subtotal: Int64 { approved.minorUnits - (fee?.included ?? 0) }
}
