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
        return context.ledger[id].flatMap { context.charged($0) }
    }

    private func charge(in context: DecisionContext) throws(ChargeFault) -> Decision<Outcome> {
        if let wish = request.vault {
            try ChargeVaulting.check(wish, request.payment, of: account, in: context)
        }
        let instrument = try instrument(in: context)
        let processor = try processor(for: instrument)
        let second = try secondProcessor(beside: processor)
        let amount = try amount(on: processor, instrument, in: context)
        let decision = pay(amount, with: instrument, through: processor, in: context)
        guard let second, let minorUnits = request.splitAmount else { return decision }
        return split(minorUnits, from: decision, with: instrument, through: second, in: context)
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
        case .stored(let stored):
            let instrument = try context.instrument(
                stored, of: account, isRenewal: request.order.source == .recurring)
            if request.kind == .verification, instrument.tender == .ach { throw .bankVerification }
            return instrument
        case .terminal(let id): return try context.instrument(terminal: id, of: account)
        case .redirect(let type, let url):
            return context.instrument(redirect: PaymentOrder.Redirect(type: type, url: url), of: account)
        }
    }

    private func processor(for instrument: ChargeInstrument) throws(ChargeFault) -> GatewayProcessor {
        guard let id = request.processor ?? instrument.processor else {
            guard let processor = account.defaultProcessor(for: instrument.tender) else {
                throw .noProcessor(instrument.tender)
            }
            return processor
        }
        guard let processor = account.processor(id), processor.isActive else { throw .unknownProcessor }
        guard processor.tender == instrument.tender else { throw .wrongProcessor(instrument.tender) }
        return processor
    }

    /// Asks the processor, and records what comes of it.
    func pay(
        _ amount: Amount, with instrument: ChargeInstrument, through processor: GatewayProcessor,
        in context: DecisionContext
    ) -> Decision<Outcome> {
        var mint = context.mint(account.id)
        let id = mint.next()
        let order = order(instrument, mint.next(), amount, processor, in: context)
        var authorize = authorization(id, order, instrument, amount.total, processor, in: context)
        if let refusal = refusalOfDuplicate(order, amount, instrument, processor, in: context) {
            authorize.foregone = refusal
        }
        let answer = answer(to: authorize, in: context)
        var events = mint.events
        events += instrument.events
        let decision = updatingAccount(finish(answer, events, order, in: context), instrument)
        return keepingAccount(decision, instrument, in: context)
    }

    /// A part of what was asked is no answer for somebody who did not say that it may be.
    private func answer(
        to authorize: consuming Authorize, in context: DecisionContext
    ) -> Decision<AuthorizationOutcome> {
        let policy = context.behavior.accounts.policy
        guard policy.partialPayments == .onRequest, !request.allowsPartial, let code = policy.partialRefusedCode else {
            return authorize.decide(in: context)
        }
        let decision = (copy authorize).decide(in: context)
        guard decision.outcome.boxed.value.isPartiallyApproved,
            let row = context.behavior.responseCodes[decision.outcome.boxed.value.processor, code]
        else { return decision }
        authorize.foregone = ForegoneAnswer(
            response: row.response, reason: .note("only a part would be approved, and the request does not allow that"))
        return authorize.decide(in: context)
    }
}

extension Transaction {
    fileprivate var isPartiallyApproved: Bool {
        isApproved && authorized != 0 && authorized != requested.minorUnits
    }
}
