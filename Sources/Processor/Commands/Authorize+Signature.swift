/// A signature as the service read it.
package enum SignatureEntry: Hashable, Sendable {
    case absent
    case image(SignatureImage)
    /// No Base64, or too long.
    case unreadable
}

extension TransactionDraft {
    /// Keeps the signature of an approved payment.
    mutating func keepSignature() {
        guard case .image(let image) = command.signature, transaction.isApproved else { return }
        laterEvents.append(.ledger(.signed(transaction.id, Boxed(image))))
    }
}
