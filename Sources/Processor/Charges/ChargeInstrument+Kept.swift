import Payments

/// Accounts that the gateway has kept: by a page, in the customer vault, in a terminal.
extension DecisionContext {
    func instrument(token text: String, of account: GatewayAccount) throws(ChargeFault) -> ChargeInstrument {
        guard let token = books.gateway.charges.token(text, at: now), token.account == account.id else {
            throw .temporaryToken
        }
        var instrument = instrument(token.kept, scope: account.scope)
        instrument.resolution.reasons = [.heldVerificationUsed]
        instrument.events = [.gateway(.charge(.tokenUsed(text)))]
        if !token.billing.isEmpty { instrument.billing = token.billing }
        if !token.shipping.isEmpty { instrument.shipping = token.shipping }
        return instrument
    }

    func instrument(terminal id: ObjectID, of account: GatewayAccount) throws(ChargeFault) -> ChargeInstrument {
        guard let terminal = account.terminals.first(where: { $0.id == id }), let number = terminal.card else {
            throw .terminal
        }
        let card = identify(number)
        var instrument = ChargeInstrument(
            resolution: vaulted(number, as: card, in: account.scope), expiry: .date(Self.terminalExpiry(now)),
            entryMode: .chip, tender: .card)
        show(&instrument)
        var answer = PaymentOrder.TerminalAnswer(id: terminal.id, description: terminal.description)
        switch terminal.script {
        case .approve: break
        case .tip:
            answer.tip = terminal.tip
            instrument.tip = terminal.tip
        case .decline, .error:
            guard let processor = account.defaultProcessor(for: .card), let code = terminal.declineCode,
                let row = behavior.responseCodes[processor.type, code]
            else { throw .terminalFailed }
            instrument.foregone = ForegoneAnswer(
                response: row.response, reason: .note("the terminal \(terminal.number) is set to say so"))
        }
        instrument.shown.terminal = answer
        return instrument
    }

    /// The end of the virtual cardholder's card: it never comes.
    private static func terminalExpiry(_ now: Instant) -> CardExpiry {
        CardExpiry(month: 12, year: CivilTime(now).year + 1)
    }

    /// A payment that the payer finishes on another page: pending until then.
    func instrument(redirect: PaymentOrder.Redirect, of account: GatewayAccount) -> ChargeInstrument {
        let nobody = VaultedAccount(
            token: CardToken(""), fingerprint: Fingerprint(high: 0, low: 0),
            kind: .card(brand: nil, bin: BIN(""), length: 0, passesCheckDigit: true), lastFour: "")
        var instrument = ChargeInstrument(
            resolution: AccountResolution(account: nobody, isNew: false, held: nil, reasons: []),
            expiry: .date(Self.terminalExpiry(now)), entryMode: .eCommerce, tender: .card)
        instrument.shown.redirect = redirect
        if let type = account.defaultProcessor(for: .card)?.type,
            let row = behavior.accounts.policy.pendingRedirectCode.flatMap({ behavior.responseCodes[type, $0] })
        {
            instrument.foregone = ForegoneAnswer(
                response: row.response, reason: .note("the payer has still to pay on the page of the method"))
        }
        return instrument
    }
}
