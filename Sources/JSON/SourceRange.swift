/// Where a member stands in the document that it was read from: from the first quote of its name to the end of its
/// value.
///
/// Only of members that a writer would write in the same way: a text without escapes under a name without escapes, and
/// no blanks.
struct SourceRange: Sendable {
    let start: UInt32
    /// Zero: nowhere, or written in another way.
    let end: UInt32

    static let none = SourceRange(start: 0, end: 0)
}
