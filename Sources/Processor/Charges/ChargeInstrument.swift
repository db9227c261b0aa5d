import Payments

/// What a payment is charged to, found or read: the account in the vault and what came with it.
struct ChargeInstrument: Sendable {
    var resolution: AccountResolution
    var expiry: Authorize.ExpiryEntry
    var cvv: CardVerificationValue?
    var entryMode = EntryMode.keyed
    var tender: Tender
    var shown = PaymentOrder.Instrument()
    var foregone: ForegoneAnswer?
    /// Added by the cardholder at a terminal.
    var tip: Int64 = 0
    /// Happens when the payment is tried, whatever becomes of it.
    var events: [Event] = []
    var customer: ObjectID?
    var customerPayment: ObjectID?
    /// A stored card with the end that its network tells of.
    var update: AccountUpdate?
    /// Which processor the stored account wants, unless the request names one.
    var processor: ObjectID?
    var isSurchargeExempt = false
    var billing: PostalAddress?
    var shipping: PostalAddress?

    var account: VaultedAccount { resolution.account }

    struct AccountUpdate: Sendable {
        let profile: ProfileKey
        let account: StoredAccount
    }
}

extension DecisionContext {
    /// Looks at a card as the gateway does: digits, check digit, brand, end.
    func instrument(_ card: ChargeRequest.Card, scope: SiteScope) throws(ChargeFault) -> ChargeInstrument {
        let policy = behavior.accounts.policy
        let text = card.number.compacted
        guard let number = text.number, (12...19).contains(number.length), number.passesLuhn else {
            throw .cardNumber
        }
        var identified = identify(number)
        if identified.brand == nil { identified.brand = policy.brands.brand(of: number) }
        guard identified.brand != nil else { throw .cardUnknown }
        try check(card.expiry)
        if let cvv = card.cvv, !cvv.isThreeOrFourDigits { throw .cvv }
        var instrument = ChargeInstrument(
            resolution: vaulted(number, as: identified, in: scope), expiry: card.expiry, cvv: card.cvv,
            entryMode: card.entryMode, tender: .card)
        show(&instrument)
        return instrument
    }

    func check(_ expiry: Authorize.ExpiryEntry) throws(ChargeFault) {
        switch expiry {
        case .absent: throw .expiryMissing
        case .unreadable: throw .expiryUnreadable
        case .date(let date):
            let now = CivilTime(now)
            if (date.year, date.month) < (now.year, now.month) { throw .cardExpired }
            if (date.year - behavior.accounts.policy.expirationYears, date.month) > (now.year, now.month) {
                throw .expiryTooFar
            }
        }
    }

    func instrument(_ bank: ChargeRequest.Bank, scope: SiteScope) throws(ChargeFault) -> ChargeInstrument {
        guard bank.routingNumber.utf8.count == 9, Digits.areAll(bank.routingNumber) else { throw .routingNumber }
        let account = bank.account.bankAccount(routingNumber: bank.routingNumber)
        guard account.isWellFormed, (3...17).contains(account.accountLength) else { throw .accountNumber }
        guard ["web", "ccd", "ppd", "tel"].contains(bank.secCode) else { throw .secCode }
        guard ["checking", "savings"].contains(bank.accountType) else { throw .accountType }
        if bank.secCode == "tel", bank.checkNumber.isEmpty { throw .checkNumber }
        var instrument = ChargeInstrument(
            resolution: vaulted(account, in: scope), expiry: .absent, entryMode: .eCommerce, tender: .ach)
        instrument.shown.secCode = bank.secCode
        instrument.shown.accountType = bank.accountType
        show(&instrument)
        instrument.shown.mask = account.withClearDigits { _, digits in
            MaskedNumber(String(digits.prefix(2)), hidden: digits.utf8.count - 4, String(digits.suffix(2)))
        }
        return instrument
    }

    /// Masks and words for an account that is in the vault.
    func show(_ instrument: inout ChargeInstrument) {
        let account = instrument.account
        switch account.kind {
        case .card(_, let bin, let length, _):
            let hidden = length - bin.digits.utf8.count - 4
            instrument.shown.mask = MaskedNumber(bin.digits, hidden: hidden, account.lastFour)
            let row = behavior.accounts.policy.bins.record(bin.digits, lastFour: account.lastFour)
            instrument.shown.funding = row?.funding?.rawValue ?? ""
        case .bank(let routing, let length):
            // The vault keeps no leading digits of an account; stars stand for them.
            instrument.shown.mask = MaskedNumber("", hidden: length - 2, String(account.lastFour.suffix(2)))
            instrument.shown.routingNumber = routing
            instrument.foregone = foregone(routing)
        }
    }

    private func foregone(_ routing: String) -> ForegoneAnswer? {
        guard case .decline(let code)? = behavior.accounts.policy.routingNumbers[routing] else { return nil }
        for (name, profile) in behavior.processors.sorted(by: { $0.key.text < $1.key.text }) where profile.ach != nil {
            if let row = behavior.responseCodes[name, code] {
                return ForegoneAnswer(response: row.response, reason: .note("routing number of a test account"))
            }
        }
        return nil
    }
}
