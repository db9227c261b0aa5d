import Payments

extension TerminalRun {
    /// Carries out what the cardholder does; an ending, or nil when there is more to ask.
    mutating func act(_ action: CardholderAction, _ question: CardholderQuestion) -> TerminalResult.Ending? {
        switch action {
        case .cancel: return cancelled(.operationCancelled)
        case .fail(let fault): return failed(fault)
        case .leave: return nil
        case .confirm(let isRight):
            if question == .confirmation { return .confirmed(isRight) }
            request.amountIsConfirmed = isRight
            return isRight ? nil : cancelled(.operationCancelled)
        case .enter(let text):
            guard case .enter(let format) = request.task else { return nil }
            return .entered(text.isEmpty ? format.sample : text)
        case .sign:
            if case .sign = request.task { return .signed }
            request.isSigned = true
            return nil
        case .tip(let choice):
            guard case .tip(let question) = request.task else { return nil }
            return .tipped(amount: question.amount, tip: choice.minorUnits(of: question))
        case .present(let card): return read(card)
        }
    }

    /// Somebody pressed a red key, or the client cancelled.
    ///
    /// A Clover takes back a payment that was made; another terminal leaves that to the client.
    mutating func cancelled(_ fault: TerminalFault) -> TerminalResult.Ending {
        guard let payment = request.payment, payment.told.status == .approved else { return failed(fault) }
        guard terminal.model.family == .clover else { return failed(.authorizationCancelled) }
        void(payment)
        return failed(.authorizationVoided)
    }

    private mutating func void(_ payment: TerminalPayment) {
        let target = FollowUp(
            service: request.service, merchant: payment.transaction.merchant,
            reference: payment.transaction.reference)
        let decision = VoidTransaction(target, amount: nil).decide(in: context)
        happen(decision.effects.events, decision.effects.reasons)
        if let view = decision.outcome.view { request.payment?.transaction = view.transaction }
        request.payment?.isVoided = decision.outcome.refusal == nil
    }

    // MARK: - Cards

    private mutating func read(_ card: PresentedCard) -> TerminalResult.Ending? {
        guard settings.terms(of: request.merchant.id).tokenizes else { return failed(.noTokenizationHost) }
        guard let asked = request.task.question else { return nil }
        let isSingleUse = card.entry == .contactless
        let account = card.number.withClearDigits { AccountText($0) }
        var command = Tokenize(
            service: request.service, scope: terminal.scope, account: account, isUnique: isSingleUse,
            cvv: asked.asksCardCode ? card.cvv : nil, wire: request.task.terms?.wire ?? RememberedFacts())
        command.isForOnePayment = isSingleUse
        let decision = command.decide(in: context)
        happen(decision.effects.events, decision.effects.reasons)
        guard case .success(let token) = decision.outcome,
            let known = context.vault.account(token, in: terminal.scope)
        else { return failed(.tokenizationFailed) }
        var reading = CardReading(
            token: token, brand: known.brand, expiry: card.expiry ?? Self.expiry(behind: context.civilNow),
            name: isSingleUse || asked.isManual ? nil : card.name.map(context.keepable), entry: card.entry,
            postalCode: asked.asksAddress ? card.postalCode : nil, address: asked.asksAddress ? card.address : nil,
            enteredPIN: card.entersPIN || (asked.asksPIN && card.isDebit),
            isDebit: card.isDebit || (asked.isDebit && terminal.model.family != .clover),
            isSingleUse: isSingleUse, surcharge: nil)
        if asked.appliesSurcharge, let amount = asked.amount { reading.surcharge = surcharge(on: amount, reading) }
        request.card = reading
        return nil
    }

    private static func expiry(behind today: CivilTime) -> CardExpiry { CardExpiry(month: 12, year: today.year + 1) }

    /// Debit cards and some postal codes pay none.
    private func surcharge(on amount: Int64, _ card: CardReading) -> Surcharge {
        let rate = settings.terms(of: request.task.terms?.merchant.id ?? request.merchant.id).surcharge ?? 0
        let isFree = settings.surchargeFreePostalCodes.contains { prefix in
            card.postalCode.map { $0.hasPrefix(prefix) } ?? false
        }
        guard rate > 0, amount > 0, !card.isDebit, !isFree else { return Surcharge(rate: 0, fee: 0) }
        let fee = (Int128(amount) * Int128(rate) + 5_000) / 10_000
        return Surcharge(rate: rate, fee: Int64(clamping: fee))
    }

    // MARK: - Paying

    /// Asks the gateway's engine; an ending only when that is impossible.
    mutating func pay() -> TerminalResult.Ending? {
        guard case .authorize(_, let terms) = request.task, let card = request.card else { return failed(.failure) }
        var command = Authorize(
            service: request.service, merchant: terms.merchant, source: .account(AccountText(card.token.text)),
            amount: .minorUnits(terms.amount + (card.surcharge?.fee ?? 0)))
        if let surcharge = card.surcharge, !surcharge.isWaived {
            command.includedFee = TransactionFee(
                kind: .surcharge, rate: .percent(basisPoints: Int64(surcharge.rate)), minorUnits: surcharge.fee)
        }
        command.expiry = .date(card.expiry)
        command.postalCode = card.postalCode ?? context.behavior.gateway.defaultPostalCode
        command.hasDefaultPostalCode = card.postalCode == nil
        command.address = card.address
        command.capturesAtOnce = terms.capturesAtOnce
        command.orderID = terms.orderID
        command.name = card.name
        if terms.createsProfile {
            command.profile = .store
            command.customer = Boxed(card.customer)
        }
        command.entryMode = card.entry
        command.voiceAuthorizationCode = terms.voiceAuthorizationCode
        command.memos = terms.memos
        command.wire = terms.wire
        let decision = command.decide(in: context)
        happen(decision.effects.events, decision.effects.reasons)
        let delivery = decision.effects.delivery
        request.delivery.delay += delivery.delay
        if delivery.loss != nil { request.delivery.loss = delivery.loss }
        request.payment = TerminalPayment(
            transaction: decision.outcome.transaction, told: decision.outcome.told, batch: decision.outcome.batch)
        return nil
    }
}

extension CardholderAction.TipChoice {
    /// Percentages are rounded to the nearest minor unit, a half up.
    func minorUnits(of question: TipQuestion) -> Int64 {
        func share(_ percent: Int) -> Int64 {
            Int64(clamping: (Int128(question.amount) * Int128(percent) + 50) / 100)
        }
        switch self {
        case .none: return 0
        case .minorUnits(let tip): return tip
        case .percent(let percent): return share(percent)
        case .preset(let number):
            let presets = question.presets
            return presets.isEmpty ? 0 : share(presets[min(max(number, 1), presets.count) - 1])
        }
    }
}
