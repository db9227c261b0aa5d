import Payments
import Processor
import Testing

/// The commands about an existing transaction, without amount.
enum FollowUpKind: String, CaseIterable, Sendable {
    case capture, void, refund, inquire

    func perform(
        _ target: FollowUp, _ amount: Authorize.AmountEntry? = nil, in world: inout World
    ) throws -> Performed<FollowUpOutcome> {
        switch self {
        case .capture: try world.perform(Capture(target, amount: amount), at: Sample.real)
        case .void: try world.perform(VoidTransaction(target, amount: amount), at: Sample.real)
        case .refund: try world.perform(Refund(target, amount: amount), at: Sample.real)
        case .inquire: try world.perform(Inquire(target), at: Sample.real)
        }
    }
}

extension World {
    /// A transaction of 10.00 in a status.
    mutating func transaction(in status: SettlementStatus, of merchant: MerchantKey = Sample.late) throws -> Transaction
    {
        switch status {
        case .declined: return try authorize(705_100, of: merchant)
        case .authorized: return try authorize(1000, of: merchant)
        case .queued: return try authorize(1000, of: merchant, capture: true)
        case .zeroAmount: return try authorize(0, of: merchant)
        case .voided:
            let transaction = try authorize(1000, of: merchant)
            _ = try FollowUpKind.void.perform(followUp(transaction), in: &self)
            return transaction
        case .accepted:
            let transaction = try authorize(1000, of: merchant, capture: true)
            _ = try settleNow(at: Sample.real)
            return transaction
        case .batched:
            let transaction = try authorize(1000, of: merchant, capture: true)
            _ = try run(CloseBatch(service: "test", merchant: merchant, number: nil))
            return transaction
        case .rejected: return try settled(as: .rejected, of: merchant)
        case .formatError: return try settled(as: .formatError, of: merchant)
        case .underReview: return try settled(as: .underReview, of: merchant)
        case .tokenDecryptFailed: return try settled(as: .tokenDecryptFailed, of: merchant)
        case .pinDebit: return try settled(as: .pinDebit, of: merchant)
        }
    }

    private mutating func settled(as result: SettlementWish.Result, of merchant: MerchantKey) throws -> Transaction {
        let transaction = try authorize(1000, of: merchant, capture: true) {
            $0.orderID = OrderID("settle:\(result.rawValue)")
        }
        _ = try settleNow(at: Sample.real)
        return transaction
    }
}

@Suite struct FollowUpMatrixTests {
    /// What a command does to a transaction in a status.
    struct Row: CustomTestStringConvertible, Sendable {
        let status: SettlementStatus
        let command: FollowUpKind
        let merchant: MerchantKey
        /// Nil: not refused.
        let refusal: Refusal?
        /// Nil: the books stay as they are.
        let after: SettlementStatus?
        var testDescription: String { "\(command.rawValue) of \(status) of \(merchant.id)" }

        init(
            _ status: SettlementStatus, _ command: FollowUpKind, of merchant: MerchantKey = Sample.late,
            refused refusal: Refusal? = nil, becomes after: SettlementStatus? = nil
        ) {
            self.status = status
            self.command = command
            self.merchant = merchant
            self.refusal = refusal
            self.after = after
        }
    }

    static let rows: [Row] = [
        // Reference §5: what cannot be captured changes nothing, and its status tells why.
        Row(.declined, .capture), Row(.authorized, .capture, becomes: .queued), Row(.queued, .capture),
        Row(.voided, .capture), Row(.zeroAmount, .capture), Row(.accepted, .capture), Row(.batched, .capture),
        Row(.rejected, .capture), Row(.formatError, .capture), Row(.underReview, .capture),
        Row(.tokenDecryptFailed, .capture), Row(.pinDebit, .capture),
        // Reference §6.
        Row(.declined, .void, refused: .noMatchingAuthorization), Row(.authorized, .void, becomes: .voided),
        Row(.queued, .void, becomes: .voided), Row(.voided, .void),
        Row(.zeroAmount, .void, refused: .noMatchingAuthorization),
        Row(.accepted, .void, refused: .transactionBatched), Row(.batched, .void, refused: .transactionBatched),
        Row(.rejected, .void, refused: .transactionBatched), Row(.formatError, .void, refused: .transactionBatched),
        Row(.underReview, .void, refused: .transactionBatched),
        Row(.tokenDecryptFailed, .void, refused: .transactionBatched),
        Row(.pinDebit, .void, refused: .transactionBatched),
        // Reference §7: only settled ones, unless the merchant may refund others.
        Row(.declined, .refund, refused: .transactionNotSettled),
        Row(.authorized, .refund, refused: .transactionNotSettled),
        Row(.queued, .refund, refused: .transactionNotSettled), Row(.voided, .refund, refused: .transactionNotSettled),
        Row(.zeroAmount, .refund, refused: .transactionNotSettled), Row(.accepted, .refund, becomes: .queued),
        Row(.batched, .refund, refused: .transactionNotSettled),
        Row(.rejected, .refund, refused: .transactionNotSettled),
        Row(.formatError, .refund, refused: .transactionNotSettled),
        Row(.underReview, .refund, refused: .transactionNotSettled),
        Row(.tokenDecryptFailed, .refund, refused: .transactionNotSettled), Row(.pinDebit, .refund, becomes: .queued),
        Row(.declined, .refund, of: Sample.early, refused: .transactionNotSettled),
        Row(.authorized, .refund, of: Sample.early, refused: .transactionNotSettled),
        Row(.queued, .refund, of: Sample.early, becomes: .queued),
        Row(.accepted, .refund, of: Sample.early, becomes: .queued),
        // Reading changes nothing.
        Row(.declined, .inquire), Row(.authorized, .inquire), Row(.queued, .inquire), Row(.voided, .inquire),
        Row(.zeroAmount, .inquire), Row(.accepted, .inquire), Row(.batched, .inquire), Row(.rejected, .inquire),
        Row(.formatError, .inquire), Row(.underReview, .inquire), Row(.tokenDecryptFailed, .inquire),
        Row(.pinDebit, .inquire),
    ]

    @Test(arguments: rows)
    func everyStatusAndCommand(_ row: Row) throws {
        var world = Sample.world()
        let original = try world.transaction(in: row.status, of: row.merchant)
        #expect(world.status(original) == row.status)
        let before = world.books
        let recorded = try #require(world.current(original))
        let outcome = try row.command.perform(world.followUp(original), in: &world).outcome
        #expect(outcome.refusal == row.refusal)
        let view = try #require(outcome.view, "the transaction is known, so the answer can tell about it")
        if let refusal = row.refusal {
            #expect(outcome.told.code == refusal.rawValue && outcome.told.processor == "GATE")
        }
        guard let after = row.after else {
            #expect(world.books == before)
            #expect(view.transaction == recorded && view.status == row.status)
            if row.refusal == nil, row.command != .void { #expect(outcome.told == recorded.response) }
            return
        }
        #expect(outcome.told.status == .approved)
        #expect(view.status == after)
        #expect(world.books != before)
        if row.command == .refund {
            #expect(view.transaction.kind == .refund(of: original.id))
            #expect(world.status(original) == row.status, "the original keeps its own status")
        } else {
            #expect(view.transaction.id == original.id)
        }
        #expect(world.current(view.transaction) == view.transaction, "what is told is what is recorded")
    }

    @Test func theTableIsComplete() {
        let covered = Set(Self.rows.filter { $0.merchant == Sample.late }.map { "\($0.status) \($0.command)" })
        #expect(covered.count == SettlementStatus.allCases.count * FollowUpKind.allCases.count)
    }

    struct ViewRow: CustomTestStringConvertible, Sendable {
        let status: SettlementStatus
        let merchant: MerchantKey
        let isVoidable: Bool
        let isRefundable: Bool
        var testDescription: String { "\(status) of \(merchant.id)" }
    }

    /// Reference §8.2.
    @Test(arguments: [
        ViewRow(status: .declined, merchant: Sample.late, isVoidable: false, isRefundable: false),
        ViewRow(status: .authorized, merchant: Sample.late, isVoidable: true, isRefundable: false),
        ViewRow(status: .queued, merchant: Sample.late, isVoidable: true, isRefundable: false),
        ViewRow(status: .queued, merchant: Sample.early, isVoidable: true, isRefundable: true),
        ViewRow(status: .voided, merchant: Sample.early, isVoidable: false, isRefundable: false),
        ViewRow(status: .accepted, merchant: Sample.late, isVoidable: false, isRefundable: true),
        ViewRow(status: .accepted, merchant: Sample.early, isVoidable: false, isRefundable: true),
        ViewRow(status: .batched, merchant: Sample.early, isVoidable: false, isRefundable: false),
        ViewRow(status: .rejected, merchant: Sample.early, isVoidable: false, isRefundable: false),
        ViewRow(status: .pinDebit, merchant: Sample.late, isVoidable: false, isRefundable: true),
    ])
    func whatInquiriesTell(_ row: ViewRow) throws {
        var world = Sample.world()
        let transaction = try world.transaction(in: row.status, of: row.merchant)
        let view = try #require(try world.run(Inquire(world.followUp(transaction))).view)
        #expect(view.isVoidable == row.isVoidable)
        #expect(view.isRefundable == row.isRefundable)
        let isInBatch: Set<SettlementStatus> = [.queued, .batched, .accepted, .rejected, .pinDebit]
        #expect((view.batch != nil) == isInBatch.contains(row.status))
        #expect((view.settledAt != nil) == (row.status == .accepted || row.status == .pinDebit))
    }

    /// A refund is no sale: it cannot be refunded, so no inquiry may say that it can.
    @Test func aRefundIsNotRefundable() throws {
        var world = Sample.world()
        let sale = try world.transaction(in: .accepted)
        let refund = try #require(try world.run(Refund(world.followUp(sale), amount: nil)).view).transaction
        _ = try world.settleNow(at: Sample.real)
        let view = try #require(try world.run(Inquire(world.followUp(refund))).view)
        #expect(view.status == .accepted)
        #expect(!view.isRefundable)
        #expect(try world.run(Refund(world.followUp(refund), amount: nil)).refusal == .transactionNotSettled)
    }

    struct StrangerRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let target: @Sendable (Transaction) -> FollowUp

        init(_ name: String, _ target: @escaping @Sendable (Transaction) -> FollowUp) {
            testDescription = name
            self.target = target
        }
    }

    @Test(arguments: [
        StrangerRow("an unknown reference") { _ in
            FollowUp(service: "test", merchant: Sample.late, reference: "23221")
        },
        StrangerRow("an empty reference") { _ in FollowUp(service: "test", merchant: Sample.late, reference: "") },
        StrangerRow("another merchant of the site") {
            FollowUp(service: "test", merchant: Sample.early, reference: $0.reference)
        },
        StrangerRow("another site") { FollowUp(service: "test", merchant: Sample.other, reference: $0.reference) },
        StrangerRow("the other environment") {
            FollowUp(service: "test", merchant: Sample.lateInProduction, reference: $0.reference)
        },
    ])
    func whatIsNotOnesOwnIsNotFound(_ row: StrangerRow) throws {
        for command in FollowUpKind.allCases {
            var world = Sample.world()
            let target = row.target(try world.authorize(1000, capture: true))
            let before = world.books
            let outcome = try command.perform(target, in: &world).outcome
            #expect(outcome.refusal == .transactionNotFound, "\(command)")
            #expect(outcome.view == nil)
            #expect(outcome.reference == target.reference)
            #expect(world.books == before)
        }
    }
}
