package import Payments

/// Why a card or a place bears a surcharge or not.
package enum SurchargeEligibility {
    /// What kind of card it is, as far as the BIN table tells.
    package enum Card: Hashable, Sendable { case credit, debit, unknown }

    /// Whether a surcharge is allowed where the cardholder lives.
    package enum Place: Hashable, Sendable { case allowed, restricted, unknown }
}

extension Behavior {
    /// Prepaid cards count as debit cards.
    package func surchargeCard(_ bin: BIN?) -> SurchargeEligibility.Card {
        guard let bin, let record = bins.record(bin) else { return .unknown }
        switch record.funding {
        case .credit: return .credit
        case .debit, .prepaid: return .debit
        case nil: return .unknown
        }
    }

    /// By the first digits of a postal code of the United States.
    package func surchargePlace(_ postalCode: String?) -> SurchargeEligibility.Place {
        guard let postalCode, !postalCode.isEmpty else { return .unknown }
        let digits = postalCode.filter { $0 != "-" }
        guard Digits.areAll(digits), digits.utf8.count == 5 || digits.utf8.count == 9 else { return .unknown }
        return gateway.surchargeRestrictedPostalCodes.contains(where: digits.hasPrefix) ? .restricted : .allowed
    }
}

extension Merchant {
    /// The fee, when it is one that the gateway adds by itself.
    package var surcharge: MerchantFee? { fee?.kind == .surcharge ? fee : nil }
}
