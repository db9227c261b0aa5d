import JSON
import Testing

/// Short names are not kept as texts: whether a member was read or made must not show.
@Suite struct MemberNameTests {
    static let names = [
        "", "a", "é", "ab", "abc", "a\u{0}b", "€", "abcd", "é€", "abcde", "abcdef", "💳ab", "abcdefg", "abcdef€",
        "éabcde",
        "abcdefgh", "currency", "entrymode", "a name of some length",
    ]

    private func read(_ name: String) throws -> JSONObject {
        try #require(JSONValue(parsing: JSONObject(pairs: [(name, "x")]).serialized()).object)
    }

    @Test(arguments: names)
    func aNameThatWasReadIsTheNameThatWasWritten(name: String) throws {
        let object = try read(name)
        #expect(object.names == [name])
        #expect(object == JSONObject(pairs: [(name, "x")]))
        #expect(object.hashValue == JSONObject(pairs: [(name, "x")]).hashValue)
        #expect(object[name] == "x" && object.text(name) == "x" && object.present(name) == "x")
        #expect(String(decoding: object.serialized(), as: UTF8.self) == JSONObject(pairs: [(name, "x")]).serializedText)
    }

    @Test(arguments: names)
    func onlyThatNameFindsIt(name: String) throws {
        let object = try read(name)
        for other in Self.names where other != name { #expect(object[other] == nil, "'\(other)' in '\(name)'") }
        #expect(object[name + "x"] == nil)
        #expect(object[String(name.dropLast())] == (name.isEmpty ? "x" : nil))
    }

    @Test(arguments: names)
    func aNewNameTakesItsPlace(name: String) throws {
        for other in Self.names {
            var object = try read(name)
            object.members[0].name = other
            #expect(object.names == [other])
            #expect(object[other] == "x")
            #expect(object[name] == (name == other ? "x" : nil))
        }
    }

    @Test(arguments: names)
    func setsOfNamesKnowIt(name: String) throws {
        let known = Self.names.filter { !$0.utf8.contains(0) }
        let isKnown = known.contains(name)
        for member in [try read(name).members[0], JSONObject.Member(name, "x")] {
            #expect(NameSet(known).contains(member) == isKnown)
            #expect(!NameSet(known.filter { $0 != name }).contains(member))
        }
        #expect(NameSet(known).contains(name) == isKnown)
    }

    @Test func theSameNameTwiceIsFoundWhateverItsLength() throws {
        for name in Self.names {
            let document =
                "{"
                + [name, "between", name].map { "\(JSONValue.string($0).serializedText()):\"\($0)\"" }
                .joined(separator: ",") + "}"
            #expect(throws: JSONError.self) {
                try JSONValue(parsing: document, limits: JSONLimits(duplicateMembers: .refuse))
            }
        }
    }
}

extension JSONObject {
    fileprivate var serializedText: String { String(decoding: serialized(), as: UTF8.self) }
}
