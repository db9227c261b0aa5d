import Cryptography
import Payments
import Processor
import PropertySupport
import Testing

@Suite struct WorldClockTests {
    private static let start = CivilTime(year: 2030, month: 1, day: 2, hour: 10).instant
    private static let real = Sample.real

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let mode: ClockSettings.Mode
        let passed: Duration
        let shown: Duration

        init(_ name: String, _ mode: ClockSettings.Mode, after passed: Duration, _ shown: Duration) {
            testDescription = name
            self.mode = mode
            self.passed = passed
            self.shown = shown
        }
    }

    @Test(arguments: [
        Row("real", .real, after: .seconds(90), .seconds(90)),
        Row("real, the machine's clock was set back", .real, after: .seconds(-5), .seconds(-5)),
        Row("frozen", .frozen, after: .seconds(90), .zero),
        Row("as fast as real", .scaled(perMille: 1000), after: .seconds(90), .seconds(90)),
        Row("a thousand times faster", .scaled(perMille: 1_000_000), after: .seconds(90), .seconds(90_000)),
        Row("half as fast", .scaled(perMille: 500), after: .seconds(90), .seconds(45)),
        Row("a thousandth", .scaled(perMille: 1), after: .seconds(90), .milliseconds(90)),
        Row("a nanosecond at a thousandth", .scaled(perMille: 1), after: .nanoseconds(999), .zero),
        Row("a microsecond at a thousandth", .scaled(perMille: 1), after: .nanoseconds(1000), .nanoseconds(1)),
        Row("standing", .scaled(perMille: 0), after: .seconds(90), .zero),
    ])
    func modes(_ row: Row) {
        let clock = WorldClock(mode: row.mode, showing: Self.start, at: Self.real)
        #expect(clock.now(at: Self.real) == Self.start)
        #expect(clock.now(at: Self.real + row.passed) == Self.start + row.shown)
    }

    /// Whoever waits as long as the clock says finds that the moment has come, and had not come a bit earlier.
    @Test(arguments: PropertySeeds.many)
    func waitingMeetsTheMoment(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let perMille = Int64(1) << Int64(random.uniform(in: 0...40)) + Int64(random.uniform(in: 0...999))
            let clock = WorldClock(mode: .scaled(perMille: perMille), showing: Self.start, at: Self.real)
            let looked = Self.real + .nanoseconds(random.uniform(in: 0...1_000_000_000))
            guard clock.now(at: looked) < .latest else { continue }
            let due = Self.start + .nanoseconds(Int64(1) << Int64(random.uniform(in: 0...50)))
            let wait = try #require(clock.realTime(until: due, from: looked))
            #expect(clock.now(at: looked + wait) >= due, "seed \(seed), perMille \(perMille)")
            if wait > .zero {
                let earlier = looked + (wait - .nanoseconds(1))
                // Rounding loses less than one step of the clock on either side.
                let step = max(1, perMille / 1000) + 1
                #expect(clock.now(at: earlier) <= due + .nanoseconds(step), "seed \(seed), perMille \(perMille)")
            }
        }
    }

    @Test(arguments: PropertySeeds.many.prefix(40))
    func timeNeverRunsBackwards(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let perMille = Int64(random.uniform(in: 0...5_000_000))
        let clock = WorldClock(mode: .scaled(perMille: perMille), showing: Self.start, at: Self.real)
        var real = Self.real
        var shown = clock.now(at: real)
        for _ in 0..<100 {
            real = real + .nanoseconds(random.uniform(in: 0...10_000_000_000))
            let next = clock.now(at: real)
            #expect(next >= shown, "seed \(seed)")
            shown = next
        }
    }

    @Test(arguments: [
        ClockSettings.Mode.real, .frozen, .scaled(perMille: 1), .scaled(perMille: 1_000_000), .scaled(perMille: .max),
        .scaled(perMille: 0),
    ])
    func changingModeKeepsTheTime(_ mode: ClockSettings.Mode) {
        let clock = WorldClock(mode: .scaled(perMille: 7000), showing: Self.start, at: Self.real)
        let later = Self.real + .seconds(1000)
        let changed = clock.running(mode, at: later)
        #expect(changed.now(at: later) == clock.now(at: later))
        #expect(changed.mode == mode)
        let moved = changed.showing(Self.start, at: later)
        #expect(moved.now(at: later) == Self.start && moved.mode == mode)
    }

    @Test func equalFrozenClocksCompareEqual() {
        let one = WorldClock(mode: .frozen, showing: Self.start, at: Self.real)
        let other = WorldClock(mode: .frozen, showing: Self.start, at: Self.real + .seconds(5))
        #expect(one == other)
    }

    struct WaitRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let mode: ClockSettings.Mode
        let wait: Duration?
    }

    @Test(arguments: [
        WaitRow(testDescription: "real", mode: .real, wait: .seconds(10)),
        WaitRow(testDescription: "frozen", mode: .frozen, wait: nil),
        WaitRow(testDescription: "standing", mode: .scaled(perMille: 0), wait: nil),
        WaitRow(testDescription: "twice as fast", mode: .scaled(perMille: 2000), wait: .seconds(5)),
        WaitRow(testDescription: "a tenth", mode: .scaled(perMille: 100), wait: .seconds(100)),
    ])
    func waiting(_ row: WaitRow) {
        let clock = WorldClock(mode: row.mode, showing: Self.start, at: Self.real)
        #expect(clock.realTime(until: Self.start + .seconds(10), from: Self.real) == row.wait)
        #expect(clock.realTime(until: Self.start, from: Self.real) == .zero)
        #expect(clock.realTime(until: Self.start + .seconds(-1), from: Self.real) == .zero)
    }

    /// No setting and no span ends the process.
    @Test(arguments: [
        ClockSettings.Mode.real, .scaled(perMille: 1), .scaled(perMille: 999), .scaled(perMille: 1001),
        .scaled(perMille: 1_000_000_000_000), .scaled(perMille: .max),
    ])
    func hugeSpans(_ mode: ClockSettings.Mode) throws {
        for start in [Instant.earliest, Self.start, .latest] {
            for anchor in [Instant.earliest, Self.real] {
                let clock = WorldClock(mode: mode, showing: start, at: anchor)
                for real in [Instant.earliest, Self.real, .latest] {
                    let now = clock.now(at: real)
                    #expect(now >= .earliest && now <= .latest)
                    for due in [Instant.earliest, Self.start, .latest] {
                        let wait = try #require(clock.realTime(until: due, from: real))
                        #expect(wait >= .zero)
                    }
                }
            }
        }
    }
}
