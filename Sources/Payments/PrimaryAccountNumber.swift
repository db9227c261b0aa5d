/// A card number in clear. It cannot be printed, reflected or encoded: only its last four digits show.
///
/// It lives no longer than the request that carried it; books and journal keep a ``CardToken`` and a fingerprint.
package struct PrimaryAccountNumber: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let digits: String

    /// Any text of 1 to 19 decimal digits; nil otherwise. Whether it is a card number of a brand is another question.
    package init?(_ text: some StringProtocol) {
        guard (1...19).contains(text.utf8.count), Digits.areAll(text) else { return nil }
        digits = String(text)
    }

    package var length: Int { digits.utf8.count }
    package var lastFour: String { digits.lastBytes(4) }
    package var bin: BIN { BIN(leadingDigitsOf: digits) }
    package var passesLuhn: Bool { Luhn.isValid(digits) }

    /// Hands the digits to the few places that must see them: fingerprints, tokens and brand tables.
    package func withClearDigits<Result>(_ body: (String) -> Result) -> Result { body(digits) }

    package var description: String { "PAN(…\(lastFour))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["lastFour": lastFour]) }
}

/// A bank account in clear, for ACH. As silent as a card number.
package struct BankAccountNumber: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The ABA routing number; public knowledge, so it may be shown.
    package let routingNumber: String
    private let account: String

    package init(routingNumber: String, account: String) {
        self.routingNumber = routingNumber
        self.account = account
    }

    package var lastFour: String { account.lastBytes(4) }
    package var accountLength: Int { account.utf8.count }

    /// Digits only, and no more than nine of them in the routing number. Anything else is no bank account, and may be a
    /// card number in the wrong field.
    package var isWellFormed: Bool {
        Digits.areAll(account) && Digits.areAll(routingNumber) && routingNumber.utf8.count <= 9
    }

    /// Nine digits whose weighted sum (3, 7, 1) is a multiple of ten.
    package var hasValidRoutingNumber: Bool { RoutingNumber.isValid(routingNumber) }

    package func withClearDigits<Result>(_ body: (_ routing: String, _ account: String) -> Result) -> Result {
        body(routingNumber, account)
    }

    package var description: String { "BankAccount(…\(lastFour))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["lastFour": lastFour]) }
}

/// A card verification value. Nothing of it is ever shown or kept.
package struct CardVerificationValue: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    package init(_ text: String) { self.text = text }

    package var isThreeOrFourDigits: Bool { (3...4).contains(text.utf8.count) && Digits.areAll(text) }

    package var isNumeric: Bool { Digits.areAll(text) }

    package func withClearText<Result>(_ body: (String) -> Result) -> Result { body(text) }

    package var description: String { "CVV(…)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The leading digits of a card number: six, or all of them when there are fewer.
package struct BIN: Hashable, Sendable, CustomStringConvertible {
    package let digits: String

    package init(_ digits: String) { self.digits = digits }

    init(leadingDigitsOf number: String) { digits = number.firstBytes(6) }

    package var description: String { digits }
}

/// Tests on decimal digits.
@usableFromInline
package enum Digits {
    @inlinable
    package static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inlinable
    package static func areAll(_ text: some StringProtocol) -> Bool { text.withBytes(areAll) }

    @usableFromInline
    static func areAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        // Eight at a time: the upper half of each is 3, and still is when six is added, which carries from ten on.
        while position &+ 8 <= bytes.count {
            let eight = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let isWithin = eight & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
            guard isWithin, (eight &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030 else {
                return false
            }
            position &+= 8
        }
        while position < bytes.count {
            guard isDigit(bytes[position]) else { return false }
            position &+= 1
        }
        return position > 0
    }
}

extension String {
    /// Equal but for the case of ASCII letters.
    package func isSameWord(_ other: String) -> Bool {
        if self == other { return true }
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { bytes in
            other.withBytes { others in
                for position in 0..<bytes.count {
                    let lowercase = bytes[position] | 0x20
                    let isLetter = lowercase >= UInt8(ascii: "a") && lowercase <= UInt8(ascii: "z")
                    guard
                        bytes[position] == others[position] || (isLetter && lowercase == others[position] | 0x20)
                    else { return false }
                }
                return true
            }
        }
    }
}

/// The check digit of ISO/IEC 7812-1 annex B.
package enum Luhn {
    /// Not generic, for other targets do not specialize what is.
    package static func isValid(_ digits: String) -> Bool {
        guard Digits.areAll(digits) else { return false }
        return sum(digits, doublingLast: false) % 10 == 0
    }

    /// The digit that, put behind the given ones, makes them valid.
    package static func checkDigit(for digits: some StringProtocol) -> Character {
        let rest = (10 - sum(digits, doublingLast: true) % 10) % 10
        return Character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(rest)))
    }

    private static func sum(_ digits: some StringProtocol, doublingLast: Bool) -> Int {
        var total = 0
        var doubles = doublingLast
        digits.withBytes { bytes in
            for position in stride(from: bytes.count - 1, through: 0, by: -1) {
                let digit = Int(bytes[position] &- UInt8(ascii: "0"))
                let weighted = doubles ? digit * 2 : digit
                total += weighted > 9 ? weighted - 9 : weighted
                doubles.toggle()
            }
        }
        return total
    }
}

/// The check of ABA routing numbers.
package enum RoutingNumber {
    package static func isValid(_ text: String) -> Bool {
        guard text.utf8.count == 9, Digits.areAll(text) else { return false }
        let weights = [3, 7, 1]
        let sum = text.utf8.enumerated().reduce(0) { $0 + weights[$1.offset % 3] * Int($1.element - UInt8(ascii: "0")) }
        return sum % 10 == 0
    }
}
