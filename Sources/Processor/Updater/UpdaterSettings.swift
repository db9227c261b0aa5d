package import Payments

/// How the account updater of the test environment keeps enrolled cards up to date.
package struct UpdaterSettings: Sendable {
    /// Where it is emulated.
    package var processors: Set<ProcessorName> = []
    /// From enrolment to the first update, and from one to the next.
    package var firstAfter: Duration = .seconds(1800)
    package var every: Duration = .seconds(86_400)
    package var outcomes = AccountChangeTable([])
    /// `YYYYMMDD`; an update draws one of them.
    package var expiries: [String] = []
    /// Updates on one page of an answer.
    package var pageSize = 100
    /// Accounts in one request to enrol, and to remove.
    package var mostEnrolledAtOnce = 2000
    package var mostRemovedAtOnce = 1897

    package init() {}
}

/// What a card network says of an account.
package enum AccountChange: String, Hashable, Sendable, CaseIterable {
    /// There is another number, and another expiry.
    case number
    case expiry
    case closed
    /// The merchant should ask the cardholder.
    case contact
    case invalid
    /// Nothing at all.
    case nothing
}

/// Which accounts get which updates.
package struct AccountChangeTable: Sendable {
    package struct Row: Sendable {
        package let lastFour: String
        package let change: AccountChange
        package let source: SourceLine?

        package init(lastFour: String, change: AccountChange, source: SourceLine?) {
            self.lastFour = lastFour
            self.change = change
            self.source = source
        }
    }

    private let changes: [String: Row]

    /// Of two rows for the same digits, the later one counts.
    package init(_ rows: [Row]) {
        changes = Dictionary(rows.map { ($0.lastFour, $0) }, uniquingKeysWith: { $1 })
    }

    /// Nil: chance decides.
    package subscript(lastFour: String) -> Row? { changes[lastFour] }
}
