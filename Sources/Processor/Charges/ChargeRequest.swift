package import Payments

/// A payment that somebody asks a gateway for.
package struct ChargeRequest: Sendable {
    /// One card, however it was read.
    package struct Card: Sendable {
        package var number: AccountText
        package var expiry: Expiry
        package var cvv: CardVerificationValue?
        package var entryMode: EntryMode

        package init(number: AccountText, expiry: Expiry, cvv: CardVerificationValue?, entryMode: EntryMode) {
            self.number = number
            self.expiry = expiry
            self.cvv = cvv
            self.entryMode = entryMode
        }
    }

    package typealias Expiry = Authorize.ExpiryEntry

    package struct Bank: Sendable {
        package var routingNumber: String
        package var account: AccountText
        package var accountType: String
        package var secCode: String
        package var checkNumber: String

        package init(
            routingNumber: String, account: AccountText, accountType: String, secCode: String, checkNumber: String
        ) {
            self.routingNumber = routingNumber
            self.account = account
            self.accountType = accountType
            self.secCode = secCode
            self.checkNumber = checkNumber
        }
    }

    package struct Stored: Sendable {
        package var customer: ObjectID
        package var paymentType: String?
        package var payment: ObjectID?
        package var billingAddress: ObjectID?
        package var shippingAddress: ObjectID?
        package var cvv: CardVerificationValue?

        package init(customer: ObjectID) { self.customer = customer }
    }

    package enum Payment: Sendable {
        case missing
        case several
        case card(Card)
        case bank(Bank)
        /// A card or a bank account that was read before, and kept.
        case kept(KeptAccount)
        case temporaryToken(String)
        case stored(Stored)
        case terminal(ObjectID)
        /// Alternative methods, paid on a page elsewhere.
        case redirect(type: String, returnURL: String)
        /// Not usable in a sandbox.
        case wallet(String)

        package var method: PaymentOrder.Method {
            switch self {
            case .card, .missing, .several, .wallet: .card
            case .bank: .ach
            case .kept(let kept): kept.tender == .ach ? .ach : .card
            case .temporaryToken: .token
            case .stored: .customer
            case .terminal: .terminal
            case .redirect: .apm
            }
        }
    }

    package enum Party: String, Hashable, Sendable, CaseIterable { case customer, merchant }

    package var kind: PaymentOrder.Kind
    package var amount: Int64?
    package var baseAmount: Int64?
    package var currency: String?
    package var processor: ObjectID?
    package var payment: Payment
    /// What the order is about; amounts, texts and addresses are filled in by the service.
    package var order: PaymentOrder
    /// Set when the request names them, so that the processor's own are not added.
    package var givesSurcharge = false
    package var adjustment: AmountComponent?
    package var idempotencyKey: String?
    package var idempotencySeconds: Int64?
    package var allowsPartial = false
    package var voidsOnSuccess = false
    package var bypassesRules = false
    package var initiatedBy: Party?
    /// The total of a calculation that the request carries.
    package var calculatedTotal: Int64?
    /// Keeps the account in the customer vault: of a new customer, or of this one.
    package var vault: VaultWish?
    /// So much is charged in a second transaction.
    package var splitAmount: Int64?
    package var wire: any WireFacts = NoWireFacts()

    package struct VaultWish: Sendable {
        package var customer: ObjectID?
        package var idFormat: String?

        package init(customer: ObjectID?, idFormat: String?) {
            self.customer = customer
            self.idFormat = idFormat
        }
    }

    package init(_ kind: PaymentOrder.Kind, payment: Payment, order: PaymentOrder) {
        self.kind = kind
        self.payment = payment
        self.order = order
    }
}

/// Why a payment is not even tried.
package enum ChargeFault: Error, Hashable, Sendable {
    case paymentMissing, severalPayments
    case amountMissing, amountZero, amountMismatch
    case noProcessor(Tender), unknownProcessor, wrongProcessor(Tender)
    case wrongCurrency
    case cardNumber, cardUnknown, cardExpired, expiryTooFar, expiryMissing, expiryUnreadable, cvv
    case routingNumber, accountNumber, secCode, accountType, checkNumber, bankVerification
    case temporaryToken, customer, customerPayment, customerAddress, terminal, terminalFailed, wallet
    case vaultCustomer, vaultPayment, vaultFull
    case noSecondProcessor
    case status(Action), refundTooLarge, captureTooLarge, refundOfRefund
    case notFound
    case journal

    package enum Action: String, Hashable, Sendable { case capture, void, refund, tip }
}
