import Payments
import Testing

@testable import Processor

/// What a world keeps does not grow without end: at each limit the oldest is forgotten.
@Suite struct BoundsTests {
    private func world(_ change: @escaping (inout LimitSettings) -> Void) -> World {
        Sample.world(Sample.behavior { change(&$0.limits) })
    }

    private func books(_ change: (inout LimitSettings) -> Void) -> Books {
        var limits = LimitSettings()
        change(&limits)
        return Books(clock: WorldClock(mode: .frozen, showing: Sample.real, at: Sample.real), limits: limits)
    }

    private func cards(_ count: Int) -> [String] {
        (0..<count).map { Sample.card("48" + String(1_000_000 + $0).dropFirst()) }
    }

    @Test func theOldestTokensAreForgotten() throws {
        var world = world { $0.tokens = 3 }
        let tokens = try cards(5).map { card in
            try #require(try world.authorize(100, card).account.token)
        }
        #expect(world.books.vault.count == 3)
        #expect(
            tokens.map { world.books.vault.account($0, in: Sample.scope) != nil } == [false, false, true, true, true])
        // The number in clear is known by the same token again.
        #expect(try world.authorize(100, cards(1)[0]).account.token == tokens[0])
        #expect(world.books.vault.count == 3)
    }

    @Test func aKnownTokenIsNotCountedTwice() throws {
        var world = world { $0.tokens = 2 }
        let card = cards(1)[0]
        for _ in 0..<5 { _ = try world.authorize(100, card) }
        _ = try world.authorize(100, cards(2)[1])
        #expect(world.books.vault.count == 2)
        let token = try #require(try world.authorize(100, card).account.token)
        #expect(world.books.vault.account(token, in: Sample.scope) != nil)
    }

    @Test func theOldestAgreementsAreForgotten() throws {
        var world = world { $0.tokens = 2 }
        let tokens = try cards(3).map { card in
            try #require(
                try world.authorize(100, card) {
                    $0.initiation = Initiation(party: .cardholder, isScheduled: true)
                }.account.token)
        }
        #expect(
            tokens.map { world.books.ledger.hasAgreement($0, in: Sample.scope) } == [false, true, true])
    }

    @Test func theOldestSettledBatchesAreForgotten() throws {
        var world = world { $0.batches = 3 }
        var sales: [Transaction] = []
        for _ in 0..<6 {
            sales.append(try world.authorize(100, capture: true))
            _ = try world.settleNow(at: Sample.real)
        }
        let open = try world.authorize(100, capture: true)
        #expect(world.books.ledger.batchCount == 4, "three settled ones, and the open one")
        #expect(sales.allSatisfy { world.status($0) == .accepted }, "a forgotten batch was settled")
        #expect(world.status(open) == .queued)
    }

    @Test func openBatchesStay() throws {
        var world = world { $0.batches = 1 }
        let first = try world.authorize(100, capture: true)
        let second = try world.authorize(100, of: Sample.early, capture: true)
        #expect(world.books.ledger.batchCount == 2)
        #expect(world.status(first) == .queued && world.status(second) == .queued)
    }

    @Test func aBatchLetsGoOfWhatTheLedgerHasForgotten() throws {
        var world = world { $0.transactions = 4 }
        for _ in 0..<10 { _ = try world.authorize(100, capture: true) }
        let batch = try #require(world.books.ledger.openBatches.first)
        #expect(world.books.ledger[batch]?.members.count == 4)
    }

    @Test func theOldestCountersOfAttemptsAreForgotten() {
        var memory = RuleMemory(limit: 2)
        var books = self.books { $0.attempts = 2 }
        for key in ["a", "b", "a", "c"] { books.apply(.rule(.attempted(rule: 0, key: key))) }
        memory = books.ruleMemory
        #expect(["a", "b", "c"].map { memory.attempts(rule: 0, key: $0) } == [0, 1, 1])
    }

    @Test func theOldestSignaturesAreForgotten() throws {
        var shelf = SignatureShelf(limit: 2)
        let image = Boxed(try #require(SignatureImage("H4sIAAAAAAAAAA==")))
        for number in [5, 3] { shelf.keep(image, of: TransactionID(number)) }
        #expect(shelf[TransactionID(3)] != nil && shelf[TransactionID(5)] != nil, "exactly as many as fit")
        shelf.keep(image, of: TransactionID(4))
        #expect((3...5).map { shelf[TransactionID($0)] != nil } == [false, true, true], "the oldest payment's")
    }

    @Test func theOldestResultsOfTerminalsAreForgotten() {
        var books = self.books { $0.terminalResults = 2 }
        let key = TerminalKey(scope: Sample.scope, serial: "1")
        func end(_ number: Int) {
            let result = TerminalResult(
                request: TerminalRequestID(number), ending: .confirmed(true), endedAt: Sample.real, delivery: .ordinary)
            books.apply(.terminal(.ended(key, Boxed(result), busyUntil: nil)))
        }
        func kept() -> [Int] { (1...3).filter { books.terminals.result(TerminalRequestID($0)) != nil } }
        end(1)
        end(2)
        #expect(kept() == [1, 2])
        end(3)
        #expect(kept() == [2, 3])
    }

    @Test func theOldestResultsOfABillingPlanAreForgotten() {
        var plan = BillingPlan(
            number: 1, merchant: Sample.late, profile: "1", account: nil,
            amount: Money(minorUnits: 100, currency: .usd),
            rhythm: BillingRhythm(start: 21_916, unit: .month, every: 1, end: .after(BillingPlan.mostPayments)),
            name: nil, document: "{}")
        for index in 0..<3 { plan.settle(index, BillingPlan.Result(.paid), keeping: 3) }
        #expect(plan.results.keys.sorted() == [0, 1, 2])
        plan.settle(3, BillingPlan.Result(.paid), keeping: 3)
        #expect(plan.results.keys.sorted() == [1, 2, 3])
        #expect(plan.next == 4 && plan.result(0) == nil && plan.status == .active)
        // What is settled ahead of its time is not forgotten: it would be due again.
        for index in 10..<15 { plan.settle(index, BillingPlan.Result(.cancelled), keeping: 3) }
        #expect((10..<15).allSatisfy { plan.result($0)?.status == .cancelled })
        for index in 4..<10 { plan.settle(index, BillingPlan.Result(.paid), keeping: 3) }
        #expect(plan.next == 15 && plan.results.keys.sorted() == [12, 13, 14])
        // A plan ends after as many payments as a number of it can tell.
        #expect(plan.day(BillingPlan.mostPayments - 1) != nil && plan.day(BillingPlan.mostPayments) == nil)
    }

    /// The books of a bounded world are the fold of its events, too.
    @Test func rewindingAcrossLimits() throws {
        var world = world {
            $0.tokens = 2
            $0.batches = 2
            $0.transactions = 3
        }
        var past: [Books] = [world.books]
        for card in cards(6) {
            _ = try world.authorize(100, card, capture: true)
            past.append(world.books)
        }
        for sequence in (0...6).reversed() {
            try world.rewind(to: sequence)
            #expect(world.books == past[sequence], "after entry \(sequence)")
        }
    }
}
