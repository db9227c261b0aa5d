package import Payments

/// Counts the transactions of a world; an internal name, never on the wire.
package struct TransactionID: Hashable, Comparable, Sendable {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package static func < (a: TransactionID, b: TransactionID) -> Bool { a.number < b.number }
}

/// One authorization, verification, credit or refund, approved or not. A change makes a new value.
package struct Transaction: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case authorization
        /// Zero amount: address and card verification only.
        case verification
        /// Money back without an original.
        case credit
        /// Money back for an original.
        case refund(of: TransactionID)
    }

    /// Where it stands on its way; whether its batch has been accepted is the batch's business.
    package enum Stage: Hashable, Sendable {
        case declined
        case authorized
        case zeroAmount
        /// In the batch of this number; whose batches those are says the booker.
        case queued(Int)
        case voided
    }

    package var id: TransactionID
    package var kind: Kind
    private(set) var booker: TransactionBooker
    package var reference: RetrievalReferenceNumber
    package var requested: Money
    /// What is approved now: less than requested after a partial approval or a partial void; zero when declined.
    package var approved: Money
    /// Minor units.
    package var refunded: Int64 = 0
    package var stage: Stage
    package var response: ResponseCode
    package var authorizationCode: String?
    package var avs: AVSResult?
    package var cvv: CVVResult?
    package var extras = DeclineExtras()
    package var account: TransactionAccount
    package var entryMode: EntryMode?
    package var details: TransactionDetails
    package var createdAt: Instant
    package var capturedAt: Instant?
    package var voidedAt: Instant?
    /// Elsewhere in memory, for few merchants charge one.
    private(set) var boxedFee: Boxed<TransactionFee>?
    /// The one before with the same order id in the same scope.
    package var previousWithSameOrder: TransactionID?
    /// Minor units that the issuer approved and that were captured; a void or a refund changes neither.
    package var authorized: Int64 = 0
    package var captured: Int64 = 0
    /// What a gateway with full orders keeps of the payment; nil at one that knows only what stands above.
    package var order: Boxed<PaymentOrder>?

    package var isApproved: Bool { response.status == .approved }
    package var merchant: MerchantKey { booker.merchant }
    /// The merchant as the answer names it; for bank accounts the linked one.
    package var bookedMerchant: MerchantID { booker.bookedMerchant }
    package var processor: ProcessorName { booker.processor }

    /// The batch it is in.
    package var batch: BatchID? {
        if case .queued(let number) = stage { return BatchID(merchant: booker.books, number: number) }
        return nil
    }

    /// Nil where the merchant charges none.
    package var fee: TransactionFee? {
        get { boxedFee?.value }
        set { boxedFee = newValue.map { Boxed($0) } }
    }

    mutating func capture(_ amount: Money, into batch: BatchID, at instant: Instant) {
        approved = amount
        captured = amount.minorUnits
        assert(batch.merchant == booker.books, "a payment goes into a batch of whoever books it")
        stage = .queued(batch.number)
        capturedAt = instant
    }

    /// The amount is another one, before it settles: a tip was added.
    mutating func adjust(to amount: Money) {
        requested = amount
        approved = amount
        authorized = amount.minorUnits
        if captured != 0 { captured = amount.minorUnits }
    }

    mutating func void(at instant: Instant) {
        approved = .zero(approved.currency)
        fee?.minorUnits = 0
        stage = .voided
        voidedAt = instant
    }
}

/// Who booked a transaction. A class: it is made once for a merchant, and never changes.
final class TransactionBooker: Hashable, Sendable {
    let merchant: MerchantKey
    let bookedMerchant: MerchantID
    let processor: ProcessorName
    /// Whose batches its payments go into.
    let books: MerchantKey

    init(merchant: MerchantKey, bookedMerchant: MerchantID, processor: ProcessorName) {
        self.merchant = merchant
        books = MerchantKey(scope: merchant.scope, id: bookedMerchant)
        self.bookedMerchant = bookedMerchant
        self.processor = processor
    }

    static func == (a: TransactionBooker, b: TransactionBooker) -> Bool {
        a === b
            || (a.merchant == b.merchant && a.bookedMerchant == b.bookedMerchant && a.processor == b.processor)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(merchant)
        hasher.combine(bookedMerchant)
    }
}

/// The account of a transaction, as far as it may be kept. A class: it is made once for an account, and never changes.
package final class TransactionAccount: Hashable, Sendable {
    package let token: CardToken?
    package let brand: CardBrand?
    package let bin: BIN?
    package let lastFour: String
    package let tender: Tender

    package init(token: CardToken?, brand: CardBrand?, bin: BIN?, lastFour: String, tender: Tender) {
        self.token = token
        self.brand = brand
        self.bin = bin
        self.lastFour = lastFour
        self.tender = tender
    }

    package static func == (a: TransactionAccount, b: TransactionAccount) -> Bool {
        a === b
            || (a.token == b.token && a.brand == b.brand && a.bin == b.bin && a.lastFour == b.lastFour
                && a.tender == b.tender)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(token)
        hasher.combine(lastFour)
    }

    package static let none = TransactionAccount(token: nil, brand: nil, bin: nil, lastFour: "", tender: .card)
}

/// What the merchant said about the payment beyond money and account.
package struct TransactionDetails: Hashable, Sendable {
    package var orderID: OrderID?
    package var expiry: CardExpiry?
    package var name: String?
    package var initiation: Initiation?
    /// Members of the service's wire that later answers repeat, in their own form; opaque to the engine.
    package var memos: [Memo] = []
    /// What few payments have. Elsewhere in memory, because all that are kept have this much room.
    private var rarities: Boxed<Rarities>?

    package struct Memo: Hashable, Sendable {
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    package init() {}
}

extension TransactionDetails {
    private struct Rarities: RareParts {
        var batchSource: BatchSource?
        var entryCode: String?
        var isPINDebit = false
        var storedAccount: StoredAccountKey?
    }

    /// The batch that the merchant wants it in, by its own name.
    package var batchSource: BatchSource? {
        get { rarities?.value.batchSource }
        set { if newValue != batchSource { rarities.change { $0.batchSource = newValue } } }
    }

    /// The kind of entry of a bank account payment: `WEB`, `TEL`, …
    package var entryCode: String? {
        get { rarities?.value.entryCode }
        set { if newValue != entryCode { rarities.change { $0.entryCode = newValue } } }
    }

    /// The cardholder entered a PIN: it is settled on its own, and taken back as a whole.
    package var isPINDebit: Bool {
        get { rarities?.value.isPINDebit == true }
        set { if newValue != isPINDebit { rarities.change { $0.isPINDebit = newValue } } }
    }

    /// The stored account that paid, or that was stored with this payment.
    package var storedAccount: StoredAccountKey? {
        get { rarities?.value.storedAccount }
        set { if newValue != storedAccount { rarities.change { $0.storedAccount = newValue } } }
    }
}

/// Who starts a payment with stored credentials.
package struct Initiation: Hashable, Sendable {
    package enum Party: Hashable, Sendable { case cardholder, merchant }

    package var party: Party
    package var isScheduled: Bool

    package init(party: Party, isScheduled: Bool) {
        self.party = party
        self.isScheduled = isScheduled
    }
}
