import Payments
import Processor
import Testing

/// Outcomes in words.
@Suite struct TriggerTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        /// Operation and outcome as understood; nil for a text that means nothing.
        let meaning: String?
        var testDescription: String { text }
        init(_ text: String, _ meaning: String?) {
            self.text = text
            self.meaning = meaning
        }
    }

    @Test(arguments: [
        Row("DECLINE 51", "authorization: DECLINE 51"), Row("decline-NU-order-7", "authorization: DECLINE NU"),
        Row("DECLINE", nil), Row("DECLINE 51!", nil), Row("DECLINE 12345", nil),
        Row("capture_timeout", "capture: TIMEOUT"), Row("VOID APPROVE", "void: APPROVE"),
        Row("REFUND REFUSE INVALIDTOKEN", "refund: REFUSE invalidToken"), Row("REFUSE nothing", nil),
        Row("INQUIRE HTTP 503", "inquiry: HTTP 503"), Row("HTTP 99", nil), Row("HTTP 600", nil), Row("HTTP", nil),
        Row("TOKENIZE RESET", "tokenization: RESET"), Row("AUTH LOSE", "authorization: LOSE"),
        Row("TOKENIZE DECLINE 54", "tokenization: DECLINE 54"), Row("TOKENIZE DECLINE NU", nil),
        Row("TOKENIZE DECLINE 0", nil), Row("TOKENIZE REFUSE invalidToken", nil),
        Row("TOKENIZE REFUSE UNKNOWNTOKEN", "tokenization: REFUSE unknownToken"), Row("TOKENIZE REFUSE", nil),
        Row("TOKENIZE PARTIAL 5.00", "tokenization: PARTIAL"),
        Row("TOKENIZE TIMEOUT", "tokenization: TIMEOUT"),
        Row("PARTIAL 5.00", "authorization: PARTIAL 5.00"), Row("PARTIAL 0", nil), Row("PARTIAL x", nil),
        Row("DELAY 5", "authorization: DELAY 5"), Row("DELAY 3601", nil), Row("MALFORMED", "authorization: MALFORMED"),
        Row("", nil), Row("Larry DECLINE 51", nil), Row("CAPTURE", nil), Row("DECLINEE 51", nil),
        Row("TIMEOUT " + String(repeating: "x", count: 57), nil),
    ])
    func words(_ row: Row) {
        let trigger = Trigger(row.text, operation: "authorization")
        #expect(trigger.map { "\($0.operation): \($0.words)" } == row.meaning)
    }

    private static func authorize(
        name: String? = nil, order: String? = nil, _ settings: TriggerSettings
    ) throws -> AuthorizationOutcome {
        var world = Sample.world(Sample.behavior { $0.triggers = settings })
        var command = Authorize(
            service: "test", merchant: Sample.late, source: .account(AccountText(Sample.plain)),
            amount: .minorUnits(100))
        command.expiry = CardExpiry("1230").map { .date($0) } ?? .unreadable
        command.name = name
        command.orderID = order.map { OrderID($0) }
        return try world.run(command)
    }

    @Test func areOffUnlessTurnedOn() throws {
        var byName = TriggerSettings()
        byName.cardholder = true
        var byOrder = TriggerSettings()
        byOrder.order = true
        let off = TriggerSettings()
        let refusal = "REFUSE invalidCard"
        #expect(try Self.authorize(name: refusal, order: refusal, off).told.status == .approved)
        #expect(try Self.authorize(name: refusal, byOrder).told.status == .approved)
        #expect(try Self.authorize(order: refusal, byName).told.status == .approved)
        #expect(try Self.authorize(name: refusal, byName).told.code == "invalidCard")
        #expect(try Self.authorize(order: refusal, byOrder).told.code == "invalidCard")
        #expect(try Self.authorize(name: "CAPTURE " + refusal, byName).told.status == .approved)
    }
}
