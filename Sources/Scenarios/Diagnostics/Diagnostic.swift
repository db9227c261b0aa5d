/// A mistake in a scenario, or something that looks like one: where it is, what is wrong, what was probably meant.
package struct Diagnostic: Sendable, CustomStringConvertible {
    package enum Severity: String, Hashable, Sendable {
        /// The scenario is not loaded.
        case error
        /// The scenario is loaded; probably it does not do what its author thinks.
        case warning
    }

    /// Another place that belongs to the mistake.
    package struct Note: Hashable, Sendable {
        package let file: String
        package let line: Int
        package let message: String
    }

    package let severity: Severity
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// Of the faulty text, in Unicode scalars; at least 1.
    package let length: Int
    package let message: String
    /// What to do instead, for example `did you mean 'capture'?`.
    package let suggestion: String?
    package let notes: [Note]
    /// The line of the file, with card numbers masked.
    package let excerpt: String

    init(
        _ severity: Severity, at place: Place, _ message: String, suggestion: String? = nil,
        notes: [(place: Place, message: String)] = []
    ) {
        self.severity = severity
        file = place.file.name
        line = place.line
        column = place.column
        length = max(1, place.length)
        self.message = message
        self.suggestion = suggestion
        self.notes = notes.map { Note(file: $0.place.file.name, line: $0.place.line, message: $0.message) }
        excerpt = Masking.mask(place.file.line(place.line))
    }

    /// Severity, place, message, source line and caret, as a compiler shows them; without a final line break.
    package var description: String { DiagnosticText.render(self) }
}

/// Collects what is wrong while a scenario is read.
struct DiagnosticSink {
    /// More than these help nobody.
    static let limit = 200

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errorCount = 0

    var hasErrors: Bool { errorCount > 0 }

    /// Nothing more is kept; making a diagnostic searches its line, so callers ask first.
    var isFull: Bool { diagnostics.count >= Self.limit }

    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { errorCount += 1 }
        guard !isFull else { return }
        diagnostics.append(diagnostic)
    }

    /// One that is not kept, because there are too many.
    mutating func count(_ severity: Diagnostic.Severity) {
        if severity == .error { errorCount += 1 }
    }

    /// In the order of the files' first mention, then of line and column.
    func sorted(files: [String]) -> [Diagnostic] {
        let rank = Dictionary(files.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
        return diagnostics.enumerated().sorted { a, b in
            let x = (rank[a.element.file] ?? .max, a.element.line, a.element.column, a.offset)
            let y = (rank[b.element.file] ?? .max, b.element.line, b.element.column, b.offset)
            return x < y
        }.map(\.element)
    }
}
