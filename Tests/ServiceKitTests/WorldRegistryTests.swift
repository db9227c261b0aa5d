import Payments
import Platform
import Processor
import ServiceKit
import Testing

@Suite struct WorldRegistryTests {
    private func fault(_ body: () throws(WorldRegistry.Fault) -> Void) -> WorldRegistry.Fault? {
        do throws(WorldRegistry.Fault) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    struct NameRow: CustomTestStringConvertible, Sendable {
        let name: String
        let isGood: Bool
        var testDescription: String { "'\(name)'" }

        init(_ name: String, _ isGood: Bool) {
            self.name = name
            self.isGood = isGood
        }
    }

    @Test(arguments: [
        NameRow("a", true), NameRow("w7", true), NameRow("A-b_c.d", true), NameRow("0", true), NameRow("-", true),
        NameRow("a.", true), NameRow(String(repeating: "x", count: 64), true), NameRow("", false),
        NameRow(String(repeating: "x", count: 65), false), NameRow(".", false), NameRow("..", false),
        NameRow(".a", false),
        NameRow("a b", false), NameRow("a/b", false), NameRow("a\n", false), NameRow("é", false), NameRow("a~", false),
        NameRow("a@", false), NameRow("[", false), NameRow("{", false), NameRow("`", false), NameRow("a:b", false),
        NameRow("\0", false), NameRow("٣", false),
    ])
    func names(_ row: NameRow) {
        #expect(WorldRegistry.isName(row.name) == row.isGood)
        let registry = TestWorlds.registry()
        let expected: WorldRegistry.Fault? = row.isGood ? nil : .badName(row.name)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.create(row.name, nil) } == expected)
        let forking = fault { () throws(WorldRegistry.Fault) in
            _ = try registry.fork("main", as: row.isGood ? row.name + "f" : row.name)
        }
        if row.name.utf8.count < 64 { #expect(forking == expected) }
    }

    @Test func mainIsThereAndStays() throws {
        let registry = TestWorlds.registry()
        #expect(registry.names == ["main"])
        #expect(registry.main.name == "main")
        #expect(try registry.find("main") === registry.main)
        #expect(fault { () throws(WorldRegistry.Fault) in try registry.delete("main") } == .mainStays)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.create("main", nil) } == .exists("main"))
        #expect(
            fault { () throws(WorldRegistry.Fault) in _ = try registry.fork("main", as: "main") } == .exists("main"))
        #expect(registry.names == ["main"])
    }

    @Test func whatIsNotThere() {
        let registry = TestWorlds.registry()
        let unknown = WorldRegistry.Fault.unknown("b", known: ["a", "main"])
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.create("a", nil) } == nil)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.find("b") } == unknown)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.fork("b", as: "c") } == unknown)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.reset("b") } == unknown)
        #expect(fault { () throws(WorldRegistry.Fault) in try registry.delete("b") } == unknown)
        #expect(unknown.description == "there is no world 'b'; there are: a, main")
    }

    @Test func thereIsALimit() throws {
        let registry = TestWorlds.registry(TestWorlds.behavior { $0.limits.worlds = 3 })
        _ = try registry.create("a", nil)
        _ = try registry.fork("main", as: "b")
        let tooMany = WorldRegistry.Fault.tooMany(limit: 3)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.create("c", nil) } == tooMany)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.fork("main", as: "c") } == tooMany)
        #expect(fault { () throws(WorldRegistry.Fault) in _ = try registry.create("a", nil) } == .exists("a"))
        try registry.delete("a")
        _ = try registry.create("c", nil)
        #expect(registry.names == ["b", "c", "main"])
    }

    @Test func worldsAreApart() throws {
        let registry = TestWorlds.registry()
        _ = try registry.main.perform(TestWorlds.sale(100))
        let fresh = try registry.create("fresh", nil)
        let fork = try registry.fork("main", as: "fork")
        #expect(fresh.snapshot.books.ledger.count == 0 && fork.snapshot.books.ledger.count == 1)
        _ = try fork.perform(TestWorlds.sale(200))
        _ = try fresh.perform(TestWorlds.sale(300))
        #expect(registry.main.snapshot.books.ledger.count == 1)
        #expect(fork.snapshot.books.ledger.all.map(\.approved.minorUnits) == [100, 200])
        #expect(fork.snapshot.origin?.world == "main" && fork.snapshot.origin?.sequence == 1)
        #expect(try registry.find("fork") === fork)
    }

    @Test func aWorldHasTheSeedItAsksFor() throws {
        let registry = TestWorlds.registry(TestWorlds.behavior { $0.seed = 5 })
        let other = WorldRegistry.Blueprint(behavior: TestWorlds.behavior { $0.seed = 6 })
        let seeded = WorldRegistry.Blueprint(behavior: TestWorlds.behavior(), seed: 7)
        #expect(registry.main.snapshot.seed == 5)
        #expect(try registry.create("a", nil).snapshot.seed == 5)
        #expect(try registry.create("b", other).snapshot.seed == 6)
        #expect(try registry.create("c", seeded).snapshot.seed == 7)
        #expect(try registry.fork("c", as: "d").snapshot.seed == 7)
        #expect(try registry.fork("c", as: "e", seed: 8).snapshot.seed == 8)
        #expect(try registry.reset("e").snapshot.seed == 8)
    }

    @Test func resettingGoesBackToTheBeginning() throws {
        let registry = TestWorlds.registry()
        let beginning = registry.main.snapshot.books
        let old = registry.main
        _ = try old.perform(TestWorlds.sale(100))
        let fresh = try registry.reset("main")
        #expect(fresh.snapshot.books == beginning && fresh.snapshot.lastSequence == 0)
        #expect(registry.main === fresh && fresh !== old)
        // A request that began before goes on in the world it knows, and nobody else sees it.
        _ = try old.perform(TestWorlds.sale(200))
        #expect(registry.main.snapshot.books == beginning)
    }

    /// The beginning of a fork is the moment at which it was forked.
    @Test func resettingAForkGoesBackToTheForking() throws {
        let registry = TestWorlds.registry()
        _ = try registry.main.perform(TestWorlds.sale(100))
        let fork = try registry.fork("main", as: "fork")
        let forked = fork.snapshot.books
        for round in 0..<2 {
            _ = try registry.find("fork").perform(TestWorlds.sale(200))
            _ = try registry.main.perform(TestWorlds.sale(300))
            #expect(try registry.reset("fork").snapshot.books == forked, "round \(round)")
        }
        #expect(registry.main.snapshot.books.ledger.count == 3)
    }

    @Test func waitersAreToldWhenAClockOrAWorldChanges() throws {
        let told = Lock<[String]>([])
        let registry = TestWorlds.registry { name in told.withLock { $0.append(name) } }
        let world = try registry.create("a", nil)
        _ = try world.setClock { clock, real in clock.showing(clock.now(at: real) + .seconds(1), at: real) }
        try world.rewind(to: 0)
        _ = try registry.reset("a")
        try registry.delete("a")
        #expect(told.withLock { $0 } == ["a", "a", "a", "a"])
        // Nobody can move the clock of a world that is gone: whoever waits for it waits no longer.
        #expect(world.realTime(until: world.now + .seconds(9)) == .zero)
        #expect(registry.main.realTime(until: registry.main.now + .seconds(9)) == nil, "its clock stands still")
    }
}
