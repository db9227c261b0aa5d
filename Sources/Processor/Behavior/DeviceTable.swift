import Cryptography
package import Payments

/// Card data that only the real service could decrypt: from a reader, or from a telephone's wallet.
package struct DevicePayload: Hashable, Sendable {
    package enum Handler: String, Hashable, Sendable, CaseIterable { case reader, applePay, googlePay }

    package var handler: Handler
    /// As sent. It may hold card data in clear, if a client did something wrong.
    package var text: AccountText
    /// When the telephone signed it, where the payload tells.
    package var signedAt: Instant?

    package init(handler: Handler, text: AccountText, signedAt: Instant? = nil) {
        self.handler = handler
        self.text = text
        self.signedAt = signedAt
    }
}

/// Which card stands behind which payload, since nobody here can decrypt it.
package struct DeviceTable: Sendable {
    package struct Row: Sendable {
        package var handlers: Set<DevicePayload.Handler>
        /// Of the whole payload as text.
        package var pattern: TextPattern
        /// One of them, chosen by a hash of the payload. Empty only together with an error.
        package var cards: [PrimaryAccountNumber]
        /// A published token in place of a made one.
        package var token: CardToken?
        package var expiry: CardExpiry?
        package var entryMode: EntryMode
        /// The error of the tokenizer in place of a token.
        package var error: Int?
        package var source: SourceLine?

        package init(
            handlers: Set<DevicePayload.Handler>, pattern: TextPattern, cards: [PrimaryAccountNumber],
            token: CardToken? = nil, expiry: CardExpiry? = nil, entryMode: EntryMode, error: Int? = nil,
            source: SourceLine? = nil
        ) {
            self.handlers = handlers
            self.pattern = pattern
            self.cards = cards
            self.token = token
            self.expiry = expiry
            self.entryMode = entryMode
            self.error = error
            self.source = source
        }
    }

    package let rows: [Row]

    package init(_ rows: [Row] = []) { self.rows = rows }

    /// The first row that fits.
    package func row(for payload: DevicePayload) -> Row? {
        payload.text.withClearText { text in
            rows.first { $0.handlers.contains(payload.handler) && $0.pattern.matches(text) }
        }
    }
}

/// A number that stands for a text of any length, the same in every process: what follows from a text that cannot be
/// decrypted must not depend on anything else.
struct TextDigest: Hashable, Sendable {
    /// Not negative.
    let number: Int

    init(_ text: AccountText) {
        number = text.withClearText { Int(truncatingIfNeeded: SHA256.hash($0).words.0 >> 1) }
    }
}
