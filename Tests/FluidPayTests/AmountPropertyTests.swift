import HTTP
import JSON
import TestSupport
import Testing

/// The calculation of amounts over random requests: the total is the sum of its parts, whatever the numbers.
@Suite struct AmountPropertyTests {
    /// A generator of its own, so that a failing seed can be run again on any machine.
    private struct Draws {
        var state: UInt64

        mutating func next(below bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }

        mutating func amount() -> Int64 {
            let magnitudes: [UInt64] = [10, 1000, 100_000, 1_000_000_000]
            return Int64(next(below: magnitudes[Int(next(below: 4))]))
        }

        mutating func component() -> JSONValue {
            let isFlat = next(below: 2) == 0
            return [
                "type": .string(isFlat ? "flat" : "percentage"),
                "value": JSONValue(isFlat ? amount() : Int64(next(below: 100_000))),
                "include": .bool(next(below: 3) > 0),
            ]
        }
    }

    private static let singles = [
        "shipping_amount", "duty_amount", "tip_amount", "tax_amount", "national_tax_amount", "local_tax_amount",
        "service_fee", "processor_payment_adjustment",
    ]
    private static let lists = ["addon_amount", "discount_amount", "additional_amounts"]
    private static let flags = ["skip_service_fee", "tax_exempt", "add_tax_to_total", "include_default_tax_to_total"]
    private static let added = [
        "shipping_amount", "duty_amount", "tip_amount", "tax_amount", "national_tax_amount", "local_tax_amount",
        "service_fee", "surcharge",
    ]

    private static func request(_ draws: inout Draws) -> JSONValue {
        var request = JSONObject(pairs: [
            ("currency", "USD"), ("payment_method", .string(draws.next(below: 2) == 0 ? "card" : "ach")),
            ("transaction_type", "sale"), ("amount", JSONValue(draws.amount())),
            ("subtotal", JSONValue(draws.amount())),
        ])
        for name in singles where draws.next(below: 2) == 0 { request.append(name, draws.component()) }
        for name in lists where draws.next(below: 2) == 0 {
            request.append(name, .array((0..<draws.next(below: 4)).map { _ in draws.component() }))
        }
        var flags = JSONObject()
        for name in Self.flags where draws.next(below: 3) == 0 {
            flags.append(name, .bool(draws.next(below: 2) == 0))
        }
        request.append("flags", .object(flags))
        return .object(request)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func totalIsTheSumOfItsParts(seed: UInt64) throws {
        var draws = Draws(state: seed)
        let session = try Session()
        for _ in 0..<250 {
            let request = Self.request(&draws)
            let answer = try session.send(
                .post, "/api/calculate/amounts", json: request,
                headers: ["Authorization": "api_Understudy00000000000000000"])
            #expect(answer.status == 200, "seed \(seed): \(request.serializedText())")
            guard let data = answer.json["data"] else { continue }
            let included = data["included_amounts"]
            let parts = Self.added.reduce(0) { $0 + (included?[$1]?.integer ?? 0) }
            let sum =
                (data["amount"]?.integer ?? 0) + (data["additional_total"]?.integer ?? 0) + parts
                - (included?["discount_amount"]?.integer ?? 0)
            #expect(data["total"]?.integer == max(0, sum), "seed \(seed): \(request.serializedText())")
        }
    }
}
