import Foundation
import Payments
import Platform
import Processor
import ServiceKit
import Testing

/// Many threads and one world: what each of them did is there, once.
@Suite struct WorldHandleThreadTests {
    private static let threads = 8

    /// Runs `body` on eight threads at once, each with its number.
    private static func onThreads(_ body: @escaping @Sendable (Int) -> Void) {
        let start = Gate()
        let group = DispatchGroup()
        for number in 0..<threads {
            let thread = Thread {
                start.wait()
                body(number)
                group.leave()
            }
            group.enter()
            thread.start()
        }
        start.open()
        group.wait()
    }

    @Test func noUpdateIsLost() throws {
        let world = TestWorlds.registry().main
        let faults = Lock<[JournalFault]>([])
        Self.onThreads { number in
            for round in 0..<500 {
                let merchant = number.isMultiple(of: 2) ? TestWorlds.merchant : TestWorlds.other
                do throws(JournalFault) {
                    _ = try world.perform(TestWorlds.sale(Int64(number * 1000 + round + 1), of: merchant))
                } catch {
                    faults.withLock { $0.append(error) }
                }
            }
        }
        #expect(faults.withLock { $0 } == [])
        let snapshot = world.snapshot
        let all = snapshot.books.ledger.all
        #expect(all.count == 4000 && snapshot.lastSequence == 4000 && snapshot.journal.kept == 1...4000)
        let amounts = (0..<8).flatMap { number in (1...500).map { Int64(number * 1000 + $0) } }
        #expect(all.map(\.approved.minorUnits).sorted() == amounts)
        for merchant in [TestWorlds.merchant, TestWorlds.other] {
            let own = all.filter { $0.merchant == merchant }
            #expect(own.count == 2000 && Set(own.map(\.reference)).count == 2000)
        }
        #expect(snapshot.books(after: 4000) == snapshot.books)
        let captured = snapshot.books.ledger.allBatches.map { snapshot.books.ledger.totals(of: $0.id).captured }
        #expect(captured.reduce(0, +) == amounts.reduce(0, +))
    }

    /// Some pay, some look, some attach, one moves the clock and settles, one forks.
    @Test func readersSeeWholeStates() throws {
        let registry = TestWorlds.registry()
        let world = registry.main
        let broken = Lock<[String]>([])
        Self.onThreads { number in
            for round in 0..<100 {
                do {
                    switch number {
                    case 0...3:
                        let recorded = try world.perform(TestWorlds.sale(100)).recorded
                        let sequence = recorded.sequence
                        let exchange = Exchange(
                            service: "s", method: "PUT", target: "/\(sequence)", requestBody: [], status: 200,
                            responseBody: [])
                        world.attach(exchange, to: sequence, era: recorded.era)
                    case 4:
                        _ = try world.setClock { clock, real in
                            clock.showing(clock.now(at: real) + .seconds(3600), at: real)
                        }
                    case 5:
                        _ = try world.settleNow()
                    case 6:
                        let fork = try registry.fork("main", as: "f\(round)")
                        _ = try fork.perform(TestWorlds.sale(1))
                        try registry.delete("f\(round)")
                    default:
                        let seen = world.snapshot
                        let ledger = seen.books.ledger
                        let inBatches = ledger.allBatches.map { $0.members.count }.reduce(0, +)
                        if inBatches != ledger.count
                            || seen.journal.kept.map({ $0.upperBound }) ?? 0 != seen.lastSequence
                        {
                            broken.withLock { $0.append("a half state at entry \(seen.lastSequence)") }
                        }
                    }
                } catch {
                    broken.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(broken.withLock { $0 } == [])
        let snapshot = world.snapshot
        #expect(snapshot.books.ledger.count == 400)
        for sequence in 1...snapshot.lastSequence {
            guard let entry = snapshot.journal.entry(sequence), entry.operation == "authorization" else { continue }
            #expect(entry.exchange?.target == "/\(sequence)")
        }
        #expect(registry.names == ["main"])
    }
}
