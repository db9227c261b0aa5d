/// An amount that a merchant adds or takes off: so many minor units, or a share of a base.
package struct AmountComponent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case flat, percentage }

    package var kind: Kind
    /// Minor units; or thousandths of a percent: 10000 is 10 %.
    package var value: Int64
    /// Part of the total.
    package var includes: Bool

    package init(_ kind: Kind, _ value: Int64, includes: Bool = true) {
        self.kind = kind
        self.value = value
        self.includes = includes
    }

    /// The amount for a base, rounded half away from zero to the minor unit.
    package func amount(of base: Int64) -> Int64 {
        switch kind {
        case .flat: value
        case .percentage: Rate.amount(of: base, share: Int128(value), per: 100_000)
        }
    }
}

/// Exact shares of amounts.
package enum Rate {
    /// `base × share ÷ whole`, rounded half away from zero; clamped to what 64 bits hold.
    package static func amount(of base: Int64, share: Int128, per whole: Int128) -> Int64 {
        let product = Int128(base) * share
        let doubled = product * 2
        let rounded = (doubled + (doubled < 0 ? -whole : whole)) / (whole * 2)
        return Int64(clamping: rounded)
    }
}

/// What a merchant adds by itself to payments through a processor.
package struct FeeProgram: Hashable, Sendable {
    /// Only on cards that may be surcharged.
    package var surcharge: AmountComponent?
    /// When the surcharge of a card cannot be told.
    package var surchargeFallback: AmountComponent?
    package var serviceFee: AmountComponent?
    package var tax: AmountComponent?
    /// The price list has the card price; other methods of payment get this off.
    package var cashDiscount: AmountComponent?
    package var isDualPricing = false
    package var isDualPricingV2 = false
    package var offersConsumerChoice = false
    /// Where nobody may surcharge.
    package var statesWithoutSurcharge: Set<String> = []
    package var disclaimer = ""
    package var disclaimerHTML = ""

    package init() {}
}
