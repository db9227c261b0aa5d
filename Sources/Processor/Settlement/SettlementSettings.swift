package import Payments

/// How batches are closed, sent, answered and paid out.
package struct SettlementSettings: Sendable {
    /// When a batch that was closed by hand goes to the processor.
    package enum ClosedBatches: String, Hashable, Sendable, CaseIterable { case immediately, cutOff }
    /// When batches that were opened by hand are closed.
    package enum ManualBatches: String, Hashable, Sendable, CaseIterable { case cutOff, untilClosed }
    /// Where a payment goes whose batch source nobody has opened.
    package enum UnknownSource: String, Hashable, Sendable, CaseIterable { case merchantBatch, newBatch }
    /// What becomes of a payment whose items do not make its amount.
    package enum ItemSums: String, Hashable, Sendable, CaseIterable { case ignore, formatError }
    /// How `funding` writes amounts and dates.
    package enum FundingForm: String, Hashable, Sendable, CaseIterable { case documented, recorded }

    /// How long the processor takes to answer a batch.
    package var confirmAfter: Duration = .zero
    package var closedBatches: ClosedBatches = .immediately
    package var manualBatches: ManualBatches = .cutOff
    package var unknownBatchSource: UnknownSource = .merchantBatch
    /// Settled batches are paid out; false: there is never anything to tell.
    package var funds = true
    /// Days from settlement to payout.
    package var fundsAfterDays = 1
    package var fundingForm: FundingForm = .documented
    /// How long after settlement a bank sends a payment back.
    package var returnsAfter: Duration = .seconds(2 * 86_400)
    /// Bank account payments of these amounts (minor units) come back: the last two digits of whole major units name
    /// the code.
    package var returnAmounts: ClosedRange<Int64>?
    /// How long after settlement a cardholder disputes a payment.
    package var disputesAfter: Duration = .seconds(10 * 86_400)
    /// What card networks and the processor keep of a payout: minor units of each sale, hundredths of a percent of it,
    /// and minor units of each payout.
    package var interchangeUnitFee: Int64 = 0
    package var interchangeBasisPoints: Int64 = 0
    package var serviceCharge: Int64 = 0
    /// Where payouts go; nil: nothing is told of it.
    package var bank: PayoutBank?
    /// The plans by which card networks reckon what they keep; the first that fits.
    package var interchangePlans: [InterchangePlan] = []
    /// Open batches that one merchant may have besides its usual one.
    package var manualBatchLimit = 100
    /// Payments whose level 2 or level 3 data cannot be read have a format error.
    package var checksPurchases = false
    package var itemSums = ItemSums.ignore

    package init() {}
}

/// The bank account of a payout, as it is told: masked.
package struct PayoutBank: Hashable, Sendable {
    package var account = ""
    package var routing = ""
    /// Of a payout, and of one that is less than nothing.
    package var creditCode = ""
    package var debitCode = ""
    /// What trace numbers begin with: the bank that sends the money.
    package var tracePrefix = ""

    package init() {}
}

/// By what a card network reckons its share of a payment.
package struct InterchangePlan: Hashable, Sendable {
    /// Empty: any.
    package var brands: Set<CardBrand> = []
    package var entryModes: Set<EntryMode> = []
    package var plan = ""
    /// Why it is not a better one; empty: it is the best.
    package var downgrade = ""

    package init() {}

    package func fits(_ transaction: Transaction) -> Bool {
        guard transaction.account.tender == .card else { return false }
        return (brands.isEmpty || transaction.account.brand.map(brands.contains) ?? false)
            && (entryModes.isEmpty || transaction.entryMode.map(entryModes.contains) ?? false)
    }
}

/// The codes with which banks send payments back.
package struct ReturnCodeTable: Sendable {
    package struct Row: Sendable {
        package let code: ReturnCode
        package let meaning: String
        package let source: SourceLine?

        package init(code: ReturnCode, meaning: String, source: SourceLine?) {
            self.code = code
            self.meaning = meaning
            self.source = source
        }
    }

    package let rows: [Row]
    private let index: [ReturnCode: Int]

    /// Of two rows with the same code, the later one counts.
    package init(_ rows: [Row]) {
        self.rows = rows
        index = Dictionary(
            rows.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { _, later in later })
    }

    package subscript(code: ReturnCode) -> Row? { index[code].map { rows[$0] } }

    /// The code that an amount names: 2003.10 is the third.
    func row(for minorUnits: Int64, in amounts: ClosedRange<Int64>, decimals: Int) -> Row? {
        guard amounts.contains(minorUnits) else { return nil }
        let unit = (0..<decimals).reduce(Int64(1)) { product, _ in product * 10 }
        let number = minorUnits / unit % 100
        return self[ReturnCode("R" + (number < 10 ? "0" : "") + String(number))]
    }
}

/// What a rule wants to happen when a transaction or a batch is settled.
package struct SettlementWish: Hashable, Sendable {
    package enum Result: String, Hashable, Sendable, CaseIterable {
        case accepted, rejected, formatError, pinDebit, tokenDecryptFailed, underReview
        /// Of a batch alone: no answer ever comes.
        case unconfirmed
    }

    package struct Return: Hashable, Sendable {
        package let code: ReturnCode
        /// Nil: after the time of the scenario.
        package let after: Duration?

        package init(code: ReturnCode, after: Duration?) {
            self.code = code
            self.after = after
        }
    }

    package var result: Result?
    package var returns: Return?
    /// The cardholder disputes the payment, some time after settlement.
    package var disputes: Return?

    package init(result: Result? = nil, returns: Return? = nil, disputes: Return? = nil) {
        self.result = result
        self.returns = returns
        self.disputes = disputes
    }
}

extension SettlementWish.Result {
    /// What it makes of one transaction; nil for what only a batch can be.
    var ofTransaction: SettlementResult? {
        switch self {
        case .accepted: .accepted
        case .rejected: .rejected
        case .formatError: .formatError
        case .pinDebit: .pinDebit
        case .tokenDecryptFailed: .tokenDecryptFailed
        case .underReview: .underReview
        case .unconfirmed: nil
        }
    }
}
