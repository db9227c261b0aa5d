import Foundation
import Payments
import PropertySupport
import Testing

/// What must stay secret, however somebody prints it.
private struct Payment {
    var label = "payment"
    var number: PrimaryAccountNumber?
    var bank: BankAccountNumber?
    var cvv: CardVerificationValue?
    var text: AccountText?
}

private enum Wrapped: Error {
    case number(PrimaryAccountNumber)
    case bank(account: BankAccountNumber)
    case cvv(CardVerificationValue, Int)
    case text(AccountText)
}

@Suite struct SilenceTests {
    /// Every way in which Swift makes text of a value.
    private static func texts(of value: Any) -> [(way: String, text: String)] {
        var printed = ""
        print(value, to: &printed)
        var debugPrinted = ""
        debugPrint(value, to: &debugPrinted)
        var dumped = ""
        dump(value, to: &dumped)
        return [
            ("print", printed), ("debugPrint", debugPrinted), ("dump", dumped),
            ("describing", String(describing: value)),
            ("reflecting", String(reflecting: value)), ("interpolation", "\(value)"),
            ("mirror", reflected(Mirror(reflecting: value))), ("format", String(format: "%@", "\(value)")),
        ]
    }

    /// The whole tree that reflection reaches.
    private static func reflected(_ mirror: Mirror) -> String {
        var text = ""
        for child in mirror.children {
            text += "\(child.label ?? "")=\(child.value);" + reflected(Mirror(reflecting: child.value))
        }
        return text + (mirror.superclassMirror.map(reflected) ?? "")
    }

    private static func wrappings<Value: Hashable & Sendable>(_ value: Value) -> [(way: String, value: Any)] {
        let optional: Value? = value
        let nested: Value?? = .some(.some(value))
        return [
            ("bare", value), ("optional", optional as Any), ("optional of optional", nested as Any),
            ("array", [value]), ("set", Set([value])), ("dictionary", ["key": value]), ("key", [value: "value"]),
            ("tuple", (1, value)), ("slice", [value][...]), ("lazy", [value].lazy.map { $0 }),
            ("success", Result<Value, Wrapped>.success(value)), ("closed range", ClosedRange(uncheckedBounds: (0, 1))),
        ]
    }

    /// Five digits in a row would be more than the four that may show.
    private static func leaks(_ digits: String, in text: String, window: Int) -> Bool {
        let characters = Array(digits)
        guard characters.count >= window else { return text.contains(digits) }
        return (0...(characters.count - window)).contains { start in
            text.contains(String(characters[start..<start + window]))
        }
    }

    private func expectSilent<Value: Hashable & Sendable>(
        _ value: Value, _ secret: String, window: Int, _ more: [(String, Any)] = []
    ) {
        for wrapping in Self.wrappings(value) + more.map({ (way: $0.0, value: $0.1) }) {
            for (way, text) in Self.texts(of: wrapping.value) where Self.leaks(secret, in: text, window: window) {
                Issue.record("\(way) of \(wrapping.way) shows digits of a secret of \(secret.count)")
            }
        }
    }

    @Test(arguments: PropertySeeds.few)
    func cardNumbers(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for length in 9...19 {
            let digits = random.digits(length)
            let number = try #require(PrimaryAccountNumber(digits))
            #expect(number.lastFour == digits.suffix(4) && number.length == length)
            #expect(number.withClearDigits { $0 } == digits)
            expectSilent(
                number, digits, window: 5,
                [
                    ("struct", Payment(number: number)), ("enum", Wrapped.number(number)),
                    ("error", Wrapped.number(number) as any Error),
                    ("failure", Result<Int, Wrapped>.failure(.number(number))),
                    ("localized", (Wrapped.number(number) as any Error).localizedDescription),
                    ("NSError", Wrapped.number(number) as NSError),
                ])
        }
    }

    @Test(arguments: PropertySeeds.few)
    func bankAccounts(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for length in 5...17 {
            let digits = random.digits(length)
            let account = BankAccountNumber(routingNumber: "036001808", account: digits)
            #expect(account.lastFour == digits.suffix(4) && account.accountLength == length)
            expectSilent(
                account, digits, window: 5,
                [
                    ("struct", Payment(bank: account)), ("enum", Wrapped.bank(account: account)),
                    ("failure", Result<Int, Wrapped>.failure(.bank(account: account))),
                    ("NSError", Wrapped.bank(account: account) as NSError),
                ])
        }
    }

    /// Letters in between, so that no address that Foundation prints looks like it.
    @Test(arguments: ["9k8", "9k8w", "1x2y3z", "not digits"])
    func verificationValues(_ text: String) {
        let value = CardVerificationValue(text)
        #expect(value.withClearText { $0 } == text)
        expectSilent(
            value, text, window: 3,
            [
                ("struct", Payment(cvv: value)), ("enum", Wrapped.cvv(value, 1)),
                ("failure", Result<Int, Wrapped>.failure(.cvv(value, 1))),
                ("NSError", Wrapped.cvv(value, 1) as NSError),
            ])
    }

    @Test(arguments: PropertySeeds.few)
    func accountTexts(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for length in 6...30 {
            let digits = random.digits(length)
            let text = AccountText(digits)
            expectSilent(
                text, digits, window: 6,
                [
                    ("struct", Payment(text: text)), ("enum", Wrapped.text(text)),
                    ("failure", Result<Int, Wrapped>.failure(.text(text))), ("NSError", Wrapped.text(text) as NSError),
                ])
        }
    }

    /// The tests above are worth something only when they notice a type that is not silent.
    @Test func anOrdinaryTypeIsNoticed() {
        struct Talkative: Hashable { let digits = "4987654321" }
        let ways = Self.texts(of: [Talkative()]).filter { Self.leaks("4987654321", in: $0.text, window: 5) }.map(\.way)
        #expect(ways.count == 8, "\(ways)")
    }

    // MARK: - Reading

    struct NumberRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let isNumber: Bool

        init(_ name: String, _ text: String, _ isNumber: Bool) {
            testDescription = name
            self.text = text
            self.isNumber = isNumber
        }
    }

    @Test(arguments: [
        NumberRow("one digit", "4", true),
        NumberRow("nineteen digits", String(repeating: "4", count: 19), true),
        NumberRow("twenty digits", String(repeating: "4", count: 20), false),
        NumberRow("empty", "", false),
        NumberRow("a blank", "4 4", false),
        NumberRow("a letter", "4a", false),
        NumberRow("digits that are not ASCII", "٤٤٤٤", false),
    ])
    func whatIsANumber(_ row: NumberRow) {
        #expect((PrimaryAccountNumber(row.text) != nil) == row.isNumber)
        #expect((AccountText(row.text).number != nil) == row.isNumber)
    }

    @Test func blanksAndHyphensAreTakenOut() {
        #expect(AccountText("12 34-56").compacted == AccountText("123456"))
        #expect(AccountText("123456").compacted == AccountText("123456"))
        #expect(AccountText("").compacted.isEmpty)
        #expect(AccountText(" - ").compacted.isEmpty)
    }

    @Test(arguments: [
        NumberRow("routing and account", "036001808/12345678", true),
        NumberRow("short ones", "1/2", true),
        NumberRow("no slash", "03600180812345678", false),
        NumberRow("no routing number", "/12345678", false),
        NumberRow("no account", "036001808/", false),
        NumberRow("two slashes", "036001808/123/45", false),
        NumberRow("letters", "036001808/12a", false),
        NumberRow("a card number in place of the routing number", "4111111111111111/12345678", false),
        NumberRow("ten digits of routing number", "0360018080/12345678", false),
    ])
    func bankAccountTexts(_ row: NumberRow) {
        #expect((AccountText(row.text).bankAccount != nil) == row.isNumber)
    }

    struct CVVRow: CustomTestStringConvertible, Sendable {
        let text: String
        let isNumeric: Bool
        let fits: Bool
        var testDescription: String { "'\(text)'" }
    }

    @Test(arguments: [
        CVVRow(text: "123", isNumeric: true, fits: true), CVVRow(text: "1234", isNumeric: true, fits: true),
        CVVRow(text: "12", isNumeric: true, fits: false), CVVRow(text: "12345", isNumeric: true, fits: false),
        CVVRow(text: "12a", isNumeric: false, fits: false), CVVRow(text: "", isNumeric: false, fits: false),
        CVVRow(text: "١٢٣", isNumeric: false, fits: false),
    ])
    func verificationValueForms(_ row: CVVRow) {
        let value = CardVerificationValue(row.text)
        #expect(value.isNumeric == row.isNumeric)
        #expect(value.isThreeOrFourDigits == row.fits)
    }
}
