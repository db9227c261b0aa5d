import Payments
import Processor

/// A merchant's fee while it is read: `{ kind: surcharge, percent: 3.0 }`, `{ kind: convenience, flat: 1.50 }`.
private struct MerchantFeeDraft: Sendable {
    var kind = MerchantFee.Kind.surcharge
    var basisPoints: Int64?
    var flat: Int64?
    var merchant: MerchantID?
    var merchantPlace: Place?
    var isSeparate: Bool?
    var isCharged = true

    /// What cannot be said together.
    func contradiction(_ fee: MerchantFee) -> String? {
        switch fee.kind {
        case .surcharge where isSeparate == true || merchant != nil: "a surcharge is part of the payment"
        case _ where isSeparate == false && merchant != nil:
            "a fee that is part of the payment is booked with it, and not by another merchant"
        case .surcharge, .convenience, .service: nil
        }
    }
}

/// A merchant's fee, and where it names the merchant that books it.
struct PlacedFee: Sendable {
    let fee: MerchantFee
    let merchantPlace: Place?
}

extension Reader where Value == PlacedFee {
    static var merchantFee: Reader {
        Section<MerchantFeeDraft>(
            "a fee",
            [
                Field("kind", \.kind, .choice("kind of fee"), required: true, "surcharge, convenience or service"),
                Field("percent", \.basisPoints, .basisPoints, "a share of the price, such as 3.0 or 2.75"),
                Field("flat", \.flat, .amount, "an amount; not for a surcharge"),
                Field("merchant", .name("a merchant id"), "the merchant id that books it") { id, member, draft, _ in
                    draft.merchant = MerchantID(id)
                    draft.merchantPlace = member.value.place
                },
                Field(
                    "separate", \.isSeparate, .flag,
                    "whether it is a transaction of its own; left out: a service fee is, and one of another merchant"),
                Field("charged", \.isCharged, .flag, "false: it is told, and charged by somebody else"),
            ]
        ).reader({ _ in MerchantFeeDraft() }) { draft, node, reading -> PlacedFee? in
            let rate: MerchantFee.Rate
            switch (draft.basisPoints, draft.flat) {
            case (let basisPoints?, nil): rate = .percent(basisPoints: basisPoints)
            case (nil, let flat?) where draft.kind != .surcharge: rate = .flat(minorUnits: flat)
            case (nil, .some):
                return reading.error(at: node.place, "a surcharge is a share of the price: it needs 'percent'")
            case (nil, nil), (.some, .some):
                return reading.error(at: node.place, "a fee needs 'percent' or 'flat', and not both")
            }
            var fee = MerchantFee(
                kind: draft.kind, rate: rate, merchant: draft.merchant, isSeparate: draft.isSeparate)
            fee.isCharged = draft.isCharged
            if let contradiction = draft.contradiction(fee) { return reading.error(at: node.place, contradiction) }
            return PlacedFee(fee: fee, merchantPlace: draft.merchantPlace)
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
