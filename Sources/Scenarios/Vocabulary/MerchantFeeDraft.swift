import Payments
import Processor

/// A merchant's fee while it is read: `{ kind: surcharge, percent: 3.0 }`, `{ kind: convenience, flat: 1.50 }`.
private struct MerchantFeeDraft: Sendable {
    var kind = MerchantFee.Kind.surcharge
    var basisPoints: Int64?
    var flat: Int64?
    var merchant: String?
}

extension Reader where Value == MerchantFee {
    static var merchantFee: Reader {
        Section<MerchantFeeDraft>(
            "a fee",
            [
                Field("kind", \.kind, .choice("kind of fee"), required: true, "surcharge, convenience or service"),
                Field("percent", \.basisPoints, .basisPoints, "a share of the price, such as 3.0 or 2.75"),
                Field("flat", \.flat, .amount, "an amount; not for a surcharge"),
                Field("merchant", \.merchant, .name("a merchant id"), "the merchant id that books it"),
            ]
        ).reader({ _ in MerchantFeeDraft() }) { draft, node, reading -> MerchantFee? in
            let merchant = draft.merchant.map { MerchantID($0) }
            switch (draft.basisPoints, draft.flat) {
            case (let basisPoints?, nil):
                return MerchantFee(kind: draft.kind, rate: .percent(basisPoints: basisPoints), merchant: merchant)
            case (nil, let flat?) where draft.kind != .surcharge:
                return MerchantFee(kind: draft.kind, rate: .flat(minorUnits: flat), merchant: merchant)
            case (nil, .some):
                return reading.error(at: node.place, "a surcharge is a share of the price: it needs 'percent'")
            case (nil, nil), (.some, .some):
                return reading.error(at: node.place, "a fee needs 'percent' or 'flat', and not both")
            }
        }
    }
}

extension Reader where Value == Int64 {
    /// Hundredths of a percent: `3.0` is 300.
    static let basisPoints = Reader(.text("a percentage such as 3.0")) { node, reading in
        guard case .scalar(let text, _) = node.content, let value = DecimalText.scaled(text, decimals: 2) else {
            return reading.expected("a percentage such as 3.0", at: node)
        }
        guard (1...10_000).contains(value) else {
            return reading.error(at: node.place, "a percentage is more than 0 and at most 100")
        }
        return value
    }
}
