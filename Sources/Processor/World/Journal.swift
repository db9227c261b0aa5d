package import Payments

/// What happened to one request (or by the clock): the events, why, and what went over the wire.
package struct JournalEntry: Sendable {
    /// 1 for the first entry of a world.
    package let sequence: Int
    /// World time.
    package let at: Instant
    /// What was asked, for example `authorization`; `settlement` for what the clock does by itself.
    package let operation: String
    package let events: [Event]
    package let reasons: [Reason]
    package var exchange: Exchange?

    package init(
        sequence: Int, at: Instant, operation: String, events: [Event], reasons: [Reason], exchange: Exchange? = nil
    ) {
        self.sequence = sequence
        self.at = at
        self.operation = operation
        self.events = events
        self.reasons = reasons
        self.exchange = exchange
    }
}

/// Keeps the entries of one world, oldest first. A store conforms.
///
/// Appending comes first and may fail; then nothing has happened. A bounded journal forgets its oldest entries.
package protocol Journal: Sendable {
    /// The sequence numbers of the entries that are kept.
    var kept: ClosedRange<Int>? { get }
    mutating func append(_ entry: consuming JournalEntry) throws(JournalFault)
    /// Completes an entry; one that is not kept any more stays forgotten.
    mutating func attach(_ exchange: Exchange, to sequence: Int)
    func entry(_ sequence: Int) -> JournalEntry?
    /// Forgets everything behind an entry.
    mutating func truncate(after sequence: Int) throws(JournalFault)
    /// The same entries for another world; changes of one do not show in the other.
    func forked() throws(JournalFault) -> any Journal
}

/// Why a journal could not keep an entry.
package struct JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) { self.reason = reason }

    package var description: String { "the journal could not be written: \(reason)" }
}
