package import Payments

/// A request that a terminal is busy with, and how far it has come.
package struct TerminalRequest: Hashable, Sendable {
    package let id: TerminalRequestID
    package let terminal: TerminalKey
    /// Whose session it is.
    package let merchant: MerchantKey
    package let service: String
    package let task: TerminalTask
    package let startedAt: Instant
    /// When the terminal gives up.
    package let deadline: Instant
    /// What the cardholder is asked now; nil between two questions.
    package var question: CardholderQuestion?
    package var askedAt: Instant
    package var amountIsConfirmed = false
    package var isSigned = false
    package var card: CardReading?
    package var payment: TerminalPayment?
    /// How the answer travels, as rules wish.
    package var delivery: Delivery = .ordinary

    package init(
        id: TerminalRequestID, terminal: TerminalKey, merchant: MerchantKey, service: String, task: TerminalTask,
        startedAt: Instant, deadline: Instant
    ) {
        self.id = id
        self.terminal = terminal
        self.merchant = merchant
        self.service = service
        self.task = task
        self.startedAt = startedAt
        self.deadline = deadline
        askedAt = startedAt
    }
}

/// A card as the terminal has read it, without its number.
package struct CardReading: Hashable, Sendable {
    package var token: CardToken
    package var brand: CardBrand?
    package var expiry: CardExpiry
    package var name: String?
    package var entry: EntryMode
    package var postalCode: String?
    package var address: String?
    package var enteredPIN: Bool
    package var isDebit: Bool
    /// Worth one payment.
    package var isSingleUse: Bool
    package var surcharge: Surcharge?

    /// What a profile keeps of the cardholder.
    var customer: Authorize.Customer {
        var customer = Authorize.Customer()
        customer.holder.name = name
        customer.holder.address = address
        customer.holder.postalCode = postalCode
        return customer
    }
}

/// A fee for paying by credit card.
package struct Surcharge: Hashable, Sendable {
    /// In hundredths of a percent; zero when it is waived.
    package var rate: Int
    /// In minor units; zero when it is waived.
    package var fee: Int64

    package init(rate: Int, fee: Int64) {
        self.rate = rate
        self.fee = fee
    }

    package var isWaived: Bool { rate == 0 }
}

/// A payment that a terminal has made, as the client is told.
package struct TerminalPayment: Hashable, Sendable {
    package var transaction: Transaction
    package var told: ResponseCode
    package var batch: BatchID?
    package var isVoided = false

    package init(transaction: Transaction, told: ResponseCode, batch: BatchID?) {
        self.transaction = transaction
        self.told = told
        self.batch = batch
    }
}

/// How a request to a terminal ended.
package struct TerminalResult: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case confirmed(Bool)
        case entered(String)
        case signed
        /// In minor units.
        case tipped(amount: Int64, tip: Int64)
        case read(CardReading, isSigned: Bool)
        case paid(TerminalPayment, CardReading, isSigned: Bool)
        /// A payment may have been made before it failed.
        case failed(TerminalFault, TerminalPayment?, CardReading?)
    }

    package let request: TerminalRequestID
    package let ending: Ending
    package let endedAt: Instant
    package let delivery: Delivery

    package init(request: TerminalRequestID, ending: Ending, endedAt: Instant, delivery: Delivery) {
        self.request = request
        self.ending = ending
        self.endedAt = endedAt
        self.delivery = delivery
    }
}
