package import Payments

/// An account to charge later, in a form that may be kept: the token of its number, and what its verification value is
/// to the scenario's table.
package struct KeptAccount: Hashable, Sendable {
    package let account: VaultedAccount
    package let expiry: CardExpiry?
    package let cvv: CVVEvidence
    package let entryMode: EntryMode
    /// As answers show it.
    package let shown: PaymentOrder.Instrument

    package var tender: Tender { account.isBankAccount ? .ach : .card }
}

extension DecisionContext {
    /// Reads a card or a bank account as a payment would, and makes of it what may be kept.
    func kept(_ payment: ChargeRequest.Payment, scope: SiteScope) throws(ChargeFault) -> KeptAccount? {
        switch payment {
        case .card(let card): return kept(try instrument(card, scope: scope))
        case .bank(let bank): return kept(try instrument(bank, scope: scope))
        case .missing: throw .paymentMissing
        case .several: throw .severalPayments
        case .kept(let kept): return kept
        case .temporaryToken, .stored, .terminal, .redirect, .wallet: return nil
        }
    }

    private func kept(_ instrument: ChargeInstrument) -> KeptAccount {
        var expiry: CardExpiry?
        if case .date(let date) = instrument.expiry { expiry = date }
        return KeptAccount(
            account: instrument.account, expiry: expiry, cvv: behavior.cardVerification.evidence(for: instrument.cvv),
            entryMode: instrument.entryMode, shown: instrument.shown)
    }

    /// The account to charge now.
    func instrument(_ kept: KeptAccount, scope: SiteScope) -> ChargeInstrument {
        let held = HeldVerification(expiry: kept.expiry, cvv: kept.cvv, until: .latest)
        let resolution = AccountResolution(
            account: kept.account, isNew: books.vault.account(kept.account.token, in: scope) == nil, held: held,
            reasons: [])
        var instrument = ChargeInstrument(
            resolution: resolution, expiry: kept.expiry.map { .date($0) } ?? .absent, entryMode: kept.entryMode,
            tender: kept.tender)
        show(&instrument)
        instrument.shown = kept.shown
        return instrument
    }
}
