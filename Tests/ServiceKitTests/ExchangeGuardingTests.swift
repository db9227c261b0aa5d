import JSON
import Payments
import Processor
import PropertySupport
import ServiceKit
import Testing

/// Bodies are looked at as bytes, and only read when there is something to mask: what is kept has to be the same.
@Suite struct ExchangeGuardingTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: String
        let kept: String

        init(_ name: String, _ body: String, _ kept: String? = nil) {
            testDescription = name
            self.body = body
            self.kept = kept ?? body
        }
    }

    private static let card = TestWorlds.card
    private static let hidden = "************" + card.suffix(4)
    /// The first digit as an escape.
    private static let escaped = #"\u003"# + card

    @Test(arguments: [
        Row("nothing", ""), Row("blanks stay", #"{ "a" : "b" }"#),
        Row("a card number", #"{"a":"\#(card)"}"#, #"{"a":"\#(hidden)"}"#),
        Row("a card number as a name", #"{"\#(card)":1}"#, #"{"\#(hidden)":1}"#),
        Row("a card number as a number", #"{"a":\#(card)}"#, #"{"a":"\#(hidden)"}"#),
        Row(
            "another long number stays a number", #"{"a":\#(card),"b":1234567890123456}"#,
            #"{"a":"\#(hidden)","b":1234567890123456}"#),
        Row("behind an escape", #"{"a":"\#(escaped)"}"#, #"{"a":"\#(hidden)"}"#),
        Row("another escape", #"{"a":"\u00e9 and \n"}"#),
        Row("in two strings", #"["\#(card.prefix(8))","\#(card.suffix(8))"]"#),
        Row("zeros and times", #"{"a":"000000000000000","b":"2026-11-25T10:00:00.000001Z"}"#),
        Row("no document", "a=\(card)&b=1", "a=\(hidden)&b=1"), Row("no document, no number", "a=1234-5678 {"),
        Row("two members of one name", #"{"a":"\#(card)","a":1}"#, #"{"a":"\#(hidden)","a":1}"#),
    ])
    func bodies(_ row: Row) {
        #expect(kept(Array(row.body.utf8)) == row.kept)
    }

    /// An escape is found wherever it stands.
    @Test func anEscapeIsFoundAnywhere() {
        for length in [6, 7, 31, 32, 33, 63, 64, 65, 96, 130] {
            for place in 0...length - 6 {
                let text = String(repeating: "x", count: place) + #"\u0034"#
                let bytes = Array((text + String(repeating: "y", count: length - place - 6)).utf8)
                #expect(bytes.withUnsafeBufferPointer { UnicodeEscape.isFound(in: $0) }, "at \(place) of \(length)")
                let others = bytes.map { $0 == UInt8(ascii: "u") ? UInt8(ascii: "n") : $0 }
                #expect(!others.withUnsafeBufferPointer { UnicodeEscape.isFound(in: $0) }, "at \(place) of \(length)")
            }
        }
    }

    /// What is kept of a document is the document with its parts masked, and its bytes as they are when nothing is.
    @Test(arguments: PropertySeeds.few)
    func bytesAndPartsAgree(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        var masked = 0
        for _ in 0..<3000 {
            let text = document(depth: 3, &random)
            let parts = CardNumberGuard.masked(try JSONValue(parsing: text))
            let isSame = parts == (try JSONValue(parsing: text))
            if !isSame { masked += 1 }
            #expect(kept(Array(text.utf8)) == (isSame ? text : parts.serializedText()), "seed \(seed)")
        }
        #expect((300..<2700).contains(masked), "documents of both kinds")
    }

    private func kept(_ body: [UInt8]) -> String {
        var exchange = Exchange(
            service: "s", method: "POST", target: "/", requestBody: body, status: 200, responseBody: body
        )
        exchange.maskCardNumbers()
        #expect(exchange.requestBody == exchange.responseBody)
        return String(decoding: exchange.responseBody, as: UTF8.self)
    }

    /// With blanks between the parts, so that only the bytes themselves can be the same.
    private func document(depth: Int, _ random: inout TestRandom) -> String {
        switch random.below(depth > 0 ? 6 : 4) {
        case 0: return (random.chance(1, of: 2) ? "-1" : "1") + number(&random)
        case 1: return "1.\(number(&random))e5"
        case 2, 3: return string(&random)
        case 4:
            return "[ " + (0..<3).map { _ in document(depth: depth - 1, &random) }.joined(separator: " , ") + " ]"
        default:
            let members = (0..<3).map { "\"\($0)\(inside(&random))\" : \(document(depth: depth - 1, &random))" }
            return "{ " + members.joined(separator: " , ") + " }"
        }
    }

    private func string(_ random: inout TestRandom) -> String { "\"" + inside(&random) + "\"" }

    private func number(_ random: inout TestRandom) -> String {
        random.chance(1, of: 3) ? random.cardNumber(13 + random.below(7)) : random.digits(1 + random.below(20))
    }

    private func inside(_ random: inout TestRandom) -> String {
        (0..<random.below(4)).map { _ in
            switch random.below(8) {
            case 0: random.cardNumber(13 + random.below(7))
            case 1: grouped(random.cardNumber(16), &random)
            case 2: random.digits(random.below(20))
            case 3: random.text("0 -", 0...6)
            case 4: random.pick([#"\u0034"#, #"\u002d"#, #"\u0020"#, #"\\u0031"#, #"\u00e9"#])
            case 5: random.pick([#"\n"#, #"\""#, #"\/"#, "é", "💳"])
            default: random.text("0123456789 -", 0...24)
            }
        }.joined()
    }

    private func grouped(_ number: String, _ random: inout TestRandom) -> String {
        let digits = Array(number)
        let separator = random.pick([" ", "-", "  ", "."])
        return stride(from: 0, to: 16, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: separator)
    }
}

/// Texts are masked as the definition says, taken group by group.
@Suite struct CardNumberTextTests {
    @Test(arguments: PropertySeeds.few)
    func textsAreMaskedAsDefined(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for _ in 0..<5000 {
            let separator = random.pick(["", " ", "-", "x"])
            let text = (0..<random.below(5)).map { _ in part(&random) }.joined(separator: separator)
            #expect(CardNumberText.masked(text) == Self.masked(text), "seed \(seed): \(text)")
            let isFound = Array(text.utf8).withUnsafeBufferPointer { CardNumberText.isFound(in: $0) }
            #expect(isFound == (Self.masked(text) != text), "seed \(seed): \(text)")
        }
    }

    private func part(_ random: inout TestRandom) -> String {
        switch random.below(5) {
        case 0: return random.cardNumber(13 + random.below(7))
        case 1:
            let separator = random.pick(["-", " "])
            var rest = Substring(random.cardNumber(14 + random.below(6)))
            var groups: [Substring] = []
            while !rest.isEmpty {
                groups.append(rest.prefix(random.pick([4, 4, 4, 5, 6])))
                rest = rest.dropFirst(groups.last?.count ?? 0)
            }
            return groups.joined(separator: separator)
        case 2: return random.text("0 ", 0...24)
        default: return random.text("0123456789 -", 0...24)
        }
    }

    /// Plainly, and slowly.
    private static func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let groups = bytes.indices.filter { isDigit(bytes, $0) && !isDigit(bytes, $0 - 1) }.map { start in
            start..<(bytes.indices.first { $0 > start && !isDigit(bytes, $0) } ?? bytes.count)
        }
        for first in groups.indices {
            let ends = groups.indices.filter { last in
                guard last > first else { return last == first }
                let gaps = (first..<last).map { groups[$0].upperBound..<groups[$0 + 1].lowerBound }
                let separators = Set(gaps.map { Array(bytes[$0]) })
                return groups[first].count == 4 && (separators == [[0x20]] || separators == [[0x2D]])
                    && groups[first + 1...last].allSatisfy { $0.count <= 6 }
                    && groups[first..<last].allSatisfy { $0.count >= 4 }
            }
            let numbers = ends.map { groups[first].lowerBound..<groups[$0].upperBound }.filter { range in
                isCardNumber(bytes[range].filter { $0 != 0x20 && $0 != 0x2D })
            }
            guard let range = numbers.last else { continue }
            for place in range.filter({ isDigit(bytes, $0) }).dropLast(4) { bytes[place] = UInt8(ascii: "*") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isDigit(_ bytes: [UInt8], _ place: Int) -> Bool {
        bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place])
    }

    private static func isCardNumber(_ digits: [UInt8]) -> Bool {
        let text = String(decoding: digits, as: UTF8.self)
        return (13...19).contains(digits.count) && !(digits.count == 16 && text.hasPrefix("9"))
            && text.drop { $0 == "0" }.count >= 13 && Luhn.isValid(text)
    }
}
