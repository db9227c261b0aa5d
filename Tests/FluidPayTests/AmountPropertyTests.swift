import HTTP
import JSON
import PropertySupport
import TestSupport
import Testing

/// The calculation of amounts over random requests: the total is the sum of its parts, whatever the numbers.
@Suite struct AmountPropertyTests {
    private static let singles = [
        "shipping_amount", "duty_amount", "tip_amount", "tax_amount", "national_tax_amount", "local_tax_amount",
        "service_fee", "processor_payment_adjustment",
    ]
    private static let lists = ["addon_amount", "discount_amount", "additional_amounts"]
    private static let flags = [
        "skip_service_fee", "tax_exempt", "add_tax_to_total", "include_default_tax_to_total", "skip_surcharge",
        "skip_cash_discount", "skip_consumer_choice",
    ]
    private static let added = [
        "shipping_amount", "duty_amount", "tip_amount", "tax_amount", "national_tax_amount", "local_tax_amount",
        "service_fee", "surcharge",
    ]
    /// The largest amount (minor units) and the largest share that the calculation takes.
    private static let largestAmount: Int64 = 1_000_000_000_000
    private static let largestShare: Int64 = 10_000_000

    /// Small ones, large ones, and often the limit itself.
    private static func amount(_ random: inout TestRandom) -> Int64 {
        if random.chance(1, of: 8) { return largestAmount }
        return Int64(random.below(random.pick([10, 1000, 100_000, 1_000_000_000])))
    }

    private static func component(_ random: inout TestRandom) -> JSONValue {
        let isFlat = random.chance(1, of: 2)
        let share = random.chance(1, of: 8) ? largestShare : Int64(random.below(100_000))
        return [
            "type": .string(isFlat ? "flat" : "percentage"),
            "value": JSONValue(isFlat ? amount(&random) : share), "include": .bool(random.chance(2, of: 3)),
        ]
    }

    private static func request(_ random: inout TestRandom) -> JSONValue {
        var request = JSONObject(pairs: [
            ("currency", "USD"), ("payment_method", .string(random.pick(["card", "ach"]))),
            ("transaction_type", "sale"), ("amount", JSONValue(amount(&random))),
            ("subtotal", JSONValue(amount(&random))),
        ])
        for name in singles where random.chance(1, of: 2) { request.append(name, component(&random)) }
        for name in lists where random.chance(1, of: 2) {
            request.append(name, .array((0..<random.below(4)).map { _ in component(&random) }))
        }
        var flags = JSONObject()
        for name in Self.flags where random.chance(1, of: 3) { flags.append(name, .bool(random.chance(1, of: 2))) }
        request.append("flags", .object(flags))
        return .object(request)
    }

    @Test(arguments: PropertySeeds.many)
    func totalIsTheSumOfItsParts(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let bench = try GatewayBench()
        for _ in 0..<10 {
            let request = Self.request(&random)
            let answer = try bench.post("/api/calculate/amounts", request)
            guard let data = answer.json["data"] else {
                // Nothing overflows: what is too large in sum is refused, and only that.
                let text = request.serializedText()
                #expect(answer.json.string("msg").hasSuffix("the amount is too large"), "seed \(seed): \(text)")
                #expect(
                    text.contains("\(Self.largestAmount)") || text.contains("\(Self.largestShare)"),
                    "seed \(seed): \(text)")
                continue
            }
            let included = data["included_amounts"]
            let parts = Self.added.reduce(0) { sum, name in sum + (included?.number(name) ?? 0) }
            let base = data.number("amount") + data.number("additional_total")
            let sum = base + parts - (included?.number("discount_amount") ?? 0)
            #expect(data["total"]?.integer == max(0, sum), "seed \(seed): \(request.serializedText())")
            let flags = request["flags"]
            if flags?["tax_exempt"]?.boolValue == true {
                for name in ["tax_amount", "national_tax_amount", "local_tax_amount"] {
                    #expect(data.number(name) == 0, "seed \(seed): \(name) of \(request.serializedText())")
                }
            }
            if flags?["skip_service_fee"]?.boolValue == true {
                #expect(data.number("service_fee") == 0, "seed \(seed): \(request.serializedText())")
            }
        }
    }
}
