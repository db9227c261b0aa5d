import JSON
import ServiceKit
import Testing

/// The second line of defence against card numbers in what is kept.
@Suite struct CardNumberGuardTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let masked: String
        var testDescription: String { masked }

        init(_ text: String, _ masked: String? = nil) {
            self.text = text
            self.masked = masked ?? text
        }
    }

    static let rows: [Row] = [
        Row(""), Row("no digits at all"), Row("411111111111"),
        Row("4111111111111111", "************1111"),
        Row("a4111111111111111b", "a************1111b"),
        Row("4111 1111 1111 1111", "**** **** **** 1111"),
        Row("4111-1111-1111-1111", "****-****-****-1111"),
        Row("x 4111 1111 1111 1111.", "x **** **** **** 1111."),
        Row("4111111111111111,4111 1111 1111 1111", "************1111,**** **** **** 1111"),
        Row("on 2030-01-02 4111-1111-1111-1111", "on 2030-01-02 ****-****-****-1111"),
        Row("2030 4111111111111111", "2030 ************1111"),
        // Two separators, mixed separators, and another check digit.
        Row("4111  1111  1111  1111"), Row("4111-1111 1111-1111"), Row("4111111111111112"), Row("4111 1111 1111 1112"),
        // A token, a time, a longer number.
        Row("9418594164541111"), Row("2030-01-02T10:00:00.000000Z"), Row("41111111111111110000"),
        Row("é4111111111111111é", "é************1111é"),
    ]

    @Test(arguments: rows)
    func masks(_ row: Row) {
        #expect(CardNumberGuard.masked(row.text) == row.masked)
    }

    @Test func masksInsideDocuments() {
        let value: JSONValue = [
            "4111111111111111": [.number("4111111111111111"), "4111 1111 1111 1111", true, .null, .number("1.5")]
        ]
        #expect(
            CardNumberGuard.masked(value) == [
                "************1111": ["************1111", "**** **** **** 1111", true, .null, .number("1.5")]
            ])
    }
}
