import JSON
import Processor
import Payments
import PropertySupport
import ServiceKit
import Testing

extension TestRandom {
    /// Passes the Luhn check and does not look like a token.
    mutating func cardNumber(_ length: Int) -> String {
        let body = String(Int.random(in: 1...8, using: &self)) + digits(length - 2)
        return body + String(Luhn.checkDigit(for: body))
    }

    mutating func text(_ alphabet: String, _ lengths: ClosedRange<Int>) -> String {
        let characters = Array(alphabet)
        return String(
            (0..<Int.random(in: lengths, using: &self)).map { _ in characters.randomElement(using: &self) ?? "x" })
    }
}

@Suite struct CardNumberGuardTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let masked: String

        init(_ name: String, _ text: String, _ masked: String? = nil) {
            testDescription = name
            self.text = text
            self.masked = masked ?? text
        }
    }

    private static let card = TestWorlds.card
    private static let hidden = "************" + card.suffix(4)
    private static let grouped = "4800 0000 0000 000" + card.suffix(1)

    @Test(arguments: [
        Row("nothing", ""), Row("words", "no number in here"), Row("a card number", card, hidden),
        Row("in words", "pay with \(card), please", "pay with \(hidden), please"),
        Row("two of them", "\(card) \(card)", "\(hidden) \(hidden)"),
        Row("between letters", "x\(card)y", "x\(hidden)y"),
        Row("as printed", grouped, "**** **** **** " + card.suffix(4)),
        Row("with hyphens", grouped.replacing(" ", with: "-"), "****-****-****-" + card.suffix(4)),
        Row("behind a letter of another script", "é\(card)ü", "é\(hidden)ü"),
        Row("before a combining mark", card + "\u{301}", hidden + "\u{301}"),
        Row("in a path", "/a/\(card)/b?c=\(card)", "/a/\(hidden)/b?c=\(hidden)"),
        Row("a wrong check digit", String(card.dropLast()) + "9"), Row("twelve digits", "363168161558"),
        Row("a token", "9418594164541111"), Row("a profile id of twenty digits", "16392957457306633141"),
        Row("zeros", "000000000000000"), Row("a short number behind zeros", "000000000000018"),
        Row("zeros in groups", "0000 0000 0000 0000"), Row("a card number behind zeros", "000" + card, "***" + hidden),
        Row("a date and a time", "2030-01-02 10:00:00"), Row("a telephone number", "1-800-555-0100"),
    ])
    func texts(_ row: Row) {
        #expect(CardNumberGuard.masked(row.text) == row.masked)
        #expect(CardNumberGuard.masked(JSONValue.string(row.text)) == .string(row.masked))
    }

    /// Wherever a card number of 13 to 19 digits stands, not more than its last four digits remain of it.
    @Test(arguments: PropertySeeds.few)
    func noCardNumberSurvivesInTexts(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for _ in 0..<1000 {
            let number = random.cardNumber(Int.random(in: 13...19, using: &random))
            let around = "abcXYZ .,;:/=&?\"'\\{}[]<>éß€💳\u{301}\u{200D}\n\t"
            let text =
                random.text(around, 0...12) + "|" + number + random.text("\u{301}|=é ", 0...1) + "|"
                + random.text(around, 0...12)
            let masked = CardNumberGuard.masked(text)
            #expect(!masked.utf8String.contains(number.dropLast(4)), "seed \(seed): \(text)")
            #expect(masked.utf8.count == text.utf8.count)
            #expect(CardNumberGuard.masked(masked) == masked)
        }
    }

    /// In one piece and in groups, at every distance from the beginning and the end of a text.
    @Test(arguments: PropertySeeds.few)
    func aCardNumberIsFoundAnywhere(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for length in [13, 16, 19] {
            // 64 bytes are looked at together.
            for place in 0..<140 {
                for around in ["x", ".", "\"", "!", "é", "\u{1}"] {
                    let number = random.cardNumber(length)
                    let grouped = stride(from: 0, to: length, by: 4).map { number.dropFirst($0).prefix(4) }
                    for written in [number, grouped.joined(separator: "-"), grouped.joined(separator: " ")] {
                        let rest = random.below(80)
                        let text =
                            String(repeating: around, count: place) + written + String(repeating: around, count: rest)
                        let masked = CardNumberGuard.masked(text)
                        #expect(masked != text, "seed \(seed): \(text)")
                        #expect(CardNumberText.isFound(in: text), "seed \(seed): \(text)")
                        #expect(!CardNumberText.isFound(in: masked), "seed \(seed): \(text)")
                    }
                }
            }
        }
    }

    /// Random documents with card numbers as names, strings, numbers and parts of strings, at any depth.
    @Test(arguments: PropertySeeds.few)
    func noCardNumberSurvivesInDocuments(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let policy = RecordingPolicy(known: ["a", "b", "account"], secret: ["account", "cvv2"])
        for _ in 0..<200 {
            let number = random.cardNumber(Int.random(in: 13...19, using: &random))
            var object = JSONObject()
            for name in ["a", "b", "c", "account", "cvv2", number, "x\(number)"] {
                object.append(name, document(number, depth: 3, &random))
            }
            for sent in [object, try read(object)] {
                let recorded = kept(policy.record(sent, of: object.serialized()))
                #expect(!recorded.contains(number.dropLast(4)), "seed \(seed): \(recorded)")
            }
            let masked = CardNumberGuard.masked(JSONValue.object(object)).serializedText()
            #expect(!masked.contains(number.dropLast(4)), "seed \(seed): \(masked)")
        }
    }

    private func read(_ object: JSONObject) throws -> JSONObject {
        try #require(JSONValue(parsing: object.serialized()).object)
    }

    /// As it is in the journal: what looks like a card number is taken out when a request is attached to its entry.
    private func kept(_ recorded: [UInt8]) -> String {
        var exchange = Exchange(
            service: "test", method: "PUT", target: "/", requestBody: recorded, status: 200, responseBody: [])
        exchange.maskCardNumbers()
        return String(decoding: exchange.requestBody, as: UTF8.self)
    }

    private func document(_ number: String, depth: Int, _ random: inout TestRandom) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .string(number)
        case 1: return .string("Card \(number) of \(random.text("abc ", 0...5))")
        case 2: return .number(number)
        case 3: return .number("-\(number).0")
        case 4: return .null
        case 5: return .bool(true)
        case 6: return .array((0..<3).map { _ in document(number, depth: depth - 1, &random) })
        default:
            var object = JSONObject()
            object.append("k", document(number, depth: depth - 1, &random))
            object.append(number, document(number, depth: depth - 1, &random))
            return .object(object)
        }
    }

    // MARK: - Recording

    struct RecordRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let name: String
        let value: JSONValue
        let replacement: String?
        let recorded: JSONValue

        init(_ description: String, _ name: String, _ value: JSONValue, replacing: String? = nil, _ recorded: JSONValue)
        {
            testDescription = description
            self.name = name
            self.value = value
            replacement = replacing
            self.recorded = recorded
        }
    }

    @Test(arguments: [
        RecordRow("a known member", "amount", .string("10.00"), .string("10.00")),
        RecordRow("a known number keeps its literal", "amount", .number("10.00"), .number("10.00")),
        RecordRow("a known object", "userfields", ["a": "1"], ["a": "1"]),
        RecordRow("a secret member", "account", .string("larry"), .string("(5 characters)")),
        RecordRow("a secret number", "cvv2", .number("123"), .string("(3 characters)")),
        RecordRow("a secret that is known too", "both", .string("secret"), .string("(6 characters)")),
        RecordRow("a secret object", "account", ["a": "1"], .string("(not kept)")),
        RecordRow("a secret with a replacement", "account", .string("larry"), replacing: "token", .string("token")),
        RecordRow("an unknown member", "other", .string("é"), .string("(2 characters)")),
        RecordRow("an unknown array", "other", [1, 2], .string("(not kept)")),
        RecordRow("null", "account", .null, .null),
        RecordRow("a known member that holds a card number", "amount", .string(card), .string(hidden)),
        RecordRow("a known number that is a card number", "amount", .number(card), .string(hidden)),
    ])
    func recording(_ row: RecordRow) throws {
        let policy = RecordingPolicy(known: ["amount", "userfields", "both"], secret: ["account", "cvv2", "both"])
        var object = JSONObject()
        object.append(row.name, row.value)
        // Made, and read from a document.
        for sent in [object, try read(object)] {
            let bytes = policy.record(
                sent, of: object.serialized(), replacing: row.replacement.map { RecordedText(of: row.name, $0) })
            let recorded = try #require(JSONValue(parsing: kept(bytes)).object)
            #expect(recorded.names == [row.name])
            #expect(recorded[row.name] == row.recorded)
        }
    }

    struct DocumentRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let document: String
        let recorded: String

        init(_ name: String, _ document: String, _ recorded: String) {
            testDescription = name
            self.document = document
            self.recorded = recorded
        }
    }

    /// Members that are kept are copied from the document in one piece, where they stand as a writer would write them.
    @Test(arguments: [
        DocumentRow("nothing", "{}", "{}"),
        DocumentRow("all in one piece", #"{"a":"1","longer_name":"2"}"#, #"{"a":"1","longer_name":"2"}"#),
        DocumentRow("a secret first", #"{"account":"4","a":"1"}"#, #"{"account":"(1 characters)","a":"1"}"#),
        DocumentRow("a secret last", #"{"a":"1","account":"4"}"#, #"{"a":"1","account":"(1 characters)"}"#),
        DocumentRow(
            "a secret between", #"{"a":"1","b":"2","cvv2":"123","longer_name":"3","a2":"4"}"#,
            #"{"a":"1","b":"2","cvv2":"(3 characters)","longer_name":"3","a2":"(1 characters)"}"#),
        DocumentRow(
            "a number between", #"{"a":"1","b":2.50,"longer_name":"3"}"#, #"{"a":"1","b":2.50,"longer_name":"3"}"#),
        DocumentRow("an object between", #"{"a":"1","b":{"a":"x"},"a":"2"}"#, #"{"a":"2","b":{"a":"x"}}"#),
        DocumentRow(
            "blanks", " { \"a\" : \"1\" ,\n \"b\":\"2\", \"longer_name\":\"3\" } ",
            #"{"a":"1","b":"2","longer_name":"3"}"#),
        DocumentRow("a blank behind a comma", #"{"a":"1", "b":"2"}"#, #"{"a":"1","b":"2"}"#),
        DocumentRow("a blank before a comma", #"{"a":"1" ,"b":"2"}"#, #"{"a":"1","b":"2"}"#),
        DocumentRow("an escape in a name", #"{"\u0061":"1","b":"2"}"#, #"{"a":"1","b":"2"}"#),
        DocumentRow("an escape in a text", #"{"a":"\u0031\/","b":"2"}"#, #"{"a":"1/","b":"2"}"#),
        DocumentRow("an escape that stays", #"{"a":"\"","b":"2"}"#, #"{"a":"\"","b":"2"}"#),
        DocumentRow("beyond ASCII", #"{"a":"é€💳","b":"2"}"#, #"{"a":"é€💳","b":"2"}"#),
        DocumentRow("the last of two of one name", #"{"a":"1","b":"2","a":"3"}"#, #"{"a":"3","b":"2"}"#),
        DocumentRow("a secret twice", #"{"cvv2":"123","a":"1","cvv2":"12"}"#, #"{"cvv2":"(2 characters)","a":"1"}"#),
        DocumentRow("no name", #"{"":"1","a":"2"}"#, #"{"":"(1 characters)","a":"2"}"#),
    ])
    func documentsAreRecorded(_ row: DocumentRow) throws {
        let policy = RecordingPolicy(known: ["a", "b", "longer_name", "account"], secret: ["account", "cvv2"])
        let document = Array(row.document.utf8)
        let object = try #require(JSONValue(parsing: document).object)
        #expect(String(decoding: policy.record(object, of: document), as: UTF8.self) == row.recorded)
    }

    /// A member that was changed, or an object that was made, does not stand in the document any more.
    @Test func whatHasChangedIsNotCopiedFromTheDocument() throws {
        let policy = RecordingPolicy(known: ["a", "b", "c"], secret: ["cvv2"])
        let document = Array(#"{"a":"1","cvv2":"987","b":"2"}"#.utf8)
        var object = try #require(JSONValue(parsing: document).object)
        object["a"] = "changed"
        object.members[2].name = "c"
        let recorded = policy.record(object, of: document)
        #expect(String(decoding: recorded, as: UTF8.self) == #"{"a":"changed","cvv2":"(3 characters)","c":"2"}"#)
    }

    @Test func aCardNumberAsTheNameOfAMemberIsMasked() {
        var object = JSONObject()
        object.append(Self.card, .string("x"))
        let text = String(decoding: RecordingPolicy(known: [], secret: []).record(object, of: []), as: UTF8.self)
        #expect(text == "{\"\(Self.hidden)\":\"(1 characters)\"}")
    }

    @Test func orderAndDuplicatesAreKept() {
        var object = JSONObject()
        for name in ["b", "a", "b"] { object.append(name, .string(name)) }
        let text = String(
            decoding: RecordingPolicy(known: ["a", "b"], secret: []).record(object, of: []), as: UTF8.self)
        #expect(text == #"{"b":"b","a":"a","b":"b"}"#)
    }
}

extension String {
    /// Compared by bytes: with combining marks, `contains` would look at whole characters.
    fileprivate var utf8String: String { String(unicodeScalars.map { $0.isASCII ? Character($0) : "?" }) }
}
