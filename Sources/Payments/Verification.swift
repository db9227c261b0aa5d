/// The issuer's comparison of the address, in the letters of the processor. Independent of approval.
package struct AVSResult: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The issuer's comparison of the card verification value, in the letters of the processor.
package struct CVVResult: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What a response code means for the merchant.
package enum ResponseStatus: String, Hashable, Sendable, CaseIterable {
    case approved, retry, declined
}

/// One row of a processor's table of answers. A class: it is found and handed on, and never changes.
package final class ResponseCode: Hashable, Sendable {
    package let processor: ProcessorName
    package let code: String
    package let status: ResponseStatus
    package let text: String

    package init(processor: ProcessorName, code: String, status: ResponseStatus, text: String) {
        self.processor = processor
        self.code = code
        self.status = status
        self.text = text
    }

    package static func == (a: ResponseCode, b: ResponseCode) -> Bool {
        a === b || (a.processor == b.processor && a.code == b.code && a.status == b.status && a.text == b.text)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(processor)
        hasher.combine(code)
        hasher.combine(text)
    }

    /// The same code with another wording.
    package func worded(_ text: String) -> ResponseCode {
        ResponseCode(processor: processor, code: code, status: status, text: text)
    }
}

/// How the card data came to the merchant.
package enum EntryMode: String, Hashable, Sendable, CaseIterable {
    case keyed, telephone, eCommerce, recurring, swiped, chip, contactless, wallet, fallbackSwipe, fallbackKeyed
    /// The stripe of a card that was held to the reader; no chip was asked.
    case contactlessStripe
}

/// What the money is on.
package enum Tender: String, Hashable, Sendable, CaseIterable {
    case card, ach, giftCard
}
