import Emulator
import HTTP
import JSON
import Payments
import Platform
import Processor
import PropertySupport
import TestSupport
import Testing

/// An emulator of a shipped scenario whose clock stands still, and what is behind its answers.
struct TableBench {
    static let merchant = "496160873888"
    /// May refund what is not settled.
    static let otherMerchant = "496480518000"
    /// Approves everywhere, and no table says anything else about it.
    static let visa = "4444333322221111"

    let emulator: Emulator

    init(_ scenario: Session.Scenario = "uat-plain", seed: UInt64? = nil) throws {
        let start = try #require(InstantText.read("2030-01-02T15:00:00Z"))
        emulator = Emulator(
            behavior: try Session(scenario).behavior, seed: seed, clock: ClockStart(mode: .frozen, time: start),
            realTime: { start })
    }

    func send(_ request: TableRequest) -> Emulator.Delivered { emulator.deliver(request.http) }

    /// The world that a request reaches.
    ///
    /// Through its handle's lock, which the handle shows to nobody but a mirror: a test that compares whole books and
    /// whole journals looks at more than any part of the product may.
    func world() throws -> World {
        let delivered = emulator.deliver(TableRequest(.get, "/cardsecure/looking").http)
        let handle = try #require(delivered.world)
        let lock = try #require(Mirror(reflecting: handle).descendant("world") as? Lock<World>)
        return lock.withLock { $0 }
    }
}

/// A request as a client would send it.
struct TableRequest {
    var method: HTTPMethod
    var target: String
    var body: [UInt8]
    var headers: [HTTPField]

    init(_ method: HTTPMethod, _ target: String, body: [UInt8] = [], headers: [HTTPField] = []) {
        self.method = method
        self.target = target
        self.body = body
        self.headers = headers
    }

    init(_ method: HTTPMethod, _ target: String, _ body: JSONObject, headers: [HTTPField] = []) {
        self.init(method, target, body: body.serialized(), headers: headers)
    }

    static func gateway(_ endpoint: String, _ body: JSONObject) -> TableRequest {
        TableRequest(.put, "/cardconnect/rest/\(endpoint)", body)
    }

    /// An authorization, changed and completed by `fields`.
    static func auth(_ merchant: String, _ amount: String, _ fields: JSONObject = [:]) -> TableRequest {
        var body: JSONObject = [
            "merchid": .string(merchant), "account": .string(TableBench.visa), "expiry": "1230",
            "amount": .string(amount),
        ]
        for member in fields.members { body[member.name] = member.value }
        return gateway("auth", body)
    }

    /// With a host and good credentials unless it has its own.
    var http: HTTPRequest {
        var fields = HTTPFields(headers)
        if fields["Host"] == nil { fields.append("Host", "localhost") }
        if fields["Authorization"] == nil { fields.append("Authorization", "Basic dGVzdGluZzp0ZXN0aW5nMTIz") }
        return HTTPRequest(method: method, target: target, headers: fields, body: body)
    }
}

extension Emulator.Delivered {
    /// Everything of an answer that a client gets.
    var wire: String {
        let head = "\(response.status) \(response.reason) \(response.delivery) after \(delay)"
        let headers = response.headers.map { "\($0.name): \($0.value)" }
        return ([head] + headers + ["", text]).joined(separator: "\n")
    }

    var text: String { String(decoding: response.body, as: UTF8.self) }

    subscript(name: String) -> String? {
        do throws(JSONError) { return try JSONValue(parsing: response.body)[name]?.text } catch { return nil }
    }
}
