import Processor

/// `setlstat` in the answers of `inquire` and `capture` (reference §17 and its table of states).
enum SettlementText {
    static let declined = "Declined"

    static func text(_ status: SettlementStatus) -> String {
        switch status {
        case .declined: declined
        case .authorized: "Authorized"
        case .queued: "Queued for Capture"
        case .voided: "Voided"
        case .zeroAmount: "Zero Amount"
        case .accepted: "Accepted"
        }
    }
}
