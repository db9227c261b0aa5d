package import Payments

/// What rules look at: one request, translated.
package struct RuleSubject: Sendable {
    package var service: String
    package var operation: String
    package var scope: SiteScope
    package var merchant: MerchantID?
    package var processor: ProcessorName?
    package var card: CardFacts?
    /// In minor units.
    package var amount: Int64?
    package var currency: String?
    package var postalCode: String?
    package var orderID: OrderID?
    package var cardholder: String?
    package var entryMode: EntryMode?
    /// The transaction that the request is about.
    package var reference: RetrievalReferenceNumber?
    package var wire: any WireFacts

    package init(service: String, operation: String, scope: SiteScope, wire: any WireFacts) {
        self.service = service
        self.operation = operation
        self.scope = scope
        self.wire = wire
    }
}

/// The members and headers of the request as sent; secret ones are absent.
package protocol WireFacts: Sendable {
    /// The text of a member of the body: strings without quotes, numbers as written.
    func field(_ name: String) -> String?
    /// The text of a header field; names compare without case (RFC 9110 §5.1).
    func header(_ name: String) -> String?
}

/// No members, no headers.
package struct NoWireFacts: WireFacts {
    package init() {}
    package func field(_ name: String) -> String? { nil }
    package func header(_ name: String) -> String? { nil }
}

/// What is known of a card without its number.
package struct CardFacts: Hashable, Sendable {
    package var fingerprint: Fingerprint
    package var token: CardToken?
    package var brand: CardBrand?
    package var bin: BIN
    package var lastFour: String

    package init(fingerprint: Fingerprint, token: CardToken?, brand: CardBrand?, bin: BIN, lastFour: String) {
        self.fingerprint = fingerprint
        self.token = token
        self.brand = brand
        self.bin = bin
        self.lastFour = lastFour
    }
}

/// A keyed hash of an account number: the same number gives the same value, and the value does not give the number.
package struct Fingerprint: Prehashed, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package var prehash: UInt64 { low }

    package var description: String { "fingerprint" }
}
