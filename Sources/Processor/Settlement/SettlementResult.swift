import Payments

/// The code with which a bank sends a payment back, for example `R01`.
package struct ReturnCode: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The merchant's own name for a batch that it opened itself.
package struct BatchSource: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What became of one transaction of a batch.
package enum SettlementResult: Hashable, Sendable {
    case accepted, rejected, formatError, pinDebit, tokenDecryptFailed, underReview
    /// Accepted first, and sent back by the bank days later.
    case returned(ReturnCode)

    /// The merchant is paid (or pays) for it.
    package var isFunded: Bool {
        switch self {
        case .accepted, .pinDebit, .returned: true
        case .rejected, .formatError, .tokenDecryptFailed, .underReview: false
        }
    }
}

/// What a processor said to a batch as a whole.
package enum BatchAnswer: String, Hashable, Sendable, CaseIterable {
    case accepted, partlyAccepted
    /// The batch arrived, and each of its transactions was rejected.
    case allRejected
    /// There was nothing in it.
    case empty
    /// The batch itself was rejected.
    case rejected
    /// The processor never said anything.
    case unconfirmed

    /// What a transaction of such a batch came to when nothing else was said about it; nil: nobody knows.
    var ordinaryResult: SettlementResult? {
        switch self {
        case .accepted, .partlyAccepted: .accepted
        case .allRejected, .rejected: .rejected
        case .empty, .unconfirmed: nil
        }
    }
}

/// A transaction that fared otherwise than the rest of its batch.
package struct SettlementException: Hashable, Sendable {
    package let transaction: TransactionID
    package let result: SettlementResult

    package init(_ transaction: TransactionID, _ result: SettlementResult) {
        self.transaction = transaction
        self.result = result
    }
}
