import JSON
import Testing

/// A document that must be read.
struct AcceptedRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var value: JSONValue

    init(_ name: String, _ text: String, _ value: JSONValue) { self.init(name, bytes: Array(text.utf8), value) }

    init(_ name: String, bytes: [UInt8], _ value: JSONValue) {
        testDescription = name
        self.bytes = bytes
        self.value = value
    }
}

@Suite struct AcceptedTests {
    static let scalars: [AcceptedRow] = [  // RFC 8259 §2, §3
        .init("null", "null", .null),
        .init("true", "true", .bool(true)),
        .init("false", "false", .bool(false)),
        .init("blanks before", " \t\r\n1", .number("1")),
        .init("blanks after", "1 \t\r\n", .number("1")),
        .init("blanks everywhere", " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ", ["a": [1, 2], "b": [:]]),
    ]

    static let numbers: [AcceptedRow] = [  // RFC 8259 §6: the literal is kept
        "0", "-0", "-0.0", "1", "-1", "9", "10", "123456789", "10.00", "0.10", "106.00", "-12.50", "0e0", "0E0", "1e9",
        "1E9", "1e+9", "1e-9", "1E+05", "1.5e10", "0.1e-1", "-0e-0", "1e00", "20e1", "1e400", "-1e-400",
        "1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890",
        "9223372036854775808", "18446744073709551616", "123.456e78", "0.000000000000000000000000000000000000000001",
    ].map { .init("number \($0)", $0, .number($0)) }

    static let strings: [AcceptedRow] = [  // RFC 8259 §7, §8
        .init("empty string", #""""#, ""),
        .init("plain string", #""abc""#, "abc"),
        .init("seven bytes", #""1234567""#, "1234567"),
        .init("eight bytes", #""12345678""#, "12345678"),
        .init("nine bytes", #""123456789""#, "123456789"),
        .init("blanks in a string", #""  a  ""#, "  a  "),
        .init("JSON in a string", #""{\"a\":[1,2]}""#, #"{"a":[1,2]}"#),
        .init("escaped quote", #""a\"b""#, "a\"b"),
        .init("escaped backslash", #""a\\b""#, "a\\b"),
        .init("backslash before the closing quote", #""a\\""#, "a\\"),
        .init("escaped slash", #""a\/b""#, "a/b"),
        .init("unescaped slash", #""a/b""#, "a/b"),
        .init("all short escapes", #""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        .init("escape first", #""\nabcdefghijkl""#, "\nabcdefghijkl"),
        .init("escape last", #""abcdefghijkl\n""#, "abcdefghijkl\n"),
        .init("escapes one after the other", #""\n\n\n\n\n\n\n\n\n\n""#, "\n\n\n\n\n\n\n\n\n\n"),
        .init("escaped letter", #""\u0041""#, "A"),
        .init("hexadecimal digits in both cases", #""\u00eF\u00Ef""#, "\u{EF}\u{EF}"),
        .init("escaped NUL", #""\u0000""#, "\u{0}"),
        .init("escaped control character", #""\u001f""#, "\u{1F}"),
        .init("escaped DEL", #""\u007f""#, "\u{7F}"),
        .init("escaped two-byte character", #""\u00e9""#, "é"),
        .init("escaped three-byte character", #""\u20AC""#, "€"),
        .init("highest before the surrogates", #""\uD7FF""#, "\u{D7FF}"),
        .init("lowest after the surrogates", #""\uE000""#, "\u{E000}"),
        .init("noncharacter", #""\uFFFF""#, "\u{FFFF}"),
        .init("surrogate pair", #""\uD83D\uDE00""#, "😀"),
        .init("lowest surrogate pair", #""\uD800\uDC00""#, "\u{10000}"),
        .init("highest surrogate pair", #""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        .init("two surrogate pairs", #""\uD83D\uDE00\uD83D\uDE01""#, "😀😁"),
        .init("u escape with digits after it", #""\u00412""#, "A2"),
        .init("DEL as it is", "\"\u{7F}\"", "\u{7F}"),
        .init("two-byte characters", "\"\u{80}é\u{7FF}\"", "\u{80}é\u{7FF}"),
        .init("three-byte characters", "\"\u{800}€\u{D7FF}\u{E000}\u{FFFD}\"", "\u{800}€\u{D7FF}\u{E000}\u{FFFD}"),
        .init("four-byte characters", "\"\u{10000}😀\u{10FFFF}\"", "\u{10000}😀\u{10FFFF}"),
        .init("long text beyond ASCII", "\"Zürich, Köln, Łódź, 東京, قاهرة\"", "Zürich, Köln, Łódź, 東京, قاهرة"),
        .init("line separators", "\"\u{2028}\u{2029}\"", "\u{2028}\u{2029}"),
        .init("byte order mark inside", "\"\u{FEFF}\"", "\u{FEFF}"),
    ]

    static let containers: [AcceptedRow] = [  // RFC 8259 §4, §5
        .init("empty array", "[]", []),
        .init("empty array with blanks", "[ \n ]", []),
        .init("empty object", "{}", [:]),
        .init("empty object with blanks", "{ \n }", [:]),
        .init("one element", "[1]", [1]),
        .init("elements of all kinds", #"[null,true,1,"a",[],{}]"#, [.null, true, 1, "a", [], [:]]),
        .init("nested arrays", "[[[]],[]]", [[[]], []]),
        .init("members in their order", #"{"b":1,"a":2,"c":3}"#, ["b": 1, "a": 2, "c": 3]),
        .init("nested objects", #"{"a":{"b":{"c":[{}]}}}"#, ["a": ["b": ["c": [[:]]]]]),
        .init("empty name", #"{"":1}"#, ["": 1]),
        .init("escaped name", #"{"\u0061\"":1}"#, ["a\"": 1]),
        .init("names that differ in case", #"{"a":1,"A":2}"#, ["a": 1, "A": 2]),
        .init("equal names at different levels", #"{"a":{"a":1}}"#, ["a": ["a": 1]]),
        .init("canonically equivalent names", "{\"\u{E9}\":1,\"e\u{301}\":2}", ["\u{E9}": 1, "e\u{301}": 2]),
        .init("last of equal names", #"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]),
        .init("equal names, one escaped", #"{"a":1,"\u0061":2}"#, ["a": 2]),
        .init("equal empty names", #"{"":1,"":2}"#, ["": 2]),
    ]

    @Test(arguments: scalars + numbers + strings + containers)
    func isRead(_ row: AcceptedRow) throws {
        let value = try JSONValue(parsing: row.bytes)
        #expect(value == row.value)
        // `==` is blind to canonical equivalence, and the bytes that are written are not.
        #expect(value.serialized() == row.value.serialized())
    }

    /// What surrounds a document in a larger buffer must not be read.
    @Test(arguments: scalars + numbers + strings + containers)
    func isReadFromEveryKindOfBuffer(_ row: AcceptedRow) throws {
        let surrounded = Array("\"1".utf8) + row.bytes + Array("1\"".utf8)
        let slice = surrounded.dropFirst(2).dropLast(2)
        #expect(try JSONValue(parsing: slice) == row.value)
        #expect(try slice.withUnsafeBufferPointer { try JSONValue(parsing: $0) } == row.value)
        #expect(try JSONValue(parsing: row.bytes.span) == row.value)
        #expect(try JSONValue(parsing: String(decoding: row.bytes, as: UTF8.self)) == row.value)
    }

    /// Reading, writing and reading again change nothing.
    @Test(arguments: scalars + numbers + strings + containers)
    func returns(_ row: AcceptedRow) throws {
        #expect(try JSONValue(parsing: row.value.serialized()) == row.value)
        #expect(try JSONValue(parsing: row.value.prettyPrinted()) == row.value)
    }
}
