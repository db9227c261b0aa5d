import Payments
import Processor
import Testing

/// So many requests a minute, counted from a client's first one.
@Suite struct RateWindowTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Milliseconds since the first request, and what each is told.
        let requests: [(at: Int64, answer: CountRequest.Outcome)]

        init(_ name: String, _ requests: [(at: Int64, answer: CountRequest.Outcome)]) {
            testDescription = name
            self.requests = requests
        }
    }

    @Test(arguments: [
        Row(
            "two and no third",
            [
                (0, .allowed(remaining: 1)), (10, .allowed(remaining: 0)), (20, .refused(retryAfterSeconds: 60)),
            ]),
        Row(
            "seconds are rounded up",
            [
                (0, .allowed(remaining: 1)), (0, .allowed(remaining: 0)), (58_001, .refused(retryAfterSeconds: 2)),
                (59_999, .refused(retryAfterSeconds: 1)),
            ]),
        Row(
            "filled up at the minute",
            [
                (0, .allowed(remaining: 1)), (59_999, .allowed(remaining: 0)), (60_000, .allowed(remaining: 1)),
            ]),
        Row(
            "refused ones are not counted",
            [
                (0, .allowed(remaining: 1)), (1, .allowed(remaining: 0)), (2, .refused(retryAfterSeconds: 60)),
                (3, .refused(retryAfterSeconds: 60)), (60_000, .allowed(remaining: 1)),
                (60_001, .allowed(remaining: 0)),
                (60_002, .refused(retryAfterSeconds: 60)),
            ]),
        Row(
            "minutes are counted from the first request, however long ago",
            [
                (0, .allowed(remaining: 1)), (3_600_000 + 59_000, .allowed(remaining: 1)),
                (3_600_000 + 59_500, .allowed(remaining: 0)), (3_600_000 + 59_600, .refused(retryAfterSeconds: 1)),
                (3_660_000, .allowed(remaining: 1)),
            ]),
        Row(
            "a clock that was set back begins anew",
            [
                (0, .allowed(remaining: 1)), (1, .allowed(remaining: 0)), (-86_400_000, .allowed(remaining: 1)),
                (-86_399_999, .allowed(remaining: 0)), (-86_399_998, .refused(retryAfterSeconds: 60)),
            ]),
    ])
    func windows(_ row: Row) throws {
        var world = Sample.world()
        let start = world.books.clock.now(at: Sample.real)
        for (at, answer) in row.requests {
            try world.setClock(
                world.books.clock.showing(start + .milliseconds(at), at: Sample.real), at: Sample.real)
            #expect(try world.run(CountRequest(Self.key("a"), perMinute: 2)) == answer, "at \(at) ms")
        }
    }

    private static func key(_ client: String, _ endpoint: String = "inquire") -> RateWindows.Key {
        RateWindows.Key(endpoint: endpoint, client: client)
    }

    @Test func clientsAndEndpointsCountForThemselves() throws {
        var world = Sample.world()
        for key in [Self.key("a"), Self.key("b"), Self.key("a", "profile")] {
            #expect(try world.run(CountRequest(key, perMinute: 1)) == .allowed(remaining: 0))
        }
        #expect(try world.run(CountRequest(Self.key("a"), perMinute: 1)) == .refused(retryAfterSeconds: 60))
        #expect(world.books.rates.count == 3)
    }

    @Test func theOldestClientsAreForgotten() throws {
        var world = Sample.world(Sample.behavior { $0.limits.countedClients = 3 })
        for client in 0...3 {
            _ = try world.run(CountRequest(Self.key(String(client)), perMinute: 1))
        }
        #expect(world.books.rates.count == 3)
        #expect(try world.run(CountRequest(Self.key("0"), perMinute: 1)) == .allowed(remaining: 0), "forgotten")
        #expect(try world.run(CountRequest(Self.key("2"), perMinute: 1)) == .refused(retryAfterSeconds: 60))
    }
}
