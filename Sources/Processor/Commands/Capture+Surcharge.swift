import Payments

extension Capture {
    /// What a capture of so much, without its surcharge, comes to.
    ///
    /// A surcharge is computed anew, but for the part that bears none. Nil when there is nothing to compute.
    func surcharged(_ minorUnits: Int64, _ transaction: Transaction) -> (total: Int64, fee: TransactionFee)? {
        guard let fee = transaction.fee, !fee.isWaived else { return nil }
        let bearing = minorUnits - min(max(feeExcluded ?? 0, 0), minorUnits)
        let rate = MerchantFee(kind: .surcharge, rate: .percent(basisPoints: fee.basisPoints))
        guard let amount = rate.amount(on: bearing) else { return nil }
        return (minorUnits + amount, TransactionFee(basisPoints: fee.basisPoints, minorUnits: amount))
    }
}
