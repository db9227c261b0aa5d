import HTTP
import JSON
import Payments
import Processor
import PropertySupport
import ServiceKit
import Testing

@testable import Inspector

/// Worlds that are copied, taken back and begun anew.
@Suite struct TimeTravelTests {
    private static func inquire(_ answer: JSONValue) -> String {
        "/cardconnect/rest/inquire/\(answer["retref"]?.stringValue ?? "")/\(SmallScenario.merchant)"
    }

    @Test func forksDoNotSeeEachOther() throws {
        let bench = Bench()
        let shared = try bench.authorize("1.00")
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "a"])
        try bench.control(.post, "/v1/worlds/a/fork", ["name": "b"])
        let mine = try bench.authorize("2.00", world: "a")
        for world in [nil, "a", "b"] {
            #expect(try bench.pay(.get, Self.inquire(shared), nil, world: world)["respstat"] == "A")
        }
        #expect(try bench.pay(.get, Self.inquire(mine), nil, world: "a")["respstat"] == "A")
        #expect(try bench.pay(.get, Self.inquire(mine), nil, world: "b")["respstat"] == "C")
        #expect(try bench.pay(.get, Self.inquire(mine), nil)["respstat"] == "C")
        try bench.control(.put, "/v1/worlds/a/clock", ["advance": "1d"])
        #expect(try bench.control(.get, "/v1/worlds/b/clock").json.at("time") == "2030-01-02T10:00:00.000Z")
        try bench.control(.delete, "/v1/worlds/a")
        #expect(try bench.pay(.get, Self.inquire(shared), nil, world: "b")["respstat"] == "A")
        #expect(try bench.control(.get, "/v1/worlds/b").json.at("origin.world") == "a")
    }

    /// The same requests get the same bytes in a fork, whatever happens elsewhere in between.
    @Test func forksAnswerAlike() throws {
        let bench = Bench()
        try bench.authorize("1.00")
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "a"])
        let first = try bench.authorize("2.00", world: "a")
        for _ in 0..<5 { try bench.authorize("3.00", world: "a") }
        #expect(try bench.authorize("2.00") == first)
    }

    @Test func aForkWithAnotherSeedAnswersOtherwise() throws {
        let bench = Bench()
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "a", "seed": 8])
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "b", "seed": 8])
        let a = try bench.authorize(world: "a")
        #expect(try bench.authorize(world: "b") == a)
        #expect(try bench.authorize()["authcode"] != a["authcode"])
    }

    /// Some requests, back to somewhere in between, and the rest again: the same bytes.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func rewindRestoresAnswers(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let bench = Bench(SmallScenario.behavior(journalEntries: 64))
        let amounts = (0..<40).map { _ in "\(random.next() % 50 + 1).00" }
        var answers: [JSONValue] = []
        for (index, amount) in amounts.enumerated() {
            answers.append(try bench.authorize(amount, capture: index.isMultiple(of: 3)))
        }
        let end = bench.worlds.main.snapshot
        for _ in 0..<4 {
            let target = Int(random.next() % 41)
            let rewound = try bench.control(
                .post, "/v1/worlds/main/rewind", ["sequence": JSONValue(target)])
            #expect(rewound.json.at("lastSequence") == JSONValue(target), "seed \(seed)")
            for index in target..<40 {
                let answer = try bench.authorize(amounts[index], capture: index.isMultiple(of: 3))
                #expect(answer == answers[index], "seed \(seed), entry \(index + 1) after a rewind to \(target)")
            }
            #expect(bench.worlds.main.snapshot.books == end.books, "seed \(seed)")
        }
    }

    /// With a journal that forgets: what is said to be rewindable gives the very books of that moment, the rest is
    /// refused.
    @Test(arguments: [1, 4, 9, 16, 40, 600])
    func rewindableIsTrue(limit: Int) throws {
        let bench = Bench(SmallScenario.behavior(journalEntries: limit))
        var books = [bench.worlds.main.snapshot.books]
        for _ in 0..<1_100 {
            try bench.authorize("1.00")
            books.append(bench.worlds.main.snapshot.books)
        }
        let range = bench.worlds.main.snapshot.rewindable
        #expect(range.upperBound == 1_100)
        // At least half of what is kept can be gone back to, where anything is kept besides the newest entry.
        #expect(range.count > min(limit, 1_024) / 2)
        let tooFar: JSONValue = ["sequence": JSONValue(range.lowerBound - 1)]
        #expect(try bench.control(.post, "/v1/worlds/main/rewind", tooFar).status == 422)
        let tried = Set([range.lowerBound, range.lowerBound + 1, (range.lowerBound + range.upperBound) / 2, 1_100])
        for target in tried.sorted(by: >) where range.contains(target) {
            #expect(try bench.control(.post, "/v1/worlds/main/rewind", ["sequence": JSONValue(target)]).status == 200)
            #expect(bench.worlds.main.snapshot.books == books[target], "back to \(target)")
        }
        #expect(try bench.authorize("1.00")["respstat"] == "A")
    }

    @Test func rewindTakesTheClockBack() throws {
        let bench = Bench()
        try bench.authorize(capture: true)
        try bench.control(.put, "/v1/worlds/main/clock", ["advance": "2d"])
        let back = try bench.control(.post, "/v1/worlds/main/rewind", ["sequence": 1])
        #expect(back.json.at("clock.time") == "2030-01-02T10:00:00.000Z")
        #expect(back.json.at("clock.nextSettlement.time") == "2030-01-03T05:00:00.000Z")
        #expect(back.json.at("counts.openBatches") == 1)
    }

    @Test func resetBeginsAsCreated() throws {
        let bench = Bench()
        let created = try bench.control(
            .post, "/v1/worlds",
            ["name": "w", "scenario": "other", "seed": 3, "clock": ["mode": "frozen", "time": "2031-01-01T00:00:00Z"]])
        let first = try bench.authorize(world: "w")
        try bench.control(.put, "/v1/worlds/w/clock", ["advance": "9d"])
        #expect(try bench.control(.post, "/v1/worlds/w/reset").json == created.json)
        #expect(try bench.authorize(world: "w") == first)
    }

    @Test func resetOfAForkGoesBackToTheFork() throws {
        let bench = Bench()
        let shared = try bench.authorize("1.00")
        let forked = try bench.control(.post, "/v1/worlds/main/fork", ["name": "a"])
        let first = try bench.authorize("2.00", world: "a")
        try bench.control(.post, "/v1/worlds/main/reset")
        for _ in 0..<2 {
            #expect(try bench.control(.post, "/v1/worlds/a/reset").json == forked.json)
            #expect(try bench.pay(.get, Self.inquire(shared), nil, world: "a")["respstat"] == "A")
            try bench.control(.post, "/v1/worlds/a/rewind", ["sequence": 1])
            #expect(try bench.authorize("2.00", world: "a") == first)
        }
    }

    @Test func aRequestKeepsTheWorldItBeganIn() throws {
        let bench = Bench()
        let before = bench.worlds.main
        try bench.control(.post, "/v1/worlds/main/reset")
        #expect(bench.worlds.main !== before)
        #expect(before.realTime(until: SmallScenario.start + .seconds(60)) == .zero, "nothing waits for it any more")
        #expect(bench.worlds.main.realTime(until: SmallScenario.start + .seconds(60)) == nil)
    }
}
