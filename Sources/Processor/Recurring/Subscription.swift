package import Payments

/// A customer who is billed again and again. Source: reference of Fluid Pay, §12.3.
package struct Subscription: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case active
        /// The last bill was declined, and is tried again.
        case failing
        /// Two in a row were declined.
        case failed
        /// The bill could not even be tried.
        case error
        case completed, paused, pastDue, cancelled
        /// The holder of the card wants no more renewals.
        case stopped

        /// Whether bills are made.
        package var isBilled: Bool { self == .active || self == .failing }
        /// Nothing follows any more.
        package var isEnd: Bool { self == .completed || self == .cancelled }
    }

    /// Who pays, and with what; nil parts are the customer's defaults when the bill is due.
    package struct Payer: Hashable, Sendable {
        package var customer: ObjectID
        package var paymentType: String?
        package var payment: ObjectID?
        package var billingAddress: ObjectID?
        package var shippingAddress: ObjectID?

        package init(_ stored: ChargeRequest.Stored) {
            customer = stored.customer
            paymentType = stored.paymentType
            payment = stored.payment
            billingAddress = stored.billingAddress
            shippingAddress = stored.shippingAddress
        }

        var stored: ChargeRequest.Stored {
            var stored = ChargeRequest.Stored(customer: customer)
            stored.paymentType = paymentType
            stored.payment = payment
            stored.billingAddress = billingAddress
            stored.shippingAddress = shippingAddress
            return stored
        }
    }

    package let id: ObjectID
    package let account: ObjectID
    /// In whose name the bills are made.
    package let user: ObjectID
    package let userName: String
    package var plan: ObjectID?
    package var description = ""
    package var payer: Payer
    package var terms: RecurringTerms
    package var status = Status.active
    /// How many bills were paid, and how many of them before the present add-ons and discounts were agreed on.
    package var billed = 0
    package var billedBefore = 0
    /// Declined in a row.
    package var declines = 0
    /// The day of the next bill, counted from 1970; of an ended subscription that of the last.
    package var nextBill: Int
    /// When a declined bill is tried again.
    package var retryAt: Instant?
    /// Members of the service's wire that answers repeat; opaque to the engine.
    package var memos: [TransactionDetails.Memo] = []
    package let createdAt: Instant
    package var updatedAt: Instant

    init(
        id: ObjectID, of account: ObjectID, by user: AccessUser, _ payer: Payer, _ terms: RecurringTerms,
        nextBill: Int, at now: Instant
    ) {
        self.id = id
        self.account = account
        self.user = user.id
        userName = user.username
        self.payer = payer
        self.terms = terms
        self.nextBill = nextBill
        createdAt = now
        updatedAt = now
    }

    /// The day on which money is asked for next: that of the bill, or of its next attempt.
    package var nextAttemptDay: Int { retryAt.map { CivilTime($0).daysSince1970 } ?? nextBill }

    package func total(_ kind: RecurringModifier.Kind) -> Int64 { terms.total(kind, after: billed - billedBefore) }

    /// What the next bill comes to.
    package var charge: Int64 { terms.charge(after: billed - billedBefore) }

    /// The day of the last bill; nil when there is none.
    package var expirationDay: Int? {
        guard terms.duration > 0 else { return nil }
        var day = nextBill
        for _ in 1..<max(2, terms.duration - billed) { day = terms.schedule.next(after: day) }
        return terms.duration - billed <= 1 ? nextBill : day
    }

    /// A bill was paid, or came to nothing: on to the next one.
    mutating func advance() {
        billed += 1
        declines = 0
        retryAt = nil
        if terms.duration > 0, billed >= terms.duration {
            status = .completed
        } else {
            status = .active
            nextBill = terms.schedule.next(after: nextBill)
        }
    }
}
