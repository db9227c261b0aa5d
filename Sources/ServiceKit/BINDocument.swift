import JSON
package import Payments
package import Processor

/// What is known of a card by its first digits: the answer of `bin`, and `binInfo` of authorizations and of
/// updates, whose ranges are six digits.
package enum BINDocument {
    /// - Parameter endings: put behind the six digits of a range.
    package static func object(
        _ record: BINRecord, _ bin: BIN, endings: String = String(repeating: "X", count: 3)
    ) -> AnswerObject {
        var object = AnswerObject()
        object.add("country", record.country)
        object.add("product", record.product)
        object.add("bin", bin.digits)
        object.add("cardusestring", ifPresent: record.cardUse)
        object.add("gsa", value: .bool(record.isGovernment))
        object.add("corporate", value: .bool(record.isCorporate))
        object.add("fsa", value: .bool(record.isHealthcare))
        object.add("subtype", ifPresent: record.subtype)
        object.add("purchase", value: .bool(record.isPurchasing))
        object.add("prepaid", value: .bool(record.funding == .prepaid))
        object.add("issuer", ifPresent: record.issuer)
        object.add("binlo", record.digits.lowerBound + endings)
        object.add("binhi", record.digits.upperBound + endings)
        return object
    }
}
