import JSON
import Testing

@Suite struct ValueTests {
    static let all: [JSONValue] = [.null, true, .number("10.00"), "text", [1, 2], ["a": 1, "b": .null]]

    @Test func accessorsAnswerForTheirKindAlone() {
        #expect(ValueTests.all.map(\.isNull) == [true, false, false, false, false, false])
        #expect(ValueTests.all.map(\.boolValue) == [nil, true, nil, nil, nil, nil])
        #expect(ValueTests.all.map(\.numberLiteral) == [nil, nil, "10.00", nil, nil, nil])
        #expect(ValueTests.all.map(\.stringValue) == [nil, nil, nil, "text", nil, nil])
        #expect(ValueTests.all.map(\.text) == [nil, nil, "10.00", "text", nil, nil])
        #expect(ValueTests.all.map(\.array) == [nil, nil, nil, nil, [1, 2], nil])
        #expect(ValueTests.all.map(\.object) == [nil, nil, nil, nil, nil, ["a": 1, "b": .null]])
        #expect(ValueTests.all.map { $0["a"] } == [nil, nil, nil, nil, nil, 1])
        #expect(ValueTests.all.map { $0[1] } == [nil, nil, nil, nil, 2, nil])
        #expect(ValueTests.all.map { $0.present("b") } == [nil, nil, nil, nil, nil, nil])
        #expect(ValueTests.all.map { $0.present("a") } == [nil, nil, nil, nil, nil, 1])
    }

    @Test(arguments: [
        "0": 0, "-0": 0, "7": 7, "-12": -12, "9223372036854775807": Int.max, "-9223372036854775808": Int.min,
    ])
    func integer(literal: String, number: Int) {
        #expect(JSONValue.number(literal).integer == number)
    }

    @Test(arguments: ["1.0", "1e3", "9223372036854775808", "-9223372036854775809", "0.5"])
    func noInteger(literal: String) {
        #expect(JSONValue.number(literal).integer == nil)
    }

    @Test func textIsNoNumber() {
        #expect(JSONValue.string("7").integer == nil)
        #expect(JSONValue.string("7").numberLiteral == nil)
    }

    @Test(arguments: ["0", "-0", "10.00", "1e9", "-1.5E-10", "1234567890123456789012345678901234567890"])
    func numberLiteral(text: String) {
        #expect(JSONValue(numberLiteral: text) == .number(text))
    }

    @Test(arguments: [
        "", " ", "1 ", " 1", "+1", "01", "1.", ".5", "1e", "-", "abc", "1,2", "1\n", "NaN", "0x1", "\"1\"",
    ])
    func noNumberLiteral(text: String) {
        #expect(JSONValue(numberLiteral: text) == nil)
    }

    @Test func literals() {
        let amount = "10.00"
        #expect(JSONValue("a") == .string("a"))
        #expect("amount \(amount)" as JSONValue == .string("amount 10.00"))
        #expect(JSONValue(amount) == .string("10.00"))
        #expect(JSONValue(amount.isEmpty) == .bool(false))
        #expect(JSONValue(UInt8(7)) == .number("7"))
        #expect(-7 as JSONValue == .number("-7"))
        #expect([1, "a"] as JSONValue == .array([.number("1"), .string("a")]))
        #expect(
            ["b": 1, "a": true] as JSONValue
                == .object(JSONObject([.init("b", .number("1")), .init("a", .bool(true))])))
        #expect(JSONValue(pairs: [("b", 1), ("a", true)]) == ["b": 1, "a": true])
        #expect(["b": 1, "a": true] as JSONValue != ["a": true, "b": 1])
    }

    @Test func nullCountsAsAbsent() {
        let object: JSONObject = ["a": .null, "b": "", "c": false, "d": 0]
        #expect(object["a"] == .null)
        #expect(object.present("a") == nil)
        #expect(object.present("b") == "")
        #expect(object.present("c") == false)
        #expect(object.present("d") == 0)
        #expect(object.present("e") == nil)
        #expect(object["e"] == nil)
    }

    @Test func settingKeepsTheOrder() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = 20
        object["d"] = 4
        object["a"] = nil
        object["e"] = nil
        object.append("f", 5)
        #expect(object == ["b": 20, "c": 3, "d": 4, "f": 5])
        #expect(object.names == ["b", "c", "d", "f"])
        #expect(object.count == 4)
        #expect(!object.isEmpty)
        #expect(JSONObject().isEmpty)
    }

    @Test func lookupFindsTheFirstAndComparesBytes() {
        var object: JSONObject = ["e\u{301}": 1]
        #expect(object["\u{E9}"] == nil)
        object.append("a", 1)
        object.append("a", 2)
        #expect(object["a"] == 1)
        #expect(object.names == ["e\u{301}", "a", "a"])
    }
}
