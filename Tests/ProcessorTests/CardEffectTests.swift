import Payments
import Processor
import Testing

@Suite struct CardEffectTests {
    private static let no = ResponseCode(processor: "AAA", code: "51", status: .declined, text: "no")
    private static let part = ResponseCode(processor: "AAA", code: "10", status: .approved, text: "part")
    private static let exact = ResponseCode(processor: "AAA", code: "91", status: .retry, text: "exact")

    /// One effect for each step of the decision, all on one card and for one amount.
    private static func effect(_ step: DecisionStep) -> CardEffect? {
        switch step {
        case .timeoutCards: CardEffect(processors: [], kind: .timeout)
        case .amountCards:
            CardEffect(
                processors: [],
                kind: .byAmount(
                    minorUnits: 705_100,
                    AmountAnswer(response: exact, onlyRecurring: false, extras: DeclineExtras())))
        case .declineCards: CardEffect(processors: [], kind: .decline(no))
        case .partialCards: CardEffect(processors: [], kind: .partial(approvedMinorUnits: 500, part))
        case .approvalCards: CardEffect(processors: [], kind: .approve(authorizationCode: "FIXED1"))
        case .amountCodes: nil
        }
    }

    private static func world(
        _ effects: [CardEffect], order: [DecisionStep] = DecisionStep.allCases,
        _ adjust: @escaping (inout BehaviorParts) -> Void = { _ in }
    ) throws -> World {
        let number = try #require(PrimaryAccountNumber(card))
        return Sample.world(
            Sample.behavior { parts in
                parts.cards = TestCardTable([TestCard(number: number, brand: "Visa", effects: effects)])
                parts.processors["AAA"]?.decisionOrder = order
                parts.gateway.fixedAuthorizationCodes = true
                adjust(&parts)
            })
    }

    private static let card = Sample.card("485")

    /// What decided, as the journal tells it.
    private static func decider(_ world: World) throws -> DecisionStep? {
        let entry = try #require(world.journal.entry(world.lastSequence))
        for reason in entry.reasons {
            if case .card(let step, _, _) = reason { return step }
            if case .amountCode = reason { return .amountCodes }
        }
        return nil
    }

    struct OrderRow: CustomTestStringConvertible, Sendable {
        let order: [DecisionStep]
        var testDescription: String { order.map(\.rawValue).joined(separator: ", ") }
    }

    /// Each step comes first once, the others follow in both directions: the first of the order decides.
    @Test(
        arguments: DecisionStep.allCases.flatMap { first in
            let others = DecisionStep.allCases.filter { $0 != first }
            return [OrderRow(order: [first] + others), OrderRow(order: [first] + others.reversed())]
        })
    func theFirstStepThatAppliesDecides(_ row: OrderRow) throws {
        var world = try Self.world(row.order.compactMap(Self.effect).reversed(), order: row.order)
        let transaction = try world.authorize(705_100, Self.card)
        #expect(try Self.decider(world) == row.order.first)
        let code: String
        switch row.order[0] {
        case .timeoutCards: code = Refusal.timedOut.rawValue
        case .amountCards: code = "91"
        case .declineCards, .amountCodes: code = "51"
        case .partialCards: code = "10"
        case .approvalCards: code = "00"
        }
        #expect(transaction.response.code == code)
    }

    @Test func aStepThatTheOrderLeavesOutNeverDecides() throws {
        for step in DecisionStep.allCases {
            let order = DecisionStep.allCases.filter { $0 != step }
            var world = try Self.world(DecisionStep.allCases.compactMap(Self.effect), order: order)
            _ = try world.authorize(705_100, Self.card)
            #expect(try Self.decider(world) == order[0])
        }
    }

    @Test func withoutAnEffectTheProcessorApproves() throws {
        var world = try Self.world([])
        #expect(try world.authorize(1000, Self.card).response.code == "00")
        #expect(try Self.decider(world) == nil)
    }

    struct ScopeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let minorUnits: Int64
        let merchant: MerchantKey
        let applies: Bool

        init(_ name: String, _ minorUnits: Int64, of merchant: MerchantKey = Sample.late, _ applies: Bool) {
            testDescription = name
            self.minorUnits = minorUnits
            self.merchant = merchant
            self.applies = applies
        }
    }

    @Test(arguments: [
        ScopeRow("the lowest amount", 600, true), ScopeRow("below it", 599, false),
        ScopeRow("the highest amount", 1000, true), ScopeRow("above it", 1001, false),
        ScopeRow("another processor", 700, of: Sample.early, false),
        ScopeRow("another merchant of the processor", 700, of: Sample.tipping, true),
        ScopeRow("production, where every test card declines", 599, of: Sample.lateInProduction, true),
        ScopeRow("a credit", -700, of: Sample.crediting, false),
    ])
    func processorsAndAmounts(_ row: ScopeRow) throws {
        let effect = CardEffect(processors: ["AAA"], amounts: 600...1000, kind: .decline(Self.no))
        var world = try Self.world([effect])
        #expect(try world.authorize(row.minorUnits, Self.card, of: row.merchant).isApproved == !row.applies)
    }

    @Test func theFirstOfTwoEffectsOfAStepThatAppliesDecides() throws {
        let narrow = CardEffect(processors: ["AAA"], amounts: 0...100, kind: .decline(Self.no))
        let wide = CardEffect(processors: [], kind: .decline(Self.exact))
        var world = try Self.world([narrow, wide])
        #expect(try world.authorize(100, Self.card).response.code == "51")
        #expect(try world.authorize(101, Self.card).response.code == "91")
    }

    @Test(arguments: [true, false])
    func authorizationCodesOfTestCards(areFixed: Bool) throws {
        var world = try Self.world([CardEffect(processors: [], kind: .approve(authorizationCode: "FIXED1"))]) {
            $0.gateway.fixedAuthorizationCodes = areFixed
        }
        let code = try #require(try world.authorize(100, Self.card).authorizationCode)
        #expect((code == "FIXED1") == areFixed)
        #expect(areFixed || (code.hasPrefix("T") && code.count == 6))
    }

    @Test(arguments: [ScopeRow("4999", 4999, true), ScopeRow("5000", 5000, false)])
    func debitCards(_ row: ScopeRow) throws {
        var world = try Self.world([CardEffect(processors: [], amounts: 0...4999, kind: .debit)])
        #expect(try world.authorize(row.minorUnits, Self.card).isApproved)
        #expect(try Self.decider(world) == (row.applies ? .approvalCards : nil))
    }

    // MARK: - Partial approvals

    struct PartialRow: CustomTestStringConvertible, Sendable {
        let requested: Int64
        let approved: Int64
        var testDescription: String { "\(requested)" }
    }

    @Test(arguments: [
        PartialRow(requested: 1000, approved: 500), PartialRow(requested: 500, approved: 500),
        PartialRow(requested: 300, approved: 300),
    ])
    func aPartialApprovalIsNeverMoreThanAsked(_ row: PartialRow) throws {
        var world = try Self.world([CardEffect(processors: [], kind: .partial(approvedMinorUnits: 500, Self.part))])
        let transaction = try world.authorize(row.requested, Self.card, capture: true)
        #expect(transaction.response.code == "10")
        #expect(transaction.requested.minorUnits == row.requested)
        #expect(transaction.approved.minorUnits == row.approved)
        #expect(world.status(transaction) == .queued)
        let batch = try #require(world.books.ledger.allBatches.first)
        #expect(world.books.ledger.totals(of: batch.id).captured == row.approved)
    }

    // MARK: - Time-outs

    @Test(arguments: [GatewaySettings.TimeoutAmount.requested, .zero])
    func aTimeOutIsToldLateAndRecordedAsDeclined(amount: GatewaySettings.TimeoutAmount) throws {
        var world = try Self.world([CardEffect(processors: [], kind: .timeout)]) {
            $0.gateway.processorTimeout = .seconds(17)
            $0.gateway.timeoutAmount = amount
        }
        let performed = try world.perform(Authorize(Sample.late, Self.card, 1000, capture: true), at: Sample.real)
        #expect(performed.recorded.delivery.delay == .seconds(17))
        #expect(performed.recorded.delivery.loss == nil)
        let outcome = performed.outcome
        #expect(outcome.told.code == Refusal.timedOut.rawValue && outcome.told.status == .retry)
        #expect(outcome.batch == nil && outcome.token != nil)
        let recorded = try #require(world.current(outcome.transaction))
        #expect(recorded == outcome.transaction)
        #expect(recorded.stage == .declined && recorded.approved.minorUnits == 0)
        #expect(recorded.requested.minorUnits == 1000)
        #expect(recorded.avs == nil && recorded.cvv == nil, "nobody compared anything")
    }

    // MARK: - Recurring advice

    struct AdviceRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let first: Initiation?
        let firstCard: String
        let firstMerchant: MerchantKey
        let second: Initiation?
        let amount: Int64
        let declines: Bool

        init(
            _ name: String, first: Initiation? = .init(party: .cardholder, isScheduled: true),
            card: String = Sample.byAmount, of merchant: MerchantKey = Sample.late,
            second: Initiation? = .init(party: .merchant, isScheduled: true), amount: Int64 = 12_301, declines: Bool
        ) {
            testDescription = name
            self.first = first
            firstCard = card
            firstMerchant = merchant
            self.second = second
            self.amount = amount
            self.declines = declines
        }
    }

    /// Reference §13.10: first the cardholder's agreement, then the merchant's payment of the listed amount.
    @Test(arguments: [
        AdviceRow("agreement, then payment", declines: true),
        AdviceRow("the agreement with another merchant of the site", of: Sample.tipping, declines: true),
        AdviceRow("another amount", amount: 12_302, declines: false),
        AdviceRow("no agreement", first: nil, declines: false),
        AdviceRow("the first was not scheduled", first: .init(party: .cardholder, isScheduled: false), declines: false),
        AdviceRow("the first was the merchant's", first: .init(party: .merchant, isScheduled: true), declines: false),
        AdviceRow("the agreement of another card", card: Sample.plain, declines: false),
        AdviceRow("the payment is not scheduled", second: .init(party: .merchant, isScheduled: false), declines: false),
        AdviceRow(
            "the payment is the cardholder's", second: .init(party: .cardholder, isScheduled: true), declines: false),
        AdviceRow("the payment says nothing", second: nil, declines: false),
    ])
    func adviceNeedsTheAgreementFirst(_ row: AdviceRow) throws {
        var world = Sample.world()
        let first = try world.authorize(100, row.firstCard, of: row.firstMerchant) { $0.initiation = row.first }
        #expect(first.isApproved)
        let second = try world.authorize(row.amount, Sample.byAmount) { $0.initiation = row.second }
        #expect(second.isApproved == !row.declines)
        #expect(second.extras.advice == (row.declines ? DeclineExtras.Pair(code: "03", text: "stop") : nil))
    }

    @Test func aDeclinedAgreementIsNone() throws {
        var world = Sample.world()
        let scheduled = Initiation(party: .cardholder, isScheduled: true)
        let first = try world.authorize(705_100, Sample.byAmount) { $0.initiation = scheduled }
        #expect(!first.isApproved)
        let second = try world.authorize(12_301, Sample.byAmount) {
            $0.initiation = Initiation(party: .merchant, isScheduled: true)
        }
        #expect(second.isApproved)
    }

    @Test func theCategoryFollowsBrandProcessorAndCode() throws {
        let category = DeclineExtras.Pair(code: "2", text: "wait")
        let key = TestCardTable.CategoryKey(brand: "Visa", processor: "AAA", code: "51")
        var world = Sample.world(Sample.behavior { $0.cards = TestCardTable([], categories: [key: category]) })
        #expect(try world.authorize(705_100).extras.category == category)
        #expect(try world.authorize(709_100).extras.category == nil)
        #expect(try world.authorize(705_100, of: Sample.early).extras.category == nil)
        #expect(try world.authorize(100).extras.category == nil)
    }
}
