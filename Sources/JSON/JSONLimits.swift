/// What the reader accepts at most. A document at a limit is read; one past it is refused.
package struct JSONLimits: Hashable, Sendable {
    /// What happens to a member whose name the object already has (RFC 8259 §4 leaves it open).
    package enum DuplicateMembers: Hashable, Sendable {
        /// The document is refused.
        case refuse
        /// The later value replaces the earlier one, at the earlier one's place, as common parsers do.
        case keepLast
    }

    /// The length of the document in bytes, blanks included.
    package var maximumBytes: Int
    /// How many arrays and objects may be open at once; a lone string or number has depth zero.
    ///
    /// At most ``highestDepth``: reading, comparing and releasing a tree all take stack for each level.
    package var maximumDepth: Int {
        didSet { JSONLimits.check(maximumDepth) }
    }
    /// The length of one string, member name or number literal, in bytes of UTF-8 after unescaping.
    package var maximumStringBytes: Int
    /// How many members one object may have, repeated names included.
    package var maximumMembers: Int
    /// How many elements one array may have.
    package var maximumElements: Int
    package var duplicateMembers: DuplicateMembers

    /// The deepest nesting that may be asked for; measured, it takes less than 64 KiB of stack in an optimized build
    /// and less than 768 KiB in a debug build.
    package static let highestDepth = 256

    /// - Precondition: `maximumDepth` is from zero to ``highestDepth``.
    package init(
        maximumBytes: Int = 1 << 20, maximumDepth: Int = 64, maximumStringBytes: Int = 1 << 18,
        maximumMembers: Int = 1_000, maximumElements: Int = 100_000, duplicateMembers: DuplicateMembers = .keepLast
    ) {
        JSONLimits.check(maximumDepth)
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumStringBytes = maximumStringBytes
        self.maximumMembers = maximumMembers
        self.maximumElements = maximumElements
        self.duplicateMembers = duplicateMembers
    }

    /// 1 MiB, 64 levels, strings of 256 KiB, 1,000 members, 100,000 elements; the last of equal names is kept.
    package static let `default` = JSONLimits()

    /// For what this process has read within other limits, or has written itself.
    package static let widest = JSONLimits(
        maximumBytes: .max, maximumDepth: highestDepth, maximumStringBytes: .max, maximumMembers: .max,
        maximumElements: .max)

    private static func check(_ depth: Int) {
        precondition((0...highestDepth).contains(depth), "a JSON depth limit is from 0 to \(highestDepth)")
    }
}
