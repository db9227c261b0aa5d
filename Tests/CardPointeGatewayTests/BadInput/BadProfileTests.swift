import Emulator
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import TestSupport
import Testing

/// Members of `profile` that are wrong (reference §11): each has an exact answer, and what was stored stays.
@Suite("Profiles that are wrong")
struct BadProfileTests {
    private static let merchant = "496160873888"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: JSONObject
        let code: String

        init(_ name: String, _ fields: JSONObject, _ code: String) {
            testDescription = name
            self.fields = fields
            self.code = code
        }
    }

    private func save(_ fields: JSONObject) throws -> Session.Answer {
        var body: JSONObject = ["merchid": .string(Self.merchant)]
        for member in fields.members { body[member.name] = member.value }
        return try gateway.put("profile", body)
    }

    static let unknown = "12345678901234567890"

    @Test(arguments: [
        Row("nothing", [:], "34"), Row("an empty account", ["account": ""], "34"),
        Row("an account of true", ["account": true], "34"), Row("an account of a list", ["account": ["4"]], "34"),
        Row("no card", ["account": "larry"], "11"), Row("blanks", ["account": "   "], "11"),
        Row("a short number", ["account": "4111"], "11"),
        Row("a bad check digit", ["account": "4111111111111112"], "13"),
        Row("an unknown token", ["account": "9999999999999995"], "98"),
        Row("a bad expiry", ["account": .string(Gateway.visa), "expiry": "1399"], "15"),
        Row("a routing number that is too short", ["account": "12345678", "bankaba": "12345"], "11"),
        Row("an unknown profile", ["profile": .string(unknown), "account": .string(Gateway.visa)], "96"),
        Row("an unknown account", ["profile": .string(unknown + "/1"), "account": .string(Gateway.visa)], "96"),
        Row("a word", ["profile": "YES", "account": .string(Gateway.visa)], "96"),
        Row("19 digits", ["profile": "1234567890123456789", "account": .string(Gateway.visa)], "96"),
        Row("a token as profile", ["profile": "9418594164541111", "account": .string(Gateway.visa)], "96"),
        Row("two slashes", ["profile": .string(unknown + "/1/1"), "account": .string(Gateway.visa)], "96"),
        Row("an account of four digits", ["profile": .string(unknown + "/1234")], "96"),
        Row("a negative account", ["profile": .string(unknown + "/-1")], "96"),
        Row("Arabic digits", ["profile": "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠"], "96"),
        Row("a slash", ["profile": "/"], "96"),
    ])
    func refused(_ row: Row) throws {
        let answer = try save(row.fields)
        #expect(answer.status == 200)
        #expect(answer["respcode"] == row.code && answer["respproc"] == "PPS" && answer["respstat"] == "C")
        #expect(answer.names == ["respproc", "resptext", "respstat", "respcode"])
        let after = try save(["account": .string(Gateway.visa), "name": "after"])
        #expect(after["respcode"] == "09", "the next one is an ordinary one")
    }

    @Test(arguments: [
        "profile/\(unknown)/1", "profile/\(unknown)", "profile//1/\(merchant)", "profile/x//\(merchant)",
        "profile/\(unknown)/0/\(merchant)", "profile/\(unknown)/abc/\(merchant)", "profile/%2F/%2F/\(merchant)",
    ])
    func paths(_ path: String) throws {
        for method in ["GET", "DELETE"] {
            let answer = try gateway.session.send(.init(method), "\(Gateway.base)/\(path)")
            if path.hasSuffix(Self.merchant) {
                #expect(answer.status == 200 && answer["respcode"] == "96", "\(method)")
            } else {
                #expect(answer.status == 404, "\(method)")
            }
        }
    }

    /// Another merchant's credentials, none, and a merchant that does not exist.
    @Test func credentials() throws {
        #expect(try gateway.session.send(.get, "\(Gateway.base)/profile/\(Self.unknown)//larry").status == 401)
        gateway.session.user = "testing:wrong"
        #expect(
            try gateway.session.send(.get, "\(Gateway.base)/profile/\(Self.unknown)//\(Self.merchant)").status == 401)
    }

    /// Texts of any characters are kept, as far as their field goes; a card number in one is not.
    @Test func texts() throws {
        let long = String(repeating: "é", count: 200)
        let answer = try save([
            "account": .string(Gateway.visa), "name": .string(long), "email": .string(long), "country": .string(long),
            "city": "\"\\\u{0}\n", "address": .string("card \(Gateway.visa)"), "phone": "123456789012345",
        ])
        #expect(answer["respcode"] == "09")
        #expect(answer["name"]?.count == 30 && answer["email"]?.count == 128 && answer["country"]?.count == 2)
        #expect(answer["city"] == "\"\\\u{0}\n" && answer["phone"] == "123456789012")
        #expect(answer["address"] == "card ************1111")
    }

    @Test func longTextsMayBeRefused() throws {
        let gateway = try Gateway(
            "understudy: scenario/1\nname: strict\nextends: uat-plain\ngateway: { profiles: { longTexts: refuse } }\n")
        let answer = try gateway.put(
            "profile",
            [
                "merchid": .string(Self.merchant), "account": .string(Gateway.visa),
                "name": .string(String(repeating: "n", count: 31)),
            ])
        #expect(answer["respcode"] == "34")
    }

    /// The journal knows the token of what was stored, and neither number nor person's other numbers.
    @Test func nothingSecretIsKept() throws {
        _ = try save(["account": .string(Gateway.visa), "ssnl4": "6789", "license": "D1234567", "name": "Jane"])
        let world = gateway.session.emulator.worlds.main.snapshot
        let entry = try #require(world.journal.entry(world.lastSequence)?.exchange)
        for body in [entry.requestBody, entry.responseBody] {
            let text = String(decoding: body, as: UTF8.self)
            #expect(!text.contains(Gateway.visa) && !text.contains("6789") && !text.contains("D1234567"))
        }
    }
}
