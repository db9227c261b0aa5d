import Payments

/// Keeps the account of a payment in the customer vault, once the payment is approved.
enum ChargeVaulting {
    struct Kept {
        let events: [Event]
        let customer: CustomerProfile
        let payment: ObjectID
    }

    /// Looks whether that can be done, before anything is charged.
    static func check(
        _ wish: ChargeRequest.VaultWish, _ payment: ChargeRequest.Payment, of account: GatewayAccount,
        in context: DecisionContext
    ) throws(ChargeFault) {
        switch payment {
        case .card, .bank, .kept, .temporaryToken: break
        case .missing, .several, .stored, .terminal, .redirect, .wallet: throw .vaultPayment
        }
        guard let id = wish.customer else {
            guard context.books.profiles.count < context.behavior.limits.profiles else { throw .vaultFull }
            return
        }
        guard let customer = context.customer(id, of: account) else { throw .vaultCustomer }
        guard customer.count < context.behavior.limits.customerParts else { throw .vaultFull }
    }

    /// - Parameter context: after the payment.
    static func keep(
        _ wish: ChargeRequest.VaultWish, _ instrument: ChargeInstrument, _ order: PaymentOrder,
        of account: GatewayAccount, in context: DecisionContext
    ) throws(VaultFault) -> Kept {
        var draft: CustomerDraft
        if let id = wish.customer {
            draft = try CustomerDraft(changing: id, of: account, in: context)
        } else {
            var mint = context.mint(account.id)
            var id = mint.next()
            if wish.idFormat != nil {
                id = CustomerID.make(id, instrument.tender, instrument.account.lastFour)
            }
            draft = CustomerDraft(id, of: account, mint, in: context)
        }
        try draft.add(instrument)
        guard let payment = draft.created else { preconditionFailure("what was added has an id") }
        try draft.keepAddresses(of: order)
        return Kept(events: draft.allEvents, customer: draft.profile, payment: payment)
    }
}

/// Makes a customer of a payment that was made before.
package struct VaultCharge: Command {
    package var target: ChargeTarget

    package init(_ target: ChargeTarget) { self.target = target }

    package var operation: String { "vaultTransaction" }

    package func decide(in context: DecisionContext) -> Decision<VaultOutcome> {
        .vault { () throws(VaultFault) in
            guard let charged = context.charged(target.id, of: target.account) else { throw .notFound }
            let order = charged.order
            guard let token = charged.transaction.account.token, order.instrument.terminal == nil,
                order.instrument.redirect == nil,
                let vaulted = context.vault.account(token, in: target.account.scope)
            else { throw .payment(.vaultPayment) }
            guard context.books.profiles.count < context.behavior.limits.profiles else { throw .tooManyCustomers }
            var instrument = ChargeInstrument(
                resolution: AccountResolution(account: vaulted, isNew: false, held: nil, reasons: []),
                expiry: charged.transaction.details.expiry.map { .date($0) } ?? .absent,
                tender: charged.transaction.account.tender)
            instrument.shown = order.instrument
            var mint = context.mint(target.account.id)
            var draft = CustomerDraft(mint.next(), of: target.account, mint, in: context)
            try draft.add(instrument)
            try draft.keepAddresses(of: order)
            return Decision(events: draft.allEvents, outcome: .success(draft.saved))
        }
    }
}

extension CustomerDraft {
    fileprivate mutating func keepAddresses(of order: PaymentOrder) throws(VaultFault) {
        var content = CustomerContent()
        if !order.billing.isEmpty { content.defaultBilling = try addressID(for: order.billing) }
        if !order.shipping.isEmpty { content.defaultShipping = try addressID(for: order.shipping) }
        if profile.record?.value.defaultBilling != nil { content.defaultBilling = nil }
        if profile.record?.value.defaultShipping != nil { content.defaultShipping = nil }
        try content.apply(to: &self)
    }
}
