package import Payments

/// What a merchant adds to the price of what is paid by card.
package struct MerchantFee: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case surcharge, convenience, service }

    package enum Rate: Hashable, Sendable {
        /// Hundredths of a percent: 300 is 3 %.
        case percent(basisPoints: Int64)
        case flat(minorUnits: Int64)
    }

    package var kind: Kind
    package var rate: Rate
    /// The merchant id under which the fee is booked; nil: under the merchant's own.
    package var merchant: MerchantID?

    package init(kind: Kind, rate: Rate, merchant: MerchantID? = nil) {
        self.kind = kind
        self.rate = rate
        self.merchant = merchant
    }

    /// The fee for an amount, in minor units, rounded half up; nil when it is too large to be computed.
    package func amount(on minorUnits: Int64) -> Int64? {
        switch rate {
        case .flat(let fee): return fee
        case .percent(let basisPoints): return minorUnits.share(basisPoints, of: 10_000)
        }
    }
}

/// The surcharge of one transaction. Its amount is part of what the transaction is approved for.
package struct TransactionFee: Hashable, Sendable {
    /// Hundredths of a percent; nothing when it was waived.
    package var basisPoints: Int64
    package var minorUnits: Int64
    /// The merchant takes surcharges, but not for this card or this place.
    package var isWaived: Bool

    package static let waived = TransactionFee(basisPoints: 0, minorUnits: 0, isWaived: true)

    package init(basisPoints: Int64, minorUnits: Int64, isWaived: Bool = false) {
        self.basisPoints = basisPoints
        self.minorUnits = minorUnits
        self.isWaived = isWaived
    }

    /// The part of the fee that belongs to a part of the amount.
    func shared(_ part: Int64, of whole: Int64) -> TransactionFee {
        var fee = self
        fee.minorUnits = whole == 0 ? 0 : minorUnits.share(part, of: whole) ?? 0
        return fee
    }
}

extension Int64 {
    /// `self * part / whole`, rounded half up; nil when it does not fit.
    fileprivate func share(_ part: Int64, of whole: Int64) -> Int64? {
        let doubled = Int128(self) * Int128(part) * 2 + Int128(whole)
        return Int64(exactly: doubled / (Int128(whole) * 2))
    }
}
