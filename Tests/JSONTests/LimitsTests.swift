import JSON
import Testing

/// A document at a limit, and the same with one thing more.
struct LimitRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var limits: JSONLimits
    var accepted: String
    var refused: String
    var error: JSONError

    init(
        _ name: String, _ limits: JSONLimits, accepted: String, refused: String, _ reason: JSONError.Reason,
        at offset: Int
    ) {
        testDescription = name
        self.limits = limits
        self.accepted = accepted
        self.refused = refused
        error = JSONError(reason, at: offset)
    }
}

@Suite struct LimitsTests {
    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    static func members(_ count: Int) -> String {
        "{" + (0..<count).map { "\"m\($0)\":\($0)" }.joined(separator: ",") + "}"
    }

    static func elements(_ count: Int) -> String {
        "[" + repeatElement("0", count: count).joined(separator: ",") + "]"
    }

    @Test(arguments: [
        LimitRow(
            "bytes", JSONLimits(maximumBytes: 8), accepted: "[1234] \n", refused: "[1234] \n\n",
            .tooManyBytes(limit: 8), at: 8),
        LimitRow(
            "default bytes", .default, accepted: "1" + String(repeating: " ", count: (1 << 20) - 1),
            refused: "1" + String(repeating: " ", count: 1 << 20), .tooManyBytes(limit: 1 << 20), at: 1 << 20),
        LimitRow(
            "depth of arrays", JSONLimits(maximumDepth: 3), accepted: "[[[1]]]", refused: "[[[[1]]]]",
            .tooDeep(limit: 3), at: 3),
        LimitRow(
            "depth of objects", JSONLimits(maximumDepth: 2), accepted: #"{"a":{"b":1}}"#,
            refused: #"{"a":{"b":{}}}"#, .tooDeep(limit: 2), at: 10),
        LimitRow(
            "depth of both", JSONLimits(maximumDepth: 2), accepted: #"{"a":[1],"b":[2]}"#,
            refused: #"{"a":[1],"b":[{}]}"#, .tooDeep(limit: 2), at: 14),
        LimitRow(
            "depth zero", JSONLimits(maximumDepth: 0), accepted: "1", refused: "[]", .tooDeep(limit: 0), at: 0),
        LimitRow(
            "default depth", .default, accepted: nested(64), refused: nested(65), .tooDeep(limit: 64), at: 64),
        LimitRow(
            "highest depth", JSONLimits(maximumDepth: JSONLimits.highestDepth),
            accepted: nested(JSONLimits.highestDepth), refused: nested(JSONLimits.highestDepth + 1),
            .tooDeep(limit: JSONLimits.highestDepth), at: JSONLimits.highestDepth),
        LimitRow(
            "string", JSONLimits(maximumStringBytes: 4), accepted: #"["abcd"]"#, refused: #"["abcd","abcde"]"#,
            .stringTooLong(limit: 4), at: 8),
        LimitRow(
            "string with escapes, counted unescaped", JSONLimits(maximumStringBytes: 4), accepted: #""\n\u20ac""#,
            refused: #""ab\u20ac""#, .stringTooLong(limit: 4), at: 0),
        LimitRow(
            "string beyond ASCII, counted in bytes", JSONLimits(maximumStringBytes: 4), accepted: "\"éé\"",
            refused: "\"éé1\"", .stringTooLong(limit: 4), at: 0),
        LimitRow(
            "member name", JSONLimits(maximumStringBytes: 4), accepted: #"{"abcd":1}"#, refused: #"{"abcde":1}"#,
            .stringTooLong(limit: 4), at: 1),
        LimitRow(
            "number", JSONLimits(maximumStringBytes: 4), accepted: "10.0", refused: "10.00",
            .stringTooLong(limit: 4), at: 0),
        LimitRow(
            "default string", .default, accepted: "\"" + String(repeating: "x", count: 1 << 18) + "\"",
            refused: "\"" + String(repeating: "x", count: 1 << 18 + 1) + "\"", .stringTooLong(limit: 1 << 18), at: 0),
        LimitRow(
            "members", JSONLimits(maximumMembers: 2), accepted: #"{"a":1,"b":2}"#, refused: #"{"a":1,"b":2,"c":3}"#,
            .tooManyMembers(limit: 2), at: 13),
        LimitRow(
            "members of one name", JSONLimits(maximumMembers: 2), accepted: #"{"a":1,"a":2}"#,
            refused: #"{"a":1,"a":2,"a":3}"#, .tooManyMembers(limit: 2), at: 13),
        LimitRow(
            "members of each object alone", JSONLimits(maximumMembers: 1), accepted: #"[{"a":1},{"a":{"b":1}}]"#,
            refused: #"[{"a":1},{"a":{"b":1},"c":1}]"#, .tooManyMembers(limit: 1), at: 22),
        LimitRow(
            "default members", .default, accepted: members(1000), refused: members(1001),
            .tooManyMembers(limit: 1000), at: members(1000).utf8.count),
        LimitRow(
            "elements", JSONLimits(maximumElements: 2), accepted: "[1,2]", refused: "[1,2,3]",
            .tooManyElements(limit: 2), at: 5),
        LimitRow(
            "no elements", JSONLimits(maximumElements: 0), accepted: "[]", refused: "[1]",
            .tooManyElements(limit: 0), at: 1),
        LimitRow(
            "default elements", .default, accepted: elements(100_000), refused: elements(100_001),
            .tooManyElements(limit: 100_000), at: 200_001),
        LimitRow(
            "names once", JSONLimits(duplicateMembers: .refuse), accepted: #"{"a":{"a":1},"b":1}"#,
            refused: #"{"a":{"a":1},"a":1}"#, .duplicateMember, at: 13),
        LimitRow(
            "names once, escaped or not", JSONLimits(duplicateMembers: .refuse), accepted: #"{"a":1,"\u0062":1}"#,
            refused: #"{"a":1,"\u0061":1}"#, .duplicateMember, at: 7),
        LimitRow(
            "names once, byte by byte", JSONLimits(duplicateMembers: .refuse),
            accepted: "{\"\u{E9}\":1,\"e\u{301}\":2}", refused: "{\"\u{E9}\":1,\"\u{E9}\":2}", .duplicateMember, at: 8),
    ])
    func atTheLimitAndOnePast(_ row: LimitRow) throws {
        _ = try JSONValue(parsing: row.accepted, limits: row.limits)
        #expect(throws: row.error) { try JSONValue(parsing: row.refused, limits: row.limits) }
    }

    /// The place of a repeated name, on both sides of the number of members from which on there is a table.
    @Test(arguments: [1, 2, 31, 32, 33, 64, 65, 200])
    func repeatedNameAmong(count: Int) throws {
        let names = (0..<count).map { "m\($0)" }
        for place in Set([0, count / 2, count - 1]) {
            let text = "{" + names.map { "\"\($0)\":0," }.joined() + "\"\(names[place])\":1,\"end\":2}"
            let object = try #require(try JSONValue(parsing: text).object)
            #expect(object.names == names + ["end"])
            #expect(object.members.map { $0.value == 1 } == (0...count).map { $0 == place })
            let offset = 1 + names.map { $0.utf8.count + 5 }.reduce(0, +)
            #expect(throws: JSONError(.duplicateMember, at: offset)) {
                try JSONValue(parsing: text, limits: JSONLimits(duplicateMembers: .refuse))
            }
        }
    }

    /// Names of one length with equal first, middle and last bytes: only comparing tells them apart.
    @Test func similarNamesAreToldApart() throws {
        let names = (0..<100).map { "a\(100 + $0)bbbb\(100 + $0)a" }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: text, limits: JSONLimits(duplicateMembers: .refuse)).object?.names == names)
    }
}
