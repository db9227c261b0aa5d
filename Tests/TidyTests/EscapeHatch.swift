/// The ways out of the compiler's guarantees: each may be used with a comment that states the invariant behind it.
enum EscapeHatch {
    static let message = """
        An escape hatch needs a comment with the word "Invariant", on its line or within the four lines above, that \
        says what makes it safe.
        """

    private static let pattern =
        #"@unchecked\s+Sendable|\bnonisolated\(unsafe\)|\btry!|\bfatalError\b|\bas!|\bunsafeBitCast\b"#
    private static let reach = 4

    static func findings(in files: [SourceFile]) throws -> [Finding] {
        let hatch = try LinePattern(pattern)
        let invariant = try LinePattern(#"\b[Ii]nvariants?\b"#)
        return files.filter { $0.isSwift && $0.isBelow(anyOf: ["Sources", "Plugins"]) }.flatMap { file in
            let stated = Set(invariant.matches(in: file.comments).map(\.line))
            return hatch.matches(in: file.code)
                .filter { use in stated.isDisjoint(with: max(1, use.line - reach)...use.line) }
                .map { Finding(file.path, line: $0.line, "'\($0.match)' without its invariant") }
        }
    }
}
