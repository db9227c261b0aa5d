import Payments

/// Closes, sends and settles batches: collects what happens, in order.
///
/// Used by whatever brings that about: the cut-off, a merchant's request, the processor's late answer.
struct BatchClosing {
    private let context: DecisionContext
    private(set) var events: [Event] = []
    private(set) var reasons: [Reason] = []
    /// What rules remember, with what was counted on the way.
    private var memory: RuleMemory
    /// The processor's number of the batch that was sent last, of merchants for whom one was sent here.
    private var hostNumbers: [MerchantKey: Int] = [:]
    /// Payouts that were planned here.
    private var payouts: Set<ScheduledWork> = []
    /// Batches that were answered here.
    private(set) var settled: [BatchID] = []

    init(_ context: DecisionContext) {
        self.context = context
        memory = context.books.ruleMemory
    }

    private var ledger: Ledger { context.ledger }
    private var settings: SettlementSettings { context.behavior.settlement }
    private var today: Int { context.civilNow.daysSince1970 }

    mutating func close(_ batch: BatchID) {
        events.append(.ledger(.batchClosed(batch, on: today)))
    }

    /// Gives a batch to the processor, which answers at once or later. An empty one is not sent at all.
    mutating func send(_ id: BatchID) {
        guard ledger.hasMembers(id) else { return answer(id, .empty, []) }
        let number = nextHostNumber(of: id.merchant)
        hostNumbers[id.merchant] = number
        events.append(.ledger(.batchSent(id, as: number)))
        if settings.confirmAfter > .zero {
            events.append(.agenda(.planned(.batchAnswer(id), at: context.now + settings.confirmAfter)))
        } else {
            settle(id)
        }
    }

    /// The processor's answer: what rules say, and acceptance of everything else.
    mutating func settle(_ id: BatchID) {
        if let batchWish = wish(for: id) {
            switch batchWish {
            case .rejected: return answer(id, .rejected, [])
            case .unconfirmed: return answer(id, .unconfirmed, [])
            case .accepted, .formatError, .pinDebit, .tokenDecryptFailed, .underReview: break
            }
        }
        let mayComeBack = context.behavior.accounts.account(booking: id.merchant)?.processor.tender == .ach
        let hasWishes = !context.behavior.settlementRules.isEmpty || settings.returnAmounts != nil || mayComeBack
        let looksAtPurchases = settings.checksPurchases && ledger.holdsPurchases
        guard hasWishes || looksAtPurchases || ledger[id]?.hasPINDebits == true else {
            return answer(id, .accepted, [])
        }
        settleOneByOne(id)
    }

    private mutating func settleOneByOne(_ id: BatchID) {
        var exceptions: [SettlementException] = []
        var accepted = 0
        var returns: [(Transaction, SettlementWish.Return)] = []
        for member in ledger.members(of: id) {
            let wish = wish(for: member)
            let result =
                wish?.result?.ofTransaction ?? purchaseResult(member)
                ?? (member.details.isPINDebit ? .pinDebit : .accepted)
            if result.isFunded { accepted += 1 }
            if result != .accepted { exceptions.append(SettlementException(member.id, result)) }
            guard result == .accepted || result == .pinDebit else { continue }
            let isBank = member.account.tender == .ach
            let back = isBank ? wish?.returns ?? returnByAmount(member) ?? returnByRouting(member) : wish?.disputes
            if let back { returns.append((member, back)) }
        }
        let rejected = exceptions.filter { !$0.result.isFunded }.count
        answer(id, accepted == 0 ? .allRejected : rejected == 0 ? .accepted : .partlyAccepted, exceptions)
        for (member, returned) in returns {
            let isBank = member.account.tender == .ach
            let due = context.now + (returned.after ?? (isBank ? settings.returnsAfter : settings.disputesAfter))
            events.append(.agenda(.planned(.bankReturn(member.id, returned.code), at: due)))
        }
    }

    private mutating func answer(_ id: BatchID, _ answer: BatchAnswer, _ exceptions: [SettlementException]) {
        events.append(.ledger(.batchSettled(id, answer, exceptions, at: context.now)))
        settled.append(id)
        guard answer == .accepted || answer == .partlyAccepted else { return }
        for event in context.expecting(.batch(id, settledOn: today), of: id.merchant) {
            if case .agenda(.planned(let work, _)) = event, !payouts.insert(work).inserted { continue }
            events.append(event)
        }
    }

    private func nextHostNumber(of merchant: MerchantKey) -> Int {
        let profile = context.merchant(merchant)
            .flatMap { context.behavior.processors[$0.processor] }
        let numbers = profile?.hostBatchNumbers ?? BatchNumbering(first: 1, step: 1)
        let last = hostNumbers[merchant] ?? ledger.merchant(merchant)?.lastHostNumber
        return last.map { $0 + numbers.step } ?? numbers.first
    }

    // MARK: - Rules

    private mutating func wish(for id: BatchID) -> SettlementWish.Result? {
        guard !context.behavior.settlementRules.isEmpty else { return nil }
        var subject = RuleSubject(
            service: Self.service, operation: SettlementOperation.batch, scope: id.merchant.scope, wire: NoWireFacts())
        subject.merchant = id.merchant.id
        subject.processor = context.merchant(id.merchant)?.processor
        return ask(subject)?.result
    }

    private mutating func wish(for member: Transaction) -> SettlementWish? {
        guard !context.behavior.settlementRules.isEmpty else { return nil }
        var subject = RuleSubject(
            service: Self.service, operation: SettlementOperation.transaction, scope: member.merchant.scope,
            wire: NoWireFacts())
        subject.merchant = member.merchant.id
        subject.processor = member.processor
        subject.amount = member.approved.minorUnits
        subject.currency = member.approved.currency.code
        subject.orderID = member.details.orderID
        subject.cardholder = member.details.name
        subject.entryMode = member.entryMode
        subject.reference = member.reference
        if let token = member.account.token {
            subject.card = context.vault.account(token, in: member.merchant.scope).map { CardFacts($0) }
        }
        return ask(subject)
    }

    private mutating func ask(_ subject: RuleSubject) -> SettlementWish? {
        let rules = context.behavior.settlementRules
        let offset = context.behavior.rules.rules.count
        let state = OffsetRuleState(memory: memory, offset: offset)
        context.ruleObserver?(RuleConsultation(rules: rules, subject: subject, state: state, seed: context.seed))
        let match = rules.firstMatch(subject, state: state, seed: context.seed)
        for counted in match.counted { note(.attempted(rule: counted.rule + offset, key: counted.key)) }
        guard let winner = match.winner else { return nil }
        for state in winner.action.states { note(.stateSet(name: state.name, value: state.value)) }
        reasons.append(.rule(name: winner.name, winner.source))
        return winner.action.settlement
    }

    private mutating func note(_ event: RuleEvent) {
        memory.apply(event)
        events.append(.rule(event))
    }

    /// A format error where what was bought cannot be read (reference §18).
    private mutating func purchaseResult(_ member: Transaction) -> SettlementResult? {
        guard settings.checksPurchases, ledger.holdsPurchases, let purchase = ledger.purchase(of: member.id),
            let fault = purchase.fault(of: member.subtotal, comparesSums: settings.itemSums == .formatError)
        else { return nil }
        reasons.append(.note("\(fault.text), in the data of transaction \(member.reference)"))
        return .formatError
    }

    private mutating func returnByAmount(_ member: Transaction) -> SettlementWish.Return? {
        guard let amounts = settings.returnAmounts, member.kind == .authorization,
            let row = context.behavior.returnCodes.row(
                for: member.approved.minorUnits, in: amounts, decimals: member.approved.currency.decimals)
        else { return nil }
        reasons.append(.bankReturn(row.code, row.meaning, row.source))
        return SettlementWish.Return(code: row.code, after: nil)
    }

    /// A gateway's test accounts say by their routing number that they send payments back.
    private func returnByRouting(_ member: Transaction) -> SettlementWish.Return? {
        guard member.kind == .authorization, let order = member.order?.value else { return nil }
        let policy = context.behavior.accounts.policy
        return policy.bankReturn(of: order)
    }

    /// Settlement belongs to no service in particular; rules need not name one.
    private static let service = ""
}

/// What settlement asks rules about.
package enum SettlementOperation {
    package static let transaction = "settlement"
    package static let batch = "batch"
}

/// Rules of settlement count beside those of requests: their numbers begin behind them.
private struct OffsetRuleState: RuleStateReading {
    let memory: RuleMemory
    let offset: Int

    func attempts(rule: Int, key: String) -> Int { memory.attempts(rule: rule + offset, key: key) }
    func stateValue(_ name: String) -> String { memory.stateValue(name) }
}

extension DecisionContext {
    /// What is to be paid, and the payout that does it, unless that is planned.
    func expecting(_ pending: PendingFunding, of merchant: MerchantKey) -> [Event] {
        guard behavior.settlement.funds else { return [] }
        let day = pending.day + behavior.settlement.fundsAfterDays
        let work = ScheduledWork.funding(merchant, day: day)
        let expected = Event.ledger(.fundingExpected(pending, of: merchant))
        guard books.agenda.due(work) == nil else { return [expected] }
        return [expected, .agenda(.planned(work, at: behavior.clock.zone.instant(CivilTime(daysSince1970: day))))]
    }
}

extension Ledger {
    /// Whether anything is in a batch that was not voided.
    func hasMembers(_ id: BatchID) -> Bool {
        guard let members = self[id]?.members else { return false }
        return members.positions.contains { position in
            members[position].flatMap { self[$0] }?.batch == id
        }
    }
}
