/// What a value of a scenario looks like: enough to write documentation and a JSON Schema from.
package indirect enum Shape: Sendable {
    /// Any text; the words say what it means: `a duration such as 32s`.
    case text(String)
    case integer(ClosedRange<Int64>)
    case flag
    case choice([String])
    /// No value at all, or an empty mapping.
    case nothing
    case list(Shape)
    /// One value, or a list of them.
    case oneOrMany(Shape)
    /// Any keys, of the named kind.
    case map(key: String, Shape)
    case section(SectionShape)
    case either([Shape])
}

/// The members of one kind of mapping, or the columns of one kind of table.
package struct SectionShape: Sendable {
    package struct Member: Sendable {
        package let key: String
        package let summary: String
        package let isRequired: Bool
        package let shape: Shape
    }

    package let title: String
    package let members: [Member]
}

/// What happens to a value when an extending file has one of the same name.
indirect enum MergePlan: Sendable {
    /// The extending file's value alone counts.
    case replace
    /// The extending file's items stand behind: tables, of which later rows win.
    case append
    /// The extending file's items stand in front: rules, of which the first wins.
    case prepend
    /// Items with the same value of a member are merged, others are added.
    case keyed(by: String, MergePlan)
    /// Member by member; those that are not listed are replaced.
    case members([String: MergePlan])
    /// Every member with the same plan.
    case each(MergePlan)
}
