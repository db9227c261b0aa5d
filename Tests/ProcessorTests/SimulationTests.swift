import Cryptography
import Payments
import Processor
import PropertySupport
import Testing

@Suite struct SimulationTests {
    @Test(arguments: PropertySeeds.many)
    func booksBalance(seed: UInt64) throws {
        var simulation = Simulation(seed: seed)
        for _ in 0..<150 { try simulation.step() }
        #expect(simulation.audit() == [], "seed \(seed)")
    }

    @Test(arguments: PropertySeeds.many)
    func rewindingIsReplaying(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var simulation = Simulation(seed: seed)
        var states = [simulation.world.books]
        for _ in 0..<80 {
            try simulation.step()
            while states.count <= simulation.world.lastSequence {
                states.append(simulation.world.books(after: states.count))
            }
        }
        var world = simulation.world
        let target = random.uniform(in: 0...world.lastSequence)
        try world.rewind(to: target)
        #expect(world.books == states[target], "seed \(seed), entry \(target)")
        #expect(world.lastSequence == target)
        #expect(world.journal.entry(target + 1) == nil)
    }

    @Test(arguments: PropertySeeds.many.prefix(20))
    func sameSeedSameBooks(seed: UInt64) throws {
        var first = Simulation(seed: seed)
        var second = Simulation(seed: seed)
        for _ in 0..<100 {
            try first.step()
            try second.step()
        }
        #expect(first.world.books == second.world.books, "seed \(seed)")
    }

    @Test(arguments: PropertySeeds.many.prefix(20))
    func aForkIsIndependent(seed: UInt64) throws {
        var simulation = Simulation(seed: seed)
        for _ in 0..<60 { try simulation.step() }
        let before = simulation.world.books
        var fork = try simulation.world.forked(as: "fork")
        #expect(fork.books == before)
        _ = try fork.run(Authorize(Sample.late, Sample.plain, 100))
        #expect(simulation.world.books == before, "seed \(seed)")
        #expect(fork.books != before, "seed \(seed)")
    }
}
