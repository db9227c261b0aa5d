package import Payments

/// Card data that a page has left for a server: good once, for a short while.
package struct TemporaryToken: Hashable, Sendable {
    package let text: String
    package let account: ObjectID
    package let kept: KeptAccount
    package let billing: PostalAddress
    package let shipping: PostalAddress
    package let until: Instant

    package init(
        text: String, account: ObjectID, kept: KeptAccount, billing: PostalAddress, shipping: PostalAddress,
        until: Instant
    ) {
        self.text = text
        self.account = account
        self.kept = kept
        self.billing = billing
        self.shipping = shipping
        self.until = until
    }

    package var card: VaultedAccount { kept.account }
}

/// Takes a card or a bank account from a page, and gives a token for it. Source: reference of Fluid Pay, §14.2.
package struct MakeTemporaryToken: Command {
    package let account: GatewayAccount
    package let payment: ChargeRequest.Payment
    package let billing: PostalAddress
    package let shipping: PostalAddress

    package init(
        for account: GatewayAccount, _ payment: ChargeRequest.Payment, billing: PostalAddress, shipping: PostalAddress
    ) {
        self.account = account
        self.payment = payment
        self.billing = billing
        self.shipping = shipping
    }

    package var operation: String { "makeTemporaryToken" }

    package func decide(in context: DecisionContext) -> Decision<Result<TemporaryToken, ChargeFault>> {
        do throws(ChargeFault) {
            guard let kept = try context.kept(payment, scope: account.scope) else { throw .paymentMissing }
            var mint = context.mint(account.id)
            let token = TemporaryToken(
                text: mint.next().text, account: account.id, kept: kept, billing: billing.storable,
                shipping: shipping.storable, until: context.now + context.behavior.accounts.policy.temporaryTokenLife)
            return Decision(
                events: mint.events + [.gateway(.charge(.tokenMade(token)))], outcome: .success(token))
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the request was refused: \(error)")])
        }
    }
}
