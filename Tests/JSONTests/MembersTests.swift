import JSON
import Testing

@Suite struct MembersTests {
    private func text(_ members: JSONMembers, otherwise: Bool = false) -> String {
        String(decoding: members.document(otherwise: otherwise), as: UTF8.self)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let document: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(name: "empty", text: "", document: #"{"name":"","last":"1"}"#),
        Row(name: "one byte", text: "A", document: #"{"name":"A","last":"1"}"#),
        Row(name: "four bytes", text: "ABCD", document: #"{"name":"ABCD","last":"1"}"#),
        Row(name: "seven bytes", text: "ABCDEFG", document: #"{"name":"ABCDEFG","last":"1"}"#),
        Row(name: "sixteen bytes", text: "0123456789abcdef", document: #"{"name":"0123456789abcdef","last":"1"}"#),
        Row(name: "a quote", text: #"a"b"#, document: #"{"name":"a\"b","last":"1"}"#),
        Row(name: "a quote behind eight bytes", text: #"12345678""#, document: #"{"name":"12345678\"","last":"1"}"#),
        Row(name: "a control character", text: "a\u{1}b", document: #"{"name":"a\u0001b","last":"1"}"#),
        Row(name: "beyond ASCII", text: "Zürich €", document: #"{"name":"Zürich €","last":"1"}"#),
    ])
    func aTextIsWritten(row: Row) {
        var members = JSONMembers()
        members.append("name", row.text)
        members.append("last", "1")
        #expect(text(members) == row.document)
    }

    @Test func nothingIsAnObjectToo() {
        #expect(text(JSONMembers()) == "{}")
    }

    /// Every length, across the room that there is at first.
    @Test func theyGrow() throws {
        var members = JSONMembers()
        var expected: [(String, JSONValue)] = []
        for length in 0..<200 {
            let text = String(repeating: "x", count: length)
            members.append("member", text)
            expected.append(("member", .string(text)))
            #expect(members.document() == JSONValue.object(JSONObject(pairs: expected)).serialized())
        }
        members.append("value", value: .array([.null, .number("1.50")]))
        #expect(text(members).hasSuffix(#","value":[null,1.50]}"#))
    }

    @Test func aCopyIsItsOwn() {
        var first = JSONMembers()
        first.append("a", "1")
        var second = first
        second.append("b", "2")
        first.append("c", "3")
        #expect(text(first) == #"{"a":"1","c":"3"}"#)
        #expect(text(second) == #"{"a":"1","b":"2"}"#)
    }

    @Test func placesMayChange() {
        var members = JSONMembers()
        for name in ["a", "b", "c"] { members.append(name, value: .string(name)) }
        members.pieces.reverse()
        #expect(text(members) == #"{"c":"c","b":"b","a":"a"}"#)
        #expect(members.contains("b") && !members.contains("d"))
        #expect(members.read().map(\.usual.name) == ["c", "b", "a"])
    }

    @Test func aSecondFormShowsInTheOtherDocument() {
        var members = JSONMembers()
        members.append("a", "1")
        members.append("secret", "s\"", otherwise: "(2 characters)")
        members.append("z", "26")
        #expect(text(members) == #"{"a":"1","secret":"s\"","z":"26"}"#)
        #expect(text(members, otherwise: true) == #"{"a":"1","secret":"(2 characters)","z":"26"}"#)
    }

    @Test func anObjectIsAddedInItsUsualForm() {
        var inner = JSONMembers()
        inner.append("secret", "s", otherwise: "hidden")
        var members = JSONMembers()
        members.append("inner", inner)
        #expect(text(members, otherwise: true) == #"{"inner":{"secret":"s"}}"#)
    }

    @Test func oneIsPutTogetherByteByByte() {
        var members = JSONMembers()
        members.append("a", "1")
        members.appendMember(atMost: 20) { cursor in
            cursor.putQuoted(0x6362_61, length: 3)
            cursor.put(UInt8(ascii: ":"))
            cursor.putQuoted(0x6867_6665_6463_6261, length: 8)
        }
        #expect(text(members) == #"{"a":"1","abc":"abcdefgh"}"#)
    }
}
