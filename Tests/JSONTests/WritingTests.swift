import JSON
import Testing

struct WrittenRow: CustomTestStringConvertible, Sendable {
    var testDescription: String { text }
    var value: JSONValue
    var text: String

    init(_ value: JSONValue, _ text: String) {
        self.value = value
        self.text = text
    }
}

@Suite struct WritingTests {
    @Test(arguments: [
        WrittenRow(.null, "null"),
        WrittenRow(true, "true"),
        WrittenRow(false, "false"),
        WrittenRow(.number("10.00"), "10.00"),
        WrittenRow(.number("-0"), "-0"),
        WrittenRow(-12, "-12"),
        WrittenRow("", #""""#),
        WrittenRow("a/b", #""a/b""#),
        WrittenRow("\"", #""\"""#),
        WrittenRow("\\", #""\\""#),
        WrittenRow("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
        WrittenRow("\u{0}\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
        WrittenRow("\u{7F}\u{80}é€😀\u{2028}", "\"\u{7F}\u{80}é€😀\u{2028}\""),
        WrittenRow([], "[]"),
        WrittenRow([:], "{}"),
        WrittenRow([1, "a", .null, [true], [:]], #"[1,"a",null,[true],{}]"#),
        WrittenRow(["b": 1, "a": ["c": []], "": ""], #"{"b":1,"a":{"c":[]},"":""}"#),
        WrittenRow(["a\"\n": 1], #"{"a\"\n":1}"#),
    ])
    func compact(_ row: WrittenRow) {
        #expect(row.value.serializedText() == row.text)
        #expect(row.value.serialized() == Array(row.text.utf8))
        var bytes = Array("before ".utf8)
        row.value.write(to: &bytes)
        #expect(bytes == Array("before \(row.text)".utf8))
        #expect(row.value.object.map { $0.serialized() } ?? bytes.suffix(row.text.utf8.count) == Array(row.text.utf8))
    }

    /// One byte that needs an escape at every place of strings of every length up to four words.
    @Test(arguments: ["\"", "\\", "\u{0}", "\u{1F}", "\n"])
    func escapesAtEveryPlace(special: String) throws {
        let escapes = ["\"": #"\""#, "\\": #"\\"#, "\u{0}": #"\u0000"#, "\u{1F}": #"\u001f"#, "\n": #"\n"#]
        let escape = try #require(escapes[special])
        for length in 0..<33 {
            for place in 0...length {
                let (head, tail) = (String(repeating: "é", count: place), String(repeating: "~", count: length - place))
                let value = JSONValue.string(head + special + tail)
                #expect(value.serializedText() == "\"\(head)\(escape)\(tail)\"")
                #expect(try JSONValue(parsing: value.serialized()) == value)
            }
        }
    }

    @Test func everyLengthWithoutEscapes() {
        for length in 0..<100 {
            let text = String(decoding: (0..<length).map { UInt8(0x23 + $0 % 50) }, as: UTF8.self)
            #expect(JSONValue.object([text: .string(text)]).serializedText() == "{\"\(text)\":\"\(text)\"}")
        }
    }

    @Test func longerThanTheFirstBuffer() throws {
        for length in [1021, 1022, 1023, 1024, 1025, 2047, 2048, 100_000] {
            for text in [String(repeating: "x", count: length), String(repeating: "\n", count: length)] {
                let value: JSONValue = [.string(text), 1, .string(text)]
                #expect(try JSONValue(parsing: value.serialized()) == value)
            }
        }
    }

    @Test func pretty() {
        let value: JSONValue = [
            "name": "a", "none": [], "nothing": [:], "list": [1, [true, .null], ["b": "c"]], "object": ["d": 10],
        ]
        #expect(
            value.prettyText() == """
                {
                  "name": "a",
                  "none": [],
                  "nothing": {},
                  "list": [
                    1,
                    [
                      true,
                      null
                    ],
                    {
                      "b": "c"
                    }
                  ],
                  "object": {
                    "d": 10
                  }
                }
                """)
        #expect(JSONValue.string("a").prettyText() == #""a""#)
        #expect(JSONValue.array([]).prettyText() == "[]")
    }
}
