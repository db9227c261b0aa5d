import Payments

/// Keeps a picture of the cardholder's signature with a transaction.
package struct StoreSignature: Command {
    package var target: FollowUp
    package var signature: SignatureImage

    package init(_ target: FollowUp, signature: SignatureImage) {
        self.target = target
        self.signature = signature
    }

    package var operation: String { "signature" }

    package func decide(in context: DecisionContext) -> Decision<FollowUpOutcome> {
        target.ruled(operation, minorUnits: nil, in: context) {
            guard let transaction = target.transaction(in: context) else {
                return target.refused(.transactionNotFound, in: context)
            }
            let told = context.refusalRow(.signatureStored).response
            return Decision(
                events: [.ledger(.signed(transaction.id, Boxed(signature)))],
                outcome: target.outcome(transaction, told: told, in: context))
        }
    }
}

/// A picture as its text came: Base64 of a compressed bitmap. Not card data, but personal and large: it is shown where
/// it is asked for, and nowhere else.
package struct SignatureImage: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package let text: String

    /// The longest that a field holds (reference §4.1).
    package static let longest = 6144

    /// Nil when it is empty, too long, or no Base64.
    package init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(Self.isBase64) else { return nil }
        self.text = text
    }

    /// RFC 4648 §4, and the line breaks that some encoders put in.
    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), 10, 13:
            true
        default: false
        }
    }

    package var description: String { "signature(\(text.utf8.count) characters)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
