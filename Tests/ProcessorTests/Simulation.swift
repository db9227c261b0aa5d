import Cryptography
import Payments
import Processor

/// Random commands against a world, with an account of its own beside the books.
struct Simulation {
    private(set) var world: World
    private var random: SeededRandom
    /// What the simulation itself believes about each approved authorization, by reference.
    private var believed: [Transaction] = []

    /// Every fourth world forgets all but thirty transactions.
    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        world = Sample.world(
            Sample.behavior { parts in
                parts.seed = seed
                if seed.isMultiple(of: 4) { parts.limits.transactions = 30 }
            })
    }

    mutating func step() throws {
        switch random.uniform(below: 16) {
        case 0...4: try authorize()
        case 5, 6: try followUp { Capture($0, amount: $1) }
        case 7, 8: try followUp { VoidTransaction($0, amount: $1) }
        case 9, 10: try followUp { Refund($0, amount: $1) }
        case 11: _ = try world.settleNow(at: Sample.real)
        case 12: try voidByOrder()
        case 13: try tokenize()
        default: try moveClock()
        }
    }

    /// Mostly on, sometimes back.
    private mutating func moveClock() throws {
        let span = random.uniform(in: 1...40_000)
        try world.advance(.seconds(random.uniform(below: 6) == 0 ? -span : span))
    }

    private mutating func voidByOrder() throws {
        let merchant = Sample.merchants[random.uniform(in: 0...(Sample.merchants.count - 1))]
        let order = OrderID("order\(random.uniform(below: 5))")
        _ = try world.run(VoidByOrder(service: "test", merchant: merchant, order: order, amount: nil))
    }

    private mutating func tokenize() throws {
        let account = AccountText([Sample.plain, Sample.partial, "036001808/12345678"][random.uniform(in: 0...2)])
        let scope = [Sample.scope, Sample.otherSite][random.uniform(in: 0...1)]
        let isUnique = random.uniform(below: 2) == 0
        _ = try world.run(Tokenize(service: "test", scope: scope, account: account, isUnique: isUnique)).get()
    }

    private mutating func authorize() throws {
        let merchant = Sample.merchants[random.uniform(in: 0...(Sample.merchants.count - 1))]
        let cards = [Sample.plain, Sample.declining, Sample.partial, Sample.silent, Sample.byAmount]
        let card = cards[random.uniform(in: 0...(cards.count - 1))]
        let amounts: [Int64] = [0, 1, 1000, 12_301, 705_100, 900_000, Int64(random.uniform(in: 1...2_000_000))]
        let amount = amounts[random.uniform(in: 0...(amounts.count - 1))]
        let order = random.uniform(below: 3) == 0 ? OrderID("order\(random.uniform(below: 5))") : nil
        let capture = random.uniform(below: 2) == 0
        let outcome = try world.run(Authorize(merchant, card, amount, capture: capture) { $0.orderID = order })
        believed.append(outcome.transaction)
    }

    private mutating func followUp<C: Command>(
        _ make: (FollowUp, Authorize.AmountEntry?) -> C
    ) throws where C.Outcome == FollowUpOutcome {
        guard !believed.isEmpty else { return }
        let chosen = believed[random.uniform(in: 0...(believed.count - 1))]
        let amounts: [Authorize.AmountEntry?] = [
            nil, .minorUnits(1), .minorUnits(chosen.approved.minorUnits),
            .minorUnits(Int64(random.uniform(in: 1...1_500_000))), .unreadable(.notADecimal), .minorUnits(-5),
        ]
        let outcome = try world.run(
            make(world.followUp(chosen), amounts[random.uniform(in: 0...(amounts.count - 1))]))
        if let new = outcome.view?.transaction, case .refund = new.kind, outcome.told.status == .approved {
            believed.append(new)
        }
    }

    /// Every law that the books break, in words; empty when all is well.
    func audit() -> [String] {
        let ledger = world.books.ledger
        var broken: [String] = []
        var refunds: [TransactionID: Int64] = [:]
        for transaction in ledger.all where transaction.stage != .voided {
            if case .refund(let original) = transaction.kind {
                refunds[original, default: 0] += transaction.approved.minorUnits
            }
        }
        for transaction in ledger.all {
            broken += laws(of: transaction, refunds[transaction.id] ?? 0, ledger)
        }
        for batch in ledger.allBatches {
            let members = ledger.all.filter { $0.batch == batch.id }
            let sales = members.filter { $0.kind == .authorization }.reduce(0) { $0 + $1.approved.minorUnits }
            if ledger.totals(of: batch.id).captured != sales { broken.append("batch \(batch.id) is not its captures") }
        }
        broken += lawsOfIndexes(ledger)
        var folded = Books(clock: Sample.world().books.clock, limits: world.behavior.limits)
        for sequence in world.journal.kept ?? 1...1 {
            folded.apply(world.journal.entry(sequence)?.events ?? [])
        }
        if folded != world.books { broken.append("books are not the fold of the events") }
        return broken
    }

    /// What the indexes find is what looking at every transaction finds.
    private func lawsOfIndexes(_ ledger: Ledger) -> [String] {
        var broken: [String] = []
        let all = ledger.all
        if Set(all.map { "\($0.merchant) \($0.reference)" }).count != all.count {
            broken.append("a reference came twice")
        }
        for scope in [Sample.scope, Sample.otherSite] {
            for number in 0..<5 {
                let order = OrderID("order\(number)")
                let expected = all.filter { $0.details.orderID == order && $0.merchant.scope == scope }.map(\.id)
                if ledger.transactions(order: order, in: scope).map(\.id) != expected {
                    broken.append("\(order) of \(scope) finds other transactions")
                }
            }
        }
        let open = ledger.allBatches.filter(\.isOpen).map(\.id)
        if open != ledger.openBatches { broken.append("the open batches are not those that merchants have open") }
        return broken
    }

    private func laws(of transaction: Transaction, _ refunds: Int64, _ ledger: Ledger) -> [String] {
        var broken: [String] = []
        let name = "transaction \(transaction.id.number)"
        let entitled = transaction.merchant == Sample.tipping ? transaction.requested.minorUnits / 4 : 0
        if transaction.approved.minorUnits > transaction.requested.minorUnits + entitled {
            broken.append("\(name): more captured than authorized")
        }
        if transaction.refunded < 0 || transaction.refunded > transaction.approved.minorUnits {
            broken.append("\(name): refunded \(transaction.refunded) of \(transaction.approved.minorUnits)")
        }
        if transaction.stage == .declined, transaction.approved.minorUnits != 0 {
            broken.append("\(name): declined, and yet holds money")
        }
        // What was forgotten cannot be added up.
        if ledger.oldest.number == 0, refunds != transaction.refunded {
            broken.append("\(name): refunds do not add up")
        }
        if ledger.transaction(transaction.reference, of: transaction.merchant)?.id != transaction.id {
            broken.append("\(name): its reference does not find it")
        }
        return broken
    }
}
