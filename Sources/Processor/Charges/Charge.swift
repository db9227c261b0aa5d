import Payments

/// Takes a payment for an account of a gateway: looks at the request, finds the account to charge, reckons the amount,
/// and asks the processor as any authorization does.
package struct Charge: Command {
    package var request: ChargeRequest
    package var account: GatewayAccount

    package init(_ request: ChargeRequest, for account: GatewayAccount) {
        self.request = request
        self.account = account
    }

    package var operation: String { "charge" }

    package typealias Outcome = Result<Charged, ChargeFault>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        if let first = repeated(in: context) {
            return Decision(outcome: .success(first), reasons: [.note("the same idempotency key: the first payment")])
        }
        do throws(ChargeFault) {
            return try charge(in: context)
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the request was refused: \(error)")])
        }
    }

    private func repeated(in context: DecisionContext) -> Charged? {
        guard let key = request.idempotencyKey,
            let id = context.books.gateway.charges.repeated(key, of: account.id, at: context.now)
        else { return nil }
        return context.books.ledger[id].flatMap { context.charged($0) }
    }

    private func charge(in context: DecisionContext) throws(ChargeFault) -> Decision<Outcome> {
        var instrument = try instrument(in: context)
        let processor = try processor(for: instrument)
        let amount = try amount(on: processor, instrument, in: context)
        var mint = context.mint(account.id)
        let id = mint.next()
        var order = order(instrument, amount, processor, in: context)
        order.instrument.id = mint.next()
        let authorize = authorization(id, order, instrument, amount.total, processor, in: context)
        let decision = authorize.decide(in: context)
        return finish(decision, &mint, &instrument, order, in: context)
    }

    // MARK: - Parts

    private func instrument(in context: DecisionContext) throws(ChargeFault) -> ChargeInstrument {
        switch request.payment {
        case .missing: throw .paymentMissing
        case .several: throw .severalPayments
        case .wallet: throw .wallet
        case .card(let card): return try context.instrument(card, scope: account.scope)
        case .bank(let bank):
            if request.kind == .verification { throw .bankVerification }
            return try context.instrument(bank, scope: account.scope)
        case .kept(let kept):
            if request.kind == .verification, kept.tender == .ach { throw .bankVerification }
            return context.instrument(kept, scope: account.scope)
        case .temporaryToken(let text): return try context.instrument(token: text, of: account)
        case .stored(let stored): return try context.instrument(stored, of: account)
        case .terminal(let id): return try context.instrument(terminal: id, of: account)
        case .redirect(let type, let url):
            return context.instrument(redirect: PaymentOrder.Redirect(type: type, url: url), of: account)
        }
    }

    private func processor(for instrument: ChargeInstrument) throws(ChargeFault) -> GatewayProcessor {
        guard let id = request.processor else {
            guard let processor = account.defaultProcessor(for: instrument.tender) else {
                throw .noProcessor(instrument.tender)
            }
            return processor
        }
        guard let processor = account.processor(id) else { throw .unknownProcessor }
        guard processor.tender == instrument.tender else { throw .wrongProcessor(instrument.tender) }
        return processor
    }

    /// What is asked of the issuer, and its parts.
    struct Amount: Sendable {
        var total: Int64 = 0
        var parts: PaymentOrder.Amounts
    }

    private func amount(
        on processor: GatewayProcessor, _ instrument: ChargeInstrument, in context: DecisionContext
    ) throws(ChargeFault) -> Amount {
        if let currency = request.currency, !currency.isSameWord(processor.currency.code) { throw .wrongCurrency }
        var amount = Amount(parts: request.order.amounts)
        if request.kind == .verification { return amount }
        if let calculated = request.calculatedTotal {
            amount.total = try total(calculated, request.amount, context.behavior.accounts.policy)
        } else if let given = request.amount {
            amount.total = given
            amount.parts.base = request.baseAmount ?? given
        } else if let base = request.baseAmount {
            amount = withFees(base, amount, processor, instrument, context)
        } else {
            throw .amountMissing
        }
        if instrument.tip > 0 {
            amount.parts.tip += instrument.tip
            amount.total = amount.total.saturatingAdd(instrument.tip)
        }
        guard amount.total > 0 else { throw .amountZero }
        return amount
    }

    private func total(_ calculated: Int64, _ given: Int64?, _ policy: GatewayPolicy) throws(ChargeFault) -> Int64 {
        guard let given, given != calculated else { return calculated }
        switch policy.amountMismatch {
        case .refuse: throw .amountMismatch
        case .calculated: return calculated
        case .given: return given
        }
    }

    /// A base amount, and what the merchant's program adds unless the request says it itself.
    private func withFees(
        _ base: Int64, _ amount: Amount, _ processor: GatewayProcessor, _ instrument: ChargeInstrument,
        _ context: DecisionContext
    ) -> Amount {
        var amount = amount
        amount.parts.base = base
        if !request.givesSurcharge, instrument.tender == .card,
            let surcharge = processor.fees.surcharge, mayBeSurcharged(instrument, processor, context)
        {
            amount.parts.surcharge = surcharge.amount(of: base)
        }
        if amount.parts.surcharge == 0, let fee = processor.fees.serviceFee, instrument.tender == .card {
            amount.parts.serviceFee = fee.amount(of: base)
        }
        if let adjustment = request.adjustment { amount.parts.adjustment = adjustment.amount(of: base) }
        amount.total = base.saturatingAdd(amount.parts.surcharge).saturatingAdd(amount.parts.serviceFee)
            .saturatingAdd(amount.parts.adjustment)
        return amount
    }

    private func mayBeSurcharged(
        _ instrument: ChargeInstrument, _ processor: GatewayProcessor, _ context: DecisionContext
    ) -> Bool {
        guard case .card(_, let bin, _, _) = instrument.account.kind else { return false }
        let state = (instrument.billing ?? request.order.billing).state.uppercased()
        return context.mayBeSurcharged(
            bin.digits, lastFour: instrument.account.lastFour, state: state, under: processor.fees)
    }

    private func order(
        _ instrument: ChargeInstrument, _ amount: Amount, _ processor: GatewayProcessor, in context: DecisionContext
    ) -> PaymentOrder {
        var order = request.order
        order.kind = request.kind
        order.method = request.payment.method
        order.amounts = amount.parts
        order.idempotencyKey = context.keepable(request.idempotencyKey ?? "")
        order.idempotencySeconds = request.idempotencySeconds ?? context.behavior.accounts.policy.idempotencySeconds
        order.instrument = instrument.shown
        if let billing = instrument.billing, order.billing.isEmpty { order.billing = billing }
        if let shipping = instrument.shipping, order.shipping.isEmpty { order.shipping = shipping }
        order.billing = order.billing.storable
        order.shipping = order.shipping.storable
        if let customer = instrument.customer { order.customer = customer }
        if let payment = instrument.customerPayment { order.customerPayment = payment }
        if instrument.customerPayment != nil {
            order.customerPaymentType = instrument.tender == .ach ? "ach" : "card"
        }
        order.terminal = instrument.shown.terminal?.id ?? order.terminal
        if processor.tender == .card, instrument.shown.redirect == nil { order.features = ["avs"] }
        if processor.fees.cashDiscount != nil { order.features.append("cash_discount") }
        order.updatedAt = context.now
        return order
    }

    private func authorization(
        _ id: ObjectID, _ order: PaymentOrder, _ instrument: ChargeInstrument, _ total: Int64,
        _ processor: GatewayProcessor, in context: DecisionContext
    ) -> Authorize {
        var authorize = Authorize(
            service: "fluidpay", merchant: processor.merchant(in: account.scope),
            source: .resolved(instrument.resolution),
            amount: .minorUnits(request.kind == .credit ? -total : total))
        authorize.reference = RetrievalReferenceNumber(id.text)
        authorize.order = Boxed(order)
        authorize.expiry = instrument.expiry
        authorize.cvv = instrument.cvv
        // A country without postal codes of the United States must not be held to their form.
        authorize.postalCode = order.billing.postalCode.isEmpty ? nil : order.billing.postalCode
        authorize.address = order.billing.line1.isEmpty ? nil : order.billing.line1
        authorize.country = order.billing.country.isEmpty ? nil : order.billing.country
        authorize.capturesAtOnce = request.kind == .sale || request.kind == .credit
        authorize.orderID = order.orderID.isEmpty ? nil : OrderID(order.orderID)
        let name = [order.billing.firstName, order.billing.lastName].filter { !$0.isEmpty }.joined(separator: " ")
        authorize.name = name.isEmpty ? nil : name
        authorize.entryMode = instrument.entryMode
        authorize.initiation = request.initiatedBy.map {
            Initiation(
                party: $0 == .customer ? .cardholder : .merchant,
                isScheduled: order.billingMethod.hasSuffix("recurring"))
        }
        authorize.foregone = instrument.foregone
        authorize.wire = request.wire
        return authorize
    }

    // MARK: - The end

    private func finish(
        _ decision: Decision<AuthorizationOutcome>, _ mint: inout ObjectIDMint, _ instrument: inout ChargeInstrument,
        _ order: PaymentOrder, in context: DecisionContext
    ) -> Decision<Outcome> {
        let recorded = decision.outcome.transaction
        var told = recorded
        told.response = decision.outcome.told
        if told.response.status != .approved { told.stage = .declined }
        var result = Decision<Outcome>(outcome: .failure(.notFound))
        result.effects = decision.effects
        let happened = decision.effects.events.contains { event in
            if case .ledger(.recorded) = event { return true }
            return false
        }
        if happened {
            result.effects.events = mint.events + instrument.events + result.effects.events
            result.effects.events.append(.gateway(.charge(.charged(recorded.id, account: account.id))))
            if let key = request.idempotencyKey {
                result.effects.events.append(
                    .gateway(
                        .charge(
                            .repeatable(
                                key: key, account: account.id, recorded.id,
                                until: context.now + .seconds(order.idempotencySeconds)))))
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
}

extension DecisionContext {
    /// Whether a merchant may pass its costs on to the holder of a card.
    ///
    /// - Parameter state: where the cardholder lives; empty when that is not known, which does not forbid it.
    package func mayBeSurcharged(_ digits: String, lastFour: String?, state: String, under fees: FeeProgram) -> Bool {
        if fees.statesWithoutSurcharge.contains(state) { return false }
        return behavior.accounts.policy.card(digits, lastFour: lastFour)?.isSurchargeable ?? false
    }
}

extension Int64 {
    /// Stops at the ends of what 64 bits hold.
    func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflowed) = addingReportingOverflow(other)
        return overflowed ? (other < 0 ? .min : .max) : sum
    }
}
