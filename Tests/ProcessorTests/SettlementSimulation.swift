import Cryptography
import Payments
import Processor

/// Random payments, batches and days against a world; afterwards everything that can happen has happened, and what
/// merchants were paid is compared with what their payments say.
struct SettlementSimulation {
    private(set) var world: World
    private var random: SeededRandom
    /// Approved payments that may still be changed, refunds among them.
    private var known: [Transaction] = []
    private static let merchants = [
        Sample.late, Sample.early, Sample.bank, Sample.crediting, Sample.other, Sample.convenient, Sample.charging,
    ]
    /// Have no payments of their own, but book those of others.
    private static let bookkeepers = [Sample.bankBooks, Sample.feeBooks]
    /// What becomes of a payment follows from its order, see ``Sample``; the others are accepted.
    private static let orders: [OrderID?] = [
        nil, nil, nil, "order", "settle:rejected", "settle:formatError", "settle:underReview",
        "settle:tokenDecryptFailed", "settle:pinDebit", "settle:accepted", "return:R01", "return:late",
    ]
    /// Every batch of it is rejected as a whole.
    private static let rejected = Sample.other

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        world = Sample.world(
            Sample.behavior { parts in
                parts.seed = seed
                parts.settlementRules = RuleBook(parts.settlementRules.rules + [Self.rejectingRule])
                parts.settlement.closedBatches = seed.isMultiple(of: 2) ? .cutOff : .immediately
                parts.settlement.confirmAfter = seed.isMultiple(of: 3) ? .seconds(7200) : .zero
                parts.settlement.manualBatches = seed.isMultiple(of: 5) ? .untilClosed : .cutOff
                if seed.isMultiple(of: 4) {
                    parts.settlement.interchangeUnitFee = 10
                    parts.settlement.interchangeBasisPoints = 290
                    parts.settlement.serviceCharge = 25
                }
                parts.settlement.unknownBatchSource = seed.isMultiple(of: 7) ? .newBatch : .merchantBatch
            })
    }

    private static let rejectingRule: Rule = {
        var conditions = RuleConditions()
        conditions.operations = [SettlementOperation.batch]
        conditions.merchants = [rejected.id]
        return Rule(
            name: "rejected batches", conditions: conditions,
            action: RuleAction(settlement: SettlementWish(result: .rejected)))
    }()

    mutating func step() throws {
        switch random.uniform(below: 12) {
        case 0...4: try authorize()
        case 5: try followUp { Capture($0, amount: $1) }
        case 6: try followUp { VoidTransaction($0, amount: $1) }
        case 7, 8: try followUp { Refund($0, amount: $1) }
        case 9: try openOrClose()
        case 10: try world.advance(.seconds(random.uniform(in: 1...50_000)))
        default: try world.advance(.seconds(random.uniform(below: 5) == 0 ? -30_000 : 90_000))
        }
    }

    /// Closes what is open and lets the longest return and its payout come.
    mutating func finish() throws {
        for merchant in Self.merchants + Self.bookkeepers {
            while try world.run(CloseBatch(service: "test", merchant: merchant, number: nil)) != nil {}
        }
        for _ in 0..<60 { try world.advance(.seconds(2 * 86_400)) }
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[random.uniform(in: 0...(elements.count - 1))]
    }

    private var sources: [BatchSource] { ["till 1", "till 2"] }

    private mutating func authorize() throws {
        let merchant = pick(Self.merchants)
        let isBank = merchant == Sample.bank && random.uniform(below: 4) > 0
        let account = isBank ? "036001808/12345678" : pick([Sample.plain, Sample.partial])
        let isCredit = merchant == Sample.crediting && random.uniform(below: 2) == 0
        let amount = Int64(random.uniform(in: 1...600_000))
        let order = pick(Self.orders)
        let source = random.uniform(below: 4) == 0 ? pick(sources) : nil
        let hasPIN = random.uniform(below: 8) == 0
        let captures = random.uniform(below: 3) > 0
        let outcome = try world.run(
            Authorize(merchant, account, isCredit ? -amount : amount, capture: captures) { command in
                command.orderID = order
                command.batchSource = source
                command.isPINDebit = hasPIN && !isBank
            })
        if outcome.transaction.isApproved { known.append(outcome.transaction) }
    }

    private mutating func openOrClose() throws {
        let merchant = pick(Self.merchants + Self.bookkeepers)
        if random.uniform(below: 2) == 0 {
            _ = try world.run(OpenBatch(service: "test", merchant: merchant, source: pick(sources)))
        } else {
            _ = try world.run(CloseBatch(service: "test", merchant: merchant, number: nil))
        }
    }

    private mutating func followUp<C: Command>(
        _ make: (FollowUp, Authorize.AmountEntry?) -> C
    ) throws where C.Outcome == FollowUpOutcome {
        guard !known.isEmpty else { return }
        let chosen = pick(known)
        let part = Int64(random.uniform(in: 1...max(1, Int(abs(chosen.approved.minorUnits)))))
        let outcome = try world.run(
            make(world.followUp(chosen), pick([nil, .minorUnits(part), .minorUnits(1), .minorUnits(part / 2 + 1)])))
        if let new = outcome.view?.transaction, case .refund = new.kind, outcome.told.status == .approved {
            known.append(new)
        }
    }

    // MARK: - Laws

    /// Every law that is broken, in words; empty when all is well.
    func audit() -> [String] {
        let ledger = world.books.ledger
        let fundings = ledger.settlement.allFundings
        var broken: [String] = []
        var paid: [MerchantKey: Int64] = [:]
        for funding in fundings {
            paid[funding.merchant, default: 0] += ledger.lines(of: funding).reduce(0) { $0 + $1.minorUnits }
        }
        for merchant in Self.merchants + Self.bookkeepers {
            let earned = ledger.all.filter { $0.batch?.merchant == merchant }.reduce(0) { $0 + self.earned($1) }
            if paid[merchant, default: 0] != earned {
                broken.append("\(merchant) was paid \(paid[merchant, default: 0]) and earned \(earned)")
            }
        }
        let batches = fundings.flatMap(\.batches)
        if Set(batches).count != batches.count { broken.append("a batch was paid twice") }
        let returns = fundings.flatMap(\.returns).map(\.transaction)
        if Set(returns).count != returns.count { broken.append("a return was taken back twice") }
        if !ledger.openBatches.isEmpty { broken.append("a batch is open that was to be closed") }
        return broken + lawsOfStates(ledger) + lawsOfFees(ledger) + fundings.compactMap { lawOfKept($0, ledger) }
    }

    /// What is transferred is what the lines come to, less what is kept of each sale and of the payout.
    private func lawOfKept(_ funding: Funding, _ ledger: Ledger) -> String? {
        let settings = world.behavior.settlement
        let lines = ledger.lines(of: funding)
        let sales = lines.filter { $0.returned == nil && $0.minorUnits > 0 }.map(\.minorUnits)
        let kept = sales.reduce(settings.serviceCharge) { kept, sale in
            kept + settings.interchangeUnitFee + (sale * settings.interchangeBasisPoints + 5_000) / 10_000
        }
        let expected = lines.reduce(-kept) { $0 + $1.minorUnits }
        let told = FundingTotals(lines, settings).total
        return told == expected ? nil : "\(funding.merchant) is told \(told) and gets \(expected)"
    }

    /// A fee goes the way of its payment, whichever merchant books it.
    private func lawsOfFees(_ ledger: Ledger) -> [String] {
        ledger.all.compactMap { payment in
            guard payment.isApproved, payment.kind == .authorization, let fee = payment.fee else { return nil }
            let name = "transaction \(payment.id.number), \(payment.stage)"
            guard let separate = fee.separate?.value else {
                return payment.merchant == Sample.convenient ? nil : "\(name): its fee should be separate"
            }
            guard let own = ledger[separate.transaction], own.merchant == Sample.feeBooks else {
                return "\(name): its fee is nowhere"
            }
            switch payment.stage {
            case .voided:
                let isRefunded = own.approved.minorUnits == own.refunded || own.kind != .authorization
                return own.stage == .voided || isRefunded ? nil : "\(name): its fee is \(own.stage)"
            case .authorized:
                return own.stage == .authorized && own.approved.minorUnits == fee.minorUnits
                    ? nil : "\(name): its fee is \(own.stage)"
            case .queued where payment.refunded == payment.approved.minorUnits:
                return own.stage == .voided || own.refunded == own.approved.minorUnits
                    ? nil : "\(name): it was refunded, and its fee was not"
            case .queued, .declined, .zeroAmount:
                return own.stage == .authorized ? "\(name): its fee was not captured" : nil
            }
        }
    }

    /// What a merchant gets for one payment in the end: by the payment and its order alone, not by what batches say.
    private func earned(_ transaction: Transaction) -> Int64 {
        let amount: Int64
        switch transaction.kind {
        case .authorization, .credit: amount = transaction.approved.minorUnits
        case .refund: amount = -transaction.approved.minorUnits
        case .verification: return 0
        }
        if transaction.batch?.merchant == Self.rejected { return 0 }
        switch transaction.details.orderID {
        case "settle:rejected", "settle:formatError", "settle:underReview", "settle:tokenDecryptFailed": return 0
        case "return:R01", "return:late": return transaction.account.tender == .ach ? 0 : amount
        default: return amount
        }
    }

    private func lawsOfStates(_ ledger: Ledger) -> [String] {
        ledger.all.compactMap { transaction in
            guard transaction.batch != nil else { return nil }
            let status = ledger.status(of: transaction)
            let isPIN = transaction.details.isPINDebit && transaction.details.orderID?.text.contains(":") != true
            if isPIN, transaction.batch?.merchant != Self.rejected, status != .pinDebit {
                return "transaction \(transaction.id.number) with a PIN is \(status)"
            }
            return status == .queued || status == .batched
                ? "transaction \(transaction.id.number) is \(status) in the end" : nil
        }
    }

    /// What the runs together have to have met, so that the laws are about something.
    func seen() -> Set<String> {
        let ledger = world.books.ledger
        var seen = Set(ledger.all.map { "\(ledger.status(of: $0))" })
        for transaction in ledger.all {
            if case .refund = transaction.kind, transaction.batch != nil { seen.insert("refund") }
            if transaction.kind == .credit, transaction.batch != nil { seen.insert("credit") }
            if transaction.fee?.separate != nil, transaction.batch != nil { seen.insert("separate fee") }
            if transaction.fee?.included ?? 0 > 0, transaction.batch != nil { seen.insert("included fee") }
            if transaction.batch?.merchant == Sample.feeBooks, case .refund = transaction.kind {
                seen.insert("refunded fee")
            }
            if transaction.details.batchSource != nil, transaction.batch != nil { seen.insert("source") }
        }
        if !ledger.settlement.allFundings.flatMap(\.returns).isEmpty { seen.insert("return") }
        return seen
    }
}
