package import Payments
package import Processor
import Texts

/// A fault of card data that shows before anything is looked up.
package struct TokenizerInputFault: Error {
    package let fault: TokenizerFault

    package init(_ fault: TokenizerFault) { self.fault = fault }
}

/// Card data that only the real service could decrypt, told apart by its form: what a wallet made, or a reader.
package enum EncryptedPayload {
    /// - Parameter now: the world's time; Google Pay says itself how long its keys are good.
    package static func read(_ text: String, now: Instant) throws(TokenizerInputFault) -> DevicePayload {
        if text.first == "{" { return try GooglePayPayload.read(text, now: now) }
        return text.contains("&ectype=") ? try ApplePayPayload.read(text) : try ReaderPayload.read(text)
    }

    /// It comes from a telephone's wallet, be it readable or not.
    package static func isOfWallet(_ text: String) -> Bool { text.first == "{" || text.contains("&ectype=") }
}
