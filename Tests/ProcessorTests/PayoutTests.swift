import Processor
import PropertySupport
import Testing

/// What merchants are paid is what was settled, less refunds and returns: whatever was done in whatever order.
@Suite struct PayoutTests {
    @Test(arguments: PropertySeeds.many)
    func payoutsAreWhatWasSettled(seed: UInt64) throws {
        var simulation = SettlementSimulation(seed: seed)
        for _ in 0..<120 { try simulation.step() }
        try simulation.finish()
        #expect(simulation.audit() == [], "seed \(seed)")
    }

    @Test func theRunsMeetEverything() throws {
        var seen: Set<String> = []
        for seed in 1...40 {
            var simulation = SettlementSimulation(seed: UInt64(seed))
            for _ in 0..<120 { try simulation.step() }
            try simulation.finish()
            seen.formUnion(simulation.seen())
        }
        let wanted: Set = [
            "authorized", "voided", "accepted", "rejected", "formatError", "underReview", "tokenDecryptFailed",
            "pinDebit", "refund", "credit", "source", "return", "separate fee", "included fee", "refunded fee",
        ]
        #expect(wanted.subtracting(seen) == [])
    }
}
