import Payments

/// An account that is to be stored, as a client sends it.
package struct VaultMethod: Sendable {
    /// Missing in a change: the account stays.
    package var payment: ChargeRequest.Payment
    /// New end of a card that is not sent itself.
    package var expiry: Authorize.ExpiryEntry = .absent
    /// Nil stays.
    package var flags: Set<VaultingDetails.Flag>?
    package var processor: ObjectID?
    package var accountType: String?
    package var secCode: String?

    package init(_ payment: ChargeRequest.Payment) { self.payment = payment }

    struct Stored {
        var account: StoredAccount
        var lastFour = ""
        var events: [Event]
    }

    func account(
        _ details: VaultingDetails, of owner: GatewayAccount, in context: DecisionContext
    ) throws(VaultFault) -> Stored {
        do throws(ChargeFault) {
            let instrument = try instrument(of: owner, in: context)
            return try stored(instrument, details, of: owner)
        } catch {
            throw .payment(error)
        }
    }

    private func stored(
        _ instrument: ChargeInstrument, _ details: VaultingDetails, of owner: GatewayAccount
    ) throws(ChargeFault) -> Stored {
        var details = details
        details.processor = try checkedProcessor(for: instrument.tender, of: owner) ?? details.processor
        return Stored(
            account: StoredAccount(instrument, details), lastFour: instrument.account.lastFour,
            events: instrument.resolution.events(in: owner.scope) + instrument.events)
    }

    /// The account anew where it is sent, and what is said of it.
    func changed(
        _ before: StoredAccount, _ details: VaultingDetails, of owner: GatewayAccount, in context: DecisionContext
    ) throws(VaultFault) -> Stored {
        var details = details
        if let flags { details.flags = flags }
        do throws(ChargeFault) {
            if case .missing = payment {
                if expiry != .absent { try context.check(expiry) }
                return Stored(account: try before.changed(by: self, details, of: owner), events: [])
            }
            let instrument = try instrument(of: owner, in: context)
            guard instrument.tender == before.kind.tender else { throw .vaultPayment }
            return try stored(instrument, details, of: owner)
        } catch {
            throw .payment(error)
        }
    }

    private func instrument(
        of owner: GatewayAccount, in context: DecisionContext
    ) throws(ChargeFault) -> ChargeInstrument {
        switch payment {
        case .missing: throw .paymentMissing
        case .several: throw .severalPayments
        case .wallet: throw .wallet
        case .card(let card): return try context.instrument(card, scope: owner.scope)
        case .bank(let bank):
            // A voice on the telephone agrees to one payment, not to those that are to come.
            guard bank.secCode != "tel" else { throw .secCode }
            return try context.instrument(bank, scope: owner.scope)
        case .kept(let kept): return context.instrument(kept, scope: owner.scope)
        case .temporaryToken(let text): return try context.instrument(token: text, of: owner)
        case .stored, .terminal, .redirect: throw .vaultPayment
        }
    }
}

extension StoredAccount {
    /// What of a payment's account may be kept.
    init(_ instrument: ChargeInstrument, _ details: VaultingDetails) {
        let kind: Kind
        switch instrument.account.kind {
        case .card(let brand, _, _, _): kind = .card(brand)
        case .bank: kind = instrument.shown.accountType == "savings" ? .savings : .checking
        }
        self.init(number: 0, token: instrument.account.token, kind: kind)
        if case .date(let date) = instrument.expiry { expiry = date }
        var details = details
        details.masked = instrument.shown.masked
        details.secCode = instrument.shown.secCode
        vaulting = details
        permitsStoring = true
    }

    fileprivate func changed(
        by method: VaultMethod, _ details: VaultingDetails, of owner: GatewayAccount
    ) throws(ChargeFault) -> StoredAccount {
        var account = self
        if case .date(let date) = method.expiry { account.expiry = date }
        if kind.tender == .ach, let type = method.accountType {
            guard ["checking", "savings"].contains(type) else { throw .accountType }
            account.kind = type == "savings" ? .savings : .checking
        }
        var details = details
        if kind.tender == .ach, let code = method.secCode {
            guard ["web", "ccd", "ppd"].contains(code) else { throw .secCode }
            details.secCode = code
        }
        details.processor = try method.checkedProcessor(for: kind.tender, of: owner) ?? details.processor
        account.vaulting = details
        return account
    }
}

extension VaultMethod {
    fileprivate func checkedProcessor(for tender: Tender, of owner: GatewayAccount) throws(ChargeFault) -> ObjectID? {
        guard let id = processor else { return nil }
        guard let found = owner.processor(id) else { throw .unknownProcessor }
        guard found.tender == tender else { throw .wrongProcessor(tender) }
        return id
    }
}
