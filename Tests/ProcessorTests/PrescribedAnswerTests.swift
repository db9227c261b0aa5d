import Payments
import Processor
import Testing

/// What rules do to each command. How rules match is tested elsewhere.
@Suite struct PrescribedAnswerTests {
    private static func world(
        _ operation: String, _ answer: RuleAction.Answer? = nil, delivery: Delivery? = nil, states: [StateValue] = [],
        _ adjust: (inout RuleConditions) -> Void = { _ in }
    ) -> World {
        var conditions = RuleConditions()
        conditions.operations = [operation]
        adjust(&conditions)
        let action = RuleAction(answer: answer, delivery: delivery, states: states)
        return Sample.world(
            Sample.behavior(rules: [
                Rule(
                    name: "the rule", conditions: conditions, action: action,
                    source: SourceLine(file: "rules.yaml", line: 9))
            ]) { $0.gateway.processorTimeout = .seconds(32) })
    }

    private func reasons(_ world: World) throws -> [Reason] {
        try #require(world.journal.entry(world.lastSequence)).reasons
    }

    // MARK: - Authorizations

    struct AuthRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let answer: RuleAction.Answer?
        let card: String
        let minorUnits: Int64
        let code: String
        let approved: Int64
        let text: String?

        init(
            _ name: String, _ answer: RuleAction.Answer?, card: String = Sample.plain, of minorUnits: Int64 = 1000,
            _ code: String, approved: Int64 = 0, text: String? = nil
        ) {
            testDescription = name
            self.answer = answer
            self.card = card
            self.minorUnits = minorUnits
            self.code = code
            self.approved = approved
            self.text = text
        }
    }

    @Test(arguments: [
        AuthRow("approve a card that declines", .approve, card: Sample.declining, "00", approved: 1000),
        AuthRow("approve a card that never answers", .approve, card: Sample.silent, "00", approved: 1000),
        AuthRow("approve an amount that declines", .approve, of: 705_100, "00", approved: 705_100),
        AuthRow("approve all of what a card gets in part", .approve, card: Sample.partial, "00", approved: 1000),
        AuthRow("approve a verification", .approve, of: 0, "00", approved: 0),
        AuthRow("approve a part", .approvePartially(minorUnits: 300), "10", approved: 300),
        AuthRow("approve no more than was asked", .approvePartially(minorUnits: 5000), "10", approved: 1000),
        AuthRow("decline", .respond(code: "51", text: nil), "51", text: "text 51"),
        AuthRow("decline in other words", .respond(code: "51", text: "No!"), "51", text: "No!"),
        AuthRow("a code that the processor does not have", .respond(code: "ZZ", text: "Odd"), "ZZ", text: "Odd"),
        AuthRow("such a code without words", .respond(code: "ZZ", text: nil), "ZZ", text: "Declined"),
        AuthRow("a code that approves", .respond(code: "10", text: nil), "10", approved: 1000),
        AuthRow("retry", .respond(code: "91", text: nil), "91"),
        AuthRow("refuse", .refuse(.walletNotAllowed), "walletNotAllowed"),
        AuthRow("time out", .timeout(after: nil), "timedOut"),
        AuthRow("nothing", nil, card: Sample.declining, "51"),
    ])
    func authorizations(_ row: AuthRow) throws {
        var world = Self.world("authorization", row.answer, states: [StateValue(name: "s", value: "v")])
        let outcome = try world.run(Authorize(Sample.late, row.card, row.minorUnits, capture: true))
        let transaction = outcome.transaction
        #expect(outcome.told.code == row.code && transaction.response == outcome.told)
        if let text = row.text { #expect(outcome.told.text == text) }
        #expect(transaction.approved.minorUnits == row.approved)
        #expect(world.current(transaction) == transaction)
        #expect(
            world.status(transaction) == (row.minorUnits == 0 ? .zeroAmount : row.approved > 0 ? .queued : .declined))
        #expect(try reasons(world).first == .rule(name: "the rule", SourceLine(file: "rules.yaml", line: 9)))
        #expect(world.books.ruleMemory.stateValue("s") == "v")
    }

    @Test func theGatewayRefusesBeforeARuleCanApprove() throws {
        var world = Self.world("authorization", .approve)
        #expect(try world.authorize(100) { $0.currency = "EUR" }.response.code == Refusal.wrongCurrency.rawValue)
    }

    struct TimeoutRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let after: Duration?
        let delivery: Delivery?
        let delay: Duration
        let commits: Bool

        init(_ name: String, after: Duration? = nil, _ delivery: Delivery? = nil, delay: Duration, commits: Bool) {
            testDescription = name
            self.after = after
            self.delivery = delivery
            self.delay = delay
            self.commits = commits
        }
    }

    static let timeouts = [
        TimeoutRow("the gateway's time", delay: .seconds(32), commits: false),
        TimeoutRow("another time", after: .seconds(5), delay: .seconds(5), commits: false),
        TimeoutRow("said to strike before", Delivery(strikes: .before), delay: .seconds(32), commits: false),
        TimeoutRow("after the books changed", Delivery(strikes: .after), delay: .seconds(32), commits: true),
        TimeoutRow(
            "after, with its own time", after: .seconds(5), Delivery(strikes: .after), delay: .seconds(5), commits: true
        ),
        TimeoutRow("with a longer delay", Delivery(delay: .seconds(40)), delay: .seconds(40), commits: false),
        TimeoutRow("with a shorter delay", Delivery(delay: .seconds(1)), delay: .seconds(32), commits: false),
    ]

    /// The failure that payment code must survive: the client hears that nobody answered, and the money is held.
    @Test(arguments: timeouts)
    func authorizationsTimeOutOnEitherSideOfTheBooks(_ row: TimeoutRow) throws {
        var world = Self.world("authorization", .timeout(after: row.after), delivery: row.delivery)
        let performed = try world.perform(Authorize(Sample.late, Sample.plain, 1000, capture: true), at: Sample.real)
        #expect(performed.recorded.delivery.delay == row.delay)
        #expect(performed.outcome.told.code == Refusal.timedOut.rawValue)
        let recorded = try #require(world.current(performed.outcome.transaction))
        #expect(recorded.isApproved == row.commits)
        #expect(world.status(recorded) == (row.commits ? .queued : .declined))
        #expect((recorded.authorizationCode != nil) == row.commits)
        let inquired = try world.run(Inquire(world.followUp(recorded)))
        #expect(inquired.told.status == (row.commits ? .approved : .retry))
    }

    @Test(arguments: timeouts)
    func capturesTimeOutOnEitherSideOfTheBooks(_ row: TimeoutRow) throws {
        var world = Self.world("capture", .timeout(after: row.after), delivery: row.delivery)
        let transaction = try world.authorize(1000)
        let performed = try FollowUpKind.capture.perform(world.followUp(transaction), in: &world)
        #expect(performed.recorded.delivery.delay == row.delay)
        #expect(performed.outcome.refusal == .timedOut && performed.outcome.told.code == Refusal.timedOut.rawValue)
        #expect(performed.outcome.view?.status == .authorized, "the client sees nothing of a capture")
        #expect(world.status(transaction) == (row.commits ? .queued : .authorized))
    }

    // MARK: - Commands about a transaction

    struct FollowUpRow: CustomTestStringConvertible, Sendable {
        let command: FollowUpKind
        let answer: RuleAction.Answer
        let delivery: Delivery?
        let commits: Bool
        let note: String
        var testDescription: String { "\(command.rawValue): \(note)" }

        static let all: [FollowUpRow] = FollowUpKind.allCases.flatMap { command in
            [
                FollowUpRow(
                    command: command, answer: .respond(code: "51", text: nil), delivery: nil, commits: false,
                    note: "declines"),
                FollowUpRow(
                    command: command, answer: .respond(code: "51", text: nil), delivery: Delivery(delay: .seconds(2)),
                    commits: false, note: "declines late: a delay is no reason to change the books"),
                FollowUpRow(
                    command: command, answer: .respond(code: "51", text: nil), delivery: Delivery(strikes: .after),
                    commits: true, note: "declines after the books changed"),
                FollowUpRow(
                    command: command, answer: .refuse(.walletNotAllowed), delivery: nil, commits: false, note: "refuses"
                ),
                FollowUpRow(
                    command: command, answer: .refuse(.walletNotAllowed), delivery: Delivery(strikes: .before),
                    commits: false, note: "refuses before"),
            ]
        }
    }

    @Test(arguments: FollowUpRow.all)
    func prescribedDeclines(_ row: FollowUpRow) throws {
        var world = Self.world(Self.operation(row.command), row.answer, delivery: row.delivery)
        let transaction = try world.transaction(in: row.command == .refund ? .accepted : .authorized)
        let before = world.books.ledger
        let recorded = try #require(world.current(transaction))
        let outcome = try row.command.perform(world.followUp(transaction), in: &world).outcome
        #expect(outcome.told.status == .declined)
        if case .refuse(let refusal) = row.answer { #expect(outcome.refusal == refusal) }
        #expect(outcome.authorizationCode == nil)
        #expect(outcome.view?.transaction == recorded, "the client is told of nothing that happened")
        #expect((world.books.ledger != before) == (row.commits && row.command != .inquire))
    }

    private static func operation(_ command: FollowUpKind) -> String {
        switch command {
        case .capture, .void, .refund: command.rawValue
        case .inquire: "inquiry"
        }
    }

    @Test(arguments: FollowUpKind.allCases)
    func aPrescribedApprovalHappens(_ command: FollowUpKind) throws {
        var world = Self.world(Self.operation(command), .respond(code: "10", text: "Fine"))
        let transaction = try world.transaction(in: command == .refund ? .accepted : .authorized)
        let before = world.books.ledger
        let outcome = try command.perform(world.followUp(transaction), in: &world).outcome
        #expect(outcome.told.code == "10" && outcome.told.text == "Fine" && outcome.refusal == nil)
        #expect((world.books.ledger != before) == (command != .inquire))
        #expect(outcome.view.flatMap { world.current($0.transaction) } == outcome.view?.transaction)
    }

    @Test func anApprovalCannotMakeThePossibleOfTheImpossible() throws {
        var world = Self.world("refund", .respond(code: "10", text: nil))
        let transaction = try world.transaction(in: .authorized)
        #expect(try world.run(Refund(world.followUp(transaction), amount: nil)).refusal == .transactionNotSettled)
    }

    /// The processor of a bank payment is not that of the merchant.
    @Test func theCodeIsOneOfTheProcessorThatBooked() throws {
        var world = Self.world("void", .respond(code: "Z9", text: nil)) { $0.processors = ["ACH"] }
        let bank = PaymentSource.account(AccountText("036001808/12345678"))
        let sale = try world.run(
            Authorize(service: "test", merchant: Sample.bank, source: bank, amount: .minorUnits(100))
        ).transaction
        let void = try world.run(VoidTransaction(world.followUp(sale), amount: nil))
        #expect(void.told.code == "Z9" && void.told.processor == "ACH")
    }

    // MARK: - Answers of HTTP, and losses

    struct LossRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let answer: RuleAction.Answer?
        let delivery: Delivery?
        let commits: Bool

        init(_ name: String, _ answer: RuleAction.Answer? = nil, _ delivery: Delivery? = nil, commits: Bool) {
            testDescription = name
            self.answer = answer
            self.delivery = delivery
            self.commits = commits
        }
    }

    private static let http = RuleAction.Answer.http(status: 503, contentType: "text/plain", body: "later")

    static let losses = [
        LossRow("an HTTP answer", http, commits: false),
        LossRow("a late HTTP answer", http, Delivery(delay: .seconds(3)), commits: false),
        LossRow("an HTTP answer before", http, Delivery(strikes: .before), commits: false),
        LossRow("an HTTP answer after", http, Delivery(strikes: .after), commits: true),
        LossRow("a lost answer", nil, Delivery(loss: .dropped), commits: true),
        LossRow("a lost answer before", nil, Delivery(loss: .dropped, strikes: .before), commits: false),
        LossRow("a reset after", nil, Delivery(loss: .reset, strikes: .after), commits: true),
        LossRow(
            "a cut answer before", nil, Delivery(loss: .truncated(afterBytes: 3), strikes: .before), commits: false),
        LossRow("a late answer", nil, Delivery(delay: .seconds(3)), commits: true),
        LossRow(
            "a late answer, said to strike before", nil, Delivery(delay: .seconds(3), strikes: .before), commits: true),
    ]

    @Test(arguments: losses)
    func lossesOfAuthorizations(_ row: LossRow) throws {
        var world = Self.world(
            "authorization", row.answer, delivery: row.delivery, states: [StateValue(name: "s", value: "v")]
        ) { $0.attempt = AttemptCondition(numbers: [1...10]) }
        let performed = try world.perform(Authorize(Sample.late, Sample.plain, 1000, capture: true), at: Sample.real)
        #expect((world.books.ledger.count == 1) == row.commits)
        #expect((world.books.vault.count == 1) == row.commits)
        #expect(performed.recorded.delivery.loss == row.delivery?.loss)
        #expect(performed.recorded.delivery.delay == row.delivery?.delay ?? .zero)
        let replacement = performed.recorded.replacement
        #expect((replacement != nil) == (row.answer != nil))
        if let replacement {
            #expect(replacement.status == 503 && replacement.contentType == "text/plain" && replacement.body == "later")
        }
        // Whatever becomes of the books: the rule remembers.
        #expect(world.books.ruleMemory.attempts(rule: 0, key: "") == 1)
        #expect(world.books.ruleMemory.stateValue("s") == "v")
    }

    @Test(arguments: losses)
    func lossesOfOtherCommands(_ row: LossRow) throws {
        for command in [FollowUpKind.capture, .void, .refund] {
            var world = Self.world(Self.operation(command), row.answer, delivery: row.delivery)
            let transaction = try world.transaction(in: command == .refund ? .accepted : .authorized)
            let before = world.books
            _ = try command.perform(world.followUp(transaction), in: &world)
            #expect((world.books != before) == row.commits, "\(command)")
        }
        var world = Self.world("tokenization", row.answer, delivery: row.delivery)
        _ = try world.run(Tokenize(service: "test", scope: Sample.scope, account: AccountText(Sample.plain)))
        #expect((world.books.vault.count == 1) == row.commits)
    }

    // MARK: - Counting

    @Test func everyAttemptCountsWhateverIsAnswered() throws {
        var world = Self.world("capture", .refuse(.timedOut)) {
            $0.attempt = AttemptCondition(numbers: [2...3], scope: .transaction)
        }
        let first = try world.authorize(100)
        let second = try world.authorize(100)
        #expect(try FollowUpKind.capture.perform(world.followUp(second), in: &world).outcome.refusal == nil)
        var refusals: [Refusal?] = []
        for _ in 0..<4 {
            refusals.append(try FollowUpKind.capture.perform(world.followUp(first), in: &world).outcome.refusal)
        }
        #expect(refusals == [nil, .timedOut, .timedOut, nil])
        #expect(try FollowUpKind.capture.perform(world.followUp(second), in: &world).outcome.refusal == .timedOut)
    }

    @Test func refusedAuthorizationsCountToo() throws {
        var world = Self.world("authorization", .approve) { $0.attempt = AttemptCondition(numbers: [3...3]) }
        for _ in 0..<2 { _ = try world.authorize(100) { $0.currency = "EUR" } }
        #expect(try world.authorize(100, Sample.declining).isApproved, "the third")
        #expect(try !world.authorize(100, Sample.declining).isApproved)
    }

    /// What rules count by goes into the journal.
    @Test(arguments: [AttemptCondition.Scope.order, .transaction, .card])
    func countingKeepsNoCardNumber(_ scope: AttemptCondition.Scope) throws {
        var conditions = RuleConditions()
        conditions.attempt = AttemptCondition(numbers: [9...9], scope: scope)
        let rule = Rule(name: "counting", conditions: conditions, action: RuleAction(answer: .approve))
        var world = Sample.world(Sample.behavior(rules: [rule]))
        let number = "4801234567890123".withCheckDigit
        for order in [number, "order \(number)", "4801 2345 6789 012" + number.suffix(1)] {
            _ = try world.authorize(100, number) {
                $0.orderID = OrderID(order)
                $0.name = "Card \(order)"
                $0.voiceAuthorizationCode = order
            }
            _ = try world.run(
                Inquire(FollowUp(service: "test", merchant: Sample.late, reference: RetrievalReferenceNumber(order))))
            _ = try world.run(
                InquireByOrder(service: "test", merchant: Sample.late, order: OrderID(order), onlyThisMerchant: false))
            _ = try world.run(VoidByOrder(service: "test", merchant: Sample.late, order: OrderID(order), amount: nil))
        }
        for sequence in 1...world.lastSequence {
            let text = "\(try #require(world.journal.entry(sequence)))"
            #expect(!text.contains("123456789") && !text.contains("2345 6789"), "entry \(sequence)")
        }
        #expect(!"\(world.books)".contains("123456789"))
    }
}
