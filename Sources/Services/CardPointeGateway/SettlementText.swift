import Payments
import Processor

/// `setlstat` and `hoststat` (reference §9.1, §17 and its table of states).
enum SettlementText {
    static let declined = "Declined"
    static let queued = "Queued for Capture"

    /// In the answers of `inquire` and `capture`.
    static func text(_ status: SettlementStatus) -> String {
        switch status {
        case .declined: declined
        case .authorized: "Authorized"
        case .queued, .batched: queued
        case .voided: "Voided"
        case .zeroAmount: "Zero Amount"
        case .accepted: "Accepted"
        case .rejected: "Rejected"
        case .formatError: "Format Error"
        case .underReview: "Amount Under Review"
        case .tokenDecryptFailed: "Token Decrypt"
        case .pinDebit: "Pin Debit"
        }
    }

    /// In the answers of `settlestat`; empty while nobody knows.
    static func letter(_ result: SettlementResult?) -> String {
        switch result {
        case nil: ""
        case .accepted: "Y"
        case .rejected, .returned: "N"
        case .formatError: "F"
        case .pinDebit: "P"
        case .tokenDecryptFailed: "T"
        case .underReview: "W"
        }
    }

    /// Blank while the batch waits to be sent.
    static func host(_ stage: SettlementBatch.Stage) -> String {
        switch stage {
        case .open, .closed: ""
        case .sent: "SB"
        case .answered(let answer, _):
            switch answer {
            case .accepted: "GB"
            case .partlyAccepted: "MB"
            case .allRejected: "BB"
            case .empty: "EB"
            case .rejected: "RB"
            case .unconfirmed: "ND"
            }
        }
    }
}
