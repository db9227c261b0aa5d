package import Payments

/// What a gateway keeps of a payment beyond money, account and answer: who sent it, what it was for, how it was paid.
package struct PaymentOrder: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case sale, authorize, verification, credit, refund }

    /// Through what it came.
    package enum Source: String, Hashable, Sendable, CaseIterable {
        case api, cart, invoice, recurring, batch, controlPanel
    }

    /// How the account was given.
    package enum Method: String, Hashable, Sendable, CaseIterable { case card, ach, token, customer, terminal, apm }

    /// The parts of the amount.
    package struct Amounts: Hashable, Sendable {
        package var base: Int64 = 0
        package var tax: Int64 = 0
        package var shipping: Int64 = 0
        package var discount: Int64 = 0
        package var tip: Int64 = 0
        package var surcharge: Int64 = 0
        package var serviceFee: Int64 = 0
        package var adjustment: Int64 = 0
        package var nationalTax: Int64 = 0
        package var duty: Int64 = 0
        package var isTaxExempt = false

        package init() {}
    }

    /// The account as it may be shown.
    package struct Instrument: Hashable, Sendable {
        /// The id of the gateway's record of it.
        package var id: ObjectID {
            get { keptID.id }
            set { keptID = KeptObjectID(newValue) }
        }
        private var keptID = KeptObjectID.other(ObjectID(""))
        var mask = MaskedNumber("")
        package var funding = ""
        /// What no ordinary card has.
        var rarities: Boxed<Rarities>?

        package init() {}
    }

    /// What a terminal tells of a payment.
    package struct TerminalAnswer: Hashable, Sendable {
        package var id: ObjectID
        package var description: String
        package var tip: Int64 = 0

        package init(id: ObjectID, description: String) {
            self.id = id
            self.description = description
        }
    }

    /// A payment that the payer finishes elsewhere.
    package struct Redirect: Hashable, Sendable {
        package var type: String
        package var url: String

        package init(type: String, url: String) {
            self.type = type
            self.url = url
        }
    }

    /// A bank payment that did not clear.
    package enum Return: Hashable, Sendable { case returned, late }

    package var account: ObjectID
    package var user: ObjectID
    package var userName: String
    package var kind: Kind
    package var source = Source.api
    package var method = Method.card
    package var idempotencySeconds: Int64 = 0
    package var amounts = Amounts()
    package var instrument = Instrument()
    package var features: [String] = []
    package var updatedAt = Instant.earliest
    /// Members of the service's wire that answers repeat, in their own form; opaque to the engine.
    package var memos: [TransactionDetails.Memo] = []
    /// What few payments have.
    var rarities: Boxed<Rarities>?

    package init(account: ObjectID, user: ObjectID, userName: String, kind: Kind) {
        self.account = account
        self.user = user
        self.userName = userName
        self.kind = kind
    }

    package func memo(_ name: String) -> String? { memos.first { $0.name == name }?.text }
}
