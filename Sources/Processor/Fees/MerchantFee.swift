package import Payments

/// What a merchant adds to the price of what is paid.
package struct MerchantFee: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case surcharge, convenience, service }

    package enum Rate: Hashable, Sendable {
        /// Hundredths of a percent: 300 is 3 %.
        case percent(basisPoints: Int64)
        case flat(minorUnits: Int64)

        /// The fee for an amount, in minor units, rounded half up; nil when it is too large to be computed.
        package func amount(on minorUnits: Int64) -> Int64? {
            switch self {
            case .flat(let fee): fee
            case .percent(let basisPoints): minorUnits.share(basisPoints, of: 10_000)
            }
        }
    }

    package var kind: Kind
    package var rate: Rate
    /// The merchant id under which the fee is booked; nil: under the merchant's own.
    package var merchant: MerchantID?
    /// It is a transaction of its own; false: part of the payment's.
    package var isSeparate: Bool
    /// False: the fee is told, and charged by somebody else.
    package var isCharged = true

    /// - Parameter isSeparate: nil: service fees are, and whatever another merchant id books.
    package init(kind: Kind, rate: Rate, merchant: MerchantID? = nil, isSeparate: Bool? = nil) {
        self.kind = kind
        self.rate = rate
        self.merchant = merchant
        self.isSeparate = isSeparate ?? (kind != .surcharge && (kind == .service || merchant != nil))
    }

    /// The fee for an amount, in minor units; nil when it is too large to be computed.
    package func amount(on minorUnits: Int64) -> Int64? { rate.amount(on: minorUnits) }
}

/// The fee of one transaction.
package struct TransactionFee: Hashable, Sendable {
    package var kind: MerchantFee.Kind
    /// Nil: the merchant takes surcharges, but not for this card or this place.
    package var rate: MerchantFee.Rate?
    package var minorUnits: Int64
    /// The fee's own transaction; nil: its amount is part of what this one is approved for.
    package var separate: Boxed<SeparateFee>?

    package static let waived = TransactionFee(kind: .surcharge, rate: nil, minorUnits: 0)

    package init(
        kind: MerchantFee.Kind, rate: MerchantFee.Rate?, minorUnits: Int64, separate: Boxed<SeparateFee>? = nil
    ) {
        self.kind = kind
        self.rate = rate
        self.minorUnits = minorUnits
        self.separate = separate
    }

    package var isWaived: Bool { rate == nil }

    /// Minor units of the fee within the transaction's own amount.
    package var included: Int64 { separate == nil ? minorUnits : 0 }

    /// The part of the fee that belongs to a part of the amount.
    func shared(_ part: Int64, of whole: Int64) -> TransactionFee {
        var fee = self
        fee.minorUnits = whole == 0 ? 0 : minorUnits.share(part, of: whole) ?? 0
        return fee
    }
}

/// A fee that is a transaction of its own.
package struct SeparateFee: Hashable, Sendable {
    package let transaction: TransactionID
    package let merchant: MerchantKey
    package let reference: RetrievalReferenceNumber
    package let authorizationCode: String?

    package init(
        transaction: TransactionID, merchant: MerchantKey, reference: RetrievalReferenceNumber,
        authorizationCode: String?
    ) {
        self.transaction = transaction
        self.merchant = merchant
        self.reference = reference
        self.authorizationCode = authorizationCode
    }

    init(_ transaction: Transaction, authorizationCode: String?) {
        self.init(
            transaction: transaction.id, merchant: transaction.merchant, reference: transaction.reference,
            authorizationCode: authorizationCode)
    }
}

extension Int64 {
    /// `self * part / whole`, rounded half up; nil when it does not fit.
    fileprivate func share(_ part: Int64, of whole: Int64) -> Int64? {
        let doubled = Int128(self) * Int128(part) * 2 + Int128(whole)
        return Int64(exactly: doubled / (Int128(whole) * 2))
    }
}
