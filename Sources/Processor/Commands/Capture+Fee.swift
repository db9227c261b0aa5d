import Payments

extension Capture {
    /// What a capture of so much, without a fee that is part of the payment, comes to.
    ///
    /// A share of the price is computed anew, but for the part that bears none. Nil when there is nothing to compute.
    func withIncludedFee(_ minorUnits: Int64, _ transaction: Transaction) -> (total: Int64, fee: TransactionFee)? {
        guard var fee = transaction.fee, fee.separate == nil, let rate = fee.rate else { return nil }
        guard let amount = rate.amount(on: bearing(minorUnits)) else { return nil }
        fee.minorUnits = amount
        return (minorUnits + amount, fee)
    }

    /// The part of an amount that bears a fee.
    func bearing(_ minorUnits: Int64) -> Int64 { minorUnits - min(max(feeExcluded ?? 0, 0), minorUnits) }
}
