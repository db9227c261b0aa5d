import Payments
import Testing

@testable import Processor

/// What a world has forgotten it releases, bit by bit, and what a copy of it still has stays there.
@Suite struct ForgottenTransactionsTests {
    private struct Reference {
        weak var transaction: Boxed<Transaction>?
    }

    @Test func whatIsForgottenIsReleased() throws {
        let behavior = Sample.behavior {
            $0.limits.transactions = 50
            $0.limits.journalEntries = 40
        }
        var world = Sample.world(behavior, entries: 40)
        var references: [Reference] = []
        var copies: [(world: World, transactions: [Transaction])] = []
        for count in 1...2_000 {
            _ = try world.authorize(100)
            references.append(Reference(transaction: world.newest))
            if count == 700 || count == 1_300 {
                copies.append((try world.forked(as: "copy"), world.books.ledger.all))
            }
        }
        // A copy has at most what it kept, what its checkpoints kept, and whole chunks.
        let most = (copies.count + 1) * (50 + 40 + 3 * 128)
        #expect(references.filter { $0.transaction != nil }.count <= most)
        #expect(references.suffix(50).allSatisfy { $0.transaction != nil })
        for copy in copies { #expect(copy.world.books.ledger.all == copy.transactions) }
        copies = []
        #expect(references.filter { $0.transaction != nil }.count <= most / 3)
    }

    @Test func neverTwoTogether() throws {
        var world = Sample.world()
        var forgotten = ForgottenTransactions()
        let references = replace(&forgotten, try world.authorize(100))
        var alive = [references.count]
        // A step more for each row.
        for _ in 0..<15 {
            forgotten.releaseOne()
            alive.append(references.filter { $0.transaction != nil }.count)
        }
        #expect(zip(alive, alive.dropFirst()).allSatisfy { $0 - $1 <= 1 }, "\(alive)")
        #expect(alive.last == 0)
        forgotten.releaseOne()
    }

    /// Three rows of four.
    private func replace(_ forgotten: inout ForgottenTransactions, _ transaction: Transaction) -> [Reference] {
        let rows = (0..<3).map { _ in (0..<4).map { _ in Boxed(transaction) } }
        forgotten.replace(with: rows)
        return rows.joined().map { Reference(transaction: $0) }
    }
}

extension World {
    fileprivate var newest: Boxed<Transaction>? {
        let ledger = books.ledger
        return ledger[TransactionID(ledger.next.number - 1)].flatMap {
            ledger.boxed($0.reference, of: $0.merchant)
        }
    }
}
