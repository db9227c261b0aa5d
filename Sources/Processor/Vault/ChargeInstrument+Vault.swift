import Payments

extension DecisionContext {
    /// The account of a customer that is to be charged: the one that is named, else the default one.
    ///
    /// - Parameter isRenewal: nobody but the gateway asks for the payment, because it is time.
    func instrument(
        _ stored: ChargeRequest.Stored, of owner: GatewayAccount, isRenewal: Bool
    ) throws(ChargeFault) -> ChargeInstrument {
        guard let profile = customer(stored.customer, of: owner), let record = profile.record?.value else {
            throw .customer
        }
        guard let account = stored.payment.map({ profile.account(named: $0) }) ?? profile.account(nil),
            let details = account.vaulting, stored.paymentType.map({ $0 == account.kind.tender.rawValue }) ?? true,
            let vaulted = books.vault.account(account.token, in: owner.scope)
        else { throw .customerPayment }
        let update = update(of: account, vaulted, profile)
        let expiry: Authorize.ExpiryEntry = (update?.account ?? account).expiry.map { .date($0) } ?? .absent
        if account.kind.tender == .card { try check(expiry) }
        if let cvv = stored.cvv, !cvv.isThreeOrFourDigits { throw .cvv }
        var instrument = ChargeInstrument(
            resolution: AccountResolution(account: vaulted, isNew: false, held: nil, reasons: []), expiry: expiry,
            cvv: stored.cvv, entryMode: isRenewal ? .recurring : .eCommerce, tender: account.kind.tender)
        instrument.shown.secCode = details.secCode
        instrument.shown.accountType = account.kind == .savings ? "savings" : "checking"
        show(&instrument)
        if account.kind.tender == .ach { instrument.shown.mask = MaskedNumber(details.masked) }
        instrument.customer = profile.objectID
        instrument.customerPayment = details.id
        instrument.update = update
        instrument.processor = details.processor
        instrument.isSurchargeExempt =
            record.flags.contains(.surchargeExempt) || details.flags.contains(.surchargeExempt)
        instrument.billing = try address(stored.billingAddress, record.defaultBilling, record)
        instrument.shipping = try address(stored.shippingAddress, record.defaultShipping, record)
        if let foregone = foregone(details.flags, owner, isRenewal: isRenewal) { instrument.foregone = foregone }
        return instrument
    }

    /// The network's word counts before the payment: a card that has expired may be a good one by now.
    private func update(
        of stored: StoredAccount, _ vaulted: VaultedAccount, _ profile: CustomerProfile
    ) -> ChargeInstrument.AccountUpdate? {
        guard stored.kind.tender == .card, !stored.optsOutOfUpdates,
            let expiry = behavior.accounts.policy.accountUpdates[vaulted.lastFour], expiry != stored.expiry
        else { return nil }
        var account = stored
        account.expiry = expiry
        account.vaulting?.updatedAt = now
        return ChargeInstrument.AccountUpdate(profile: profile.key, account: account)
    }

    private func address(
        _ named: ObjectID?, _ byDefault: ObjectID?, _ record: CustomerRecord
    ) throws(ChargeFault) -> PostalAddress? {
        guard let named else { return record.address(byDefault) }
        guard let address = record.address(named) else { throw .customerAddress }
        return address
    }

    /// What the gateway answers by itself because of a card's flags.
    private func foregone(
        _ flags: Set<VaultingDetails.Flag>, _ owner: GatewayAccount, isRenewal: Bool
    ) -> ForegoneAnswer? {
        let policy = behavior.accounts.policy
        let locks: [(flag: VaultingDetails.Flag, code: String?)] = [
            (.closedContact, policy.closedContactCode), (.lockedSecurity, policy.lockedCode),
            (.lockedStopRecurring, isRenewal ? policy.stopRecurringCode : nil),
        ]
        for lock in locks where flags.contains(lock.flag) {
            if let code = lock.code, let type = owner.defaultProcessor(for: .card)?.type,
                let row = behavior.responseCodes[type, code]
            {
                return ForegoneAnswer(
                    response: row.response, reason: .note("the stored card is marked \(lock.flag.rawValue)"))
            }
        }
        return nil
    }
}
