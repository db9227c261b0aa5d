package import Payments

/// What a merchant is paid on one day: batches that were settled before, less payments that banks sent back.
///
/// Amounts are derived from the transactions, never stored.
package struct Funding: Hashable, Sendable {
    /// A payment that a bank sent back.
    package struct Return: Hashable, Sendable {
        package let transaction: TransactionID
        package let code: ReturnCode

        package init(transaction: TransactionID, code: ReturnCode) {
            self.transaction = transaction
            self.code = code
        }
    }

    package let merchant: MerchantKey
    /// On the gateway's calendar, counted from 1970.
    package let day: Int
    package private(set) var batches: [BatchID]
    package private(set) var returns: [Return]

    package init(merchant: MerchantKey, day: Int, batches: [BatchID], returns: [Return]) {
        self.merchant = merchant
        self.day = day
        self.batches = batches
        self.returns = returns
    }

    /// A clock that was set back meets a day again: what comes then joins what was.
    mutating func add(_ other: Funding) {
        batches += other.batches
        returns += other.returns
    }
}

/// One line of a payout.
package struct FundingLine: Hashable, Sendable {
    package let transaction: Transaction
    package let batch: BatchID?
    /// The processor's number of it.
    package let hostBatch: Int?
    /// What was refunded, when it is a refund.
    package let parent: RetrievalReferenceNumber?
    /// Minor units for the merchant; less than zero for refunds, credits and returns.
    package let minorUnits: Int64
    /// Set when a bank sent the payment back, or a cardholder disputed it.
    package let returned: ReturnCode?

    package var isChargeback: Bool { returned != nil && transaction.account.tender == .card }
}

/// What is kept of a payout.
package struct FundingFees: Hashable, Sendable {
    /// Minor units of each line, and of it those that are a share of the amount.
    package let unit: Int64
    package let share: Int64

    package init(_ line: FundingLine, _ settings: SettlementSettings) {
        guard line.returned == nil, line.minorUnits > 0 else {
            unit = 0
            share = 0
            return
        }
        unit = settings.interchangeUnitFee
        share = MerchantFee.Rate.percent(basisPoints: settings.interchangeBasisPoints).amount(on: line.minorUnits) ?? 0
    }
}

/// What a payout comes to, in minor units; what is kept of it is less than zero.
package struct FundingTotals: Hashable, Sendable {
    /// Of lines that were settled: sales, refunds, credits.
    package private(set) var sales: Int64 = 0
    /// Of lines that came back.
    package private(set) var returns: Int64 = 0
    package private(set) var interchange: Int64 = 0
    package let serviceCharge: Int64

    package init(_ lines: [FundingLine], _ settings: SettlementSettings) {
        serviceCharge = -settings.serviceCharge
        for line in lines {
            if line.returned == nil { sales += line.minorUnits } else { returns += line.minorUnits }
            let fees = FundingFees(line, settings)
            interchange -= fees.unit + fees.share
        }
    }

    package var fees: Int64 { interchange + serviceCharge }
    package var total: Int64 { sales + returns + fees }
}

extension Ledger {
    /// What stands in a payout, batch by batch, and the returns behind them.
    package func lines(of funding: Funding) -> [FundingLine] {
        var lines: [FundingLine] = []
        for id in funding.batches {
            guard let batch = self[id] else { continue }
            for member in members(of: id) where batch.result(of: member.id)?.isFunded == true {
                lines.append(line(of: member, member.signedMinorUnits))
            }
        }
        for returned in funding.returns {
            guard let transaction = self[returned.transaction] else { continue }
            lines.append(line(of: transaction, -transaction.signedMinorUnits, returned.code))
        }
        return lines
    }

    private func line(of transaction: Transaction, _ minorUnits: Int64, _ code: ReturnCode? = nil) -> FundingLine {
        var parent: RetrievalReferenceNumber?
        if case .refund(let original) = transaction.kind { parent = self[original]?.reference }
        return FundingLine(
            transaction: transaction, batch: transaction.batch,
            hostBatch: transaction.batch.flatMap { self[$0]?.hostNumber }, parent: parent, minorUnits: minorUnits,
            returned: code)
    }
}

extension Transaction {
    /// What the merchant gets: more than zero for sales, less for money that is given back.
    package var signedMinorUnits: Int64 {
        switch kind {
        case .authorization, .verification, .credit: approved.minorUnits
        case .refund: -approved.minorUnits
        }
    }
}
