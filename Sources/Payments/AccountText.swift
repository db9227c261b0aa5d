/// What a client sent as an account: a token, a card number, or anything else. It may hold a card number in clear, so
/// it is as silent as one.
package struct AccountText: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    package init(_ text: String) { self.text = text }

    package var isEmpty: Bool { text.isEmpty }
    package var length: Int { text.utf8.count }

    /// Without the blanks and hyphens that people type.
    package var compacted: AccountText {
        if isDigits { return self }
        let hasSeparators = text.withBytes { bytes in
            bytes.contains { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
        }
        return hasSeparators ? AccountText(text.filter { $0 != " " && $0 != "-" }) : self
    }

    package var isDigits: Bool { Digits.areAll(text) }

    /// The number, when these are 1 to 19 digits.
    package var number: PrimaryAccountNumber? { PrimaryAccountNumber(text) }

    /// `routing/account`, the form in which bank accounts are tokenized; nil when the two are not well formed.
    package var bankAccount: BankAccountNumber? {
        guard !isDigits, text.withBytes({ $0.contains(UInt8(ascii: "/")) }) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let bank = BankAccountNumber(routingNumber: String(parts[0]), account: String(parts[1]))
        return bank.isWellFormed ? bank : nil
    }

    /// A bank account whose routing number came in a field of its own; whether it is well formed is not looked at.
    package func bankAccount(routingNumber: String) -> BankAccountNumber {
        BankAccountNumber(routingNumber: routingNumber, account: text)
    }

    /// Reads the text as a token; whether there is such a token is the vault's business.
    package var asToken: CardToken { CardToken(text) }

    /// Hands the text to the answer that repeats it.
    package func withClearText<Result>(_ body: (String) -> Result) -> Result { body(text) }

    package var description: String { "account(\(length) characters)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
