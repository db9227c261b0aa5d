/// Reads replay files; the format is described in docs/reference/replays.md. All mistakes of a file are found at once.
package enum ReplayParser {
    /// The largest file that is read, in bytes.
    package static let byteLimit = 4 << 20

    /// - Parameters:
    ///   - path: as shown in diagnostics and reports.
    ///   - definitions: names with a value from outside; they win over those of the file.
    /// - Throws: ``ReplayMistakes``.
    package static func parse(
        _ bytes: [UInt8], path: String, definitions: [ReplayDefinition] = []
    ) throws(ReplayMistakes) -> Replay {
        guard bytes.count <= byteLimit, let text = String(validating: bytes, as: UTF8.self) else {
            let message =
                bytes.count > byteLimit ? "the file is larger than \(byteLimit) bytes" : "the file is no UTF-8"
            throw ReplayMistakes(diagnostics: [
                ReplayDiagnostic(file: path, line: 1, column: 1, length: 1, message: message, text: "")
            ])
        }
        var reader = ReplayReader(path: path, text: text, definitions: definitions)
        return try reader.read()
    }

    package static func parse(
        _ text: String, path: String, definitions: [ReplayDefinition] = []
    ) throws(ReplayMistakes) -> Replay {
        try parse(Array(text.utf8), path: path, definitions: definitions)
    }
}

/// One line of the file.
struct ReplayLine {
    /// From 1.
    let number: Int
    let text: Substring

    /// What the first characters make of it.
    enum Kind {
        case blank
        case title(Substring)
        case comment(Substring)
        case request(Substring)
        case answer(Substring)
        case control(Substring)
        case body(Substring)
    }

    var kind: Kind {
        if text.allSatisfy({ $0 == " " || $0 == "\t" }) { return .blank }
        if text.hasPrefix("##") { return .title(text.dropFirst(2)) }
        if text == "#" || text.hasPrefix("# ") { return .comment(text.dropFirst(1)) }
        if text.hasPrefix("> ") { return .request(text.dropFirst(2)) }
        if text.hasPrefix("< ") { return .answer(text.dropFirst(2)) }
        if text.hasPrefix("@ ") { return .control(text.dropFirst(2)) }
        return .body(text.hasPrefix("\\") ? text.dropFirst() : text)
    }
}

/// Goes through the lines once, and keeps the step that is being read.
struct ReplayReader {
    let path: String
    let lines: [ReplayLine]
    var setup = ReplaySetup()
    var steps: [ReplayStep] = []
    var loops: [ReplayLoop] = []
    var openLoops: [OpenLoop] = []
    var diagnostics: [ReplayDiagnostic] = []
    /// Fields for every step: before the first one.
    var defaultRequest: [ReplayField] = []
    var defaultAnswer: [ReplayField] = []
    var mode: CompareMode = .members
    /// What comes before the first step.
    var isInHead = true
    var draft: StepDraft?
    /// Names that have a value by now.
    var known: Set<String>
    var seenDirectives: Set<String> = []
    let clearNumbers: Set<String>

    init(path: String, text: String, definitions: [ReplayDefinition]) {
        self.path = path
        // By scalars: CR LF is one character.
        let parts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        lines = parts.enumerated().map { index, part in
            ReplayLine(number: index + 1, text: Substring(part.last == "\r" ? part.dropLast() : part))
        }
        setup.definitions = definitions
        known = Set(definitions.map(\.name))
        clearNumbers = Set(CardMask.runs(in: text).map(String.init))
    }

    mutating func read() throws(ReplayMistakes) -> Replay {
        for line in lines { read(line) }
        finishStep()
        finishLoops()
        if steps.isEmpty, diagnostics.isEmpty {
            report(1, 1, 1, "there is no step in this file", "a step is '> METHOD /path', then '< STATUS'")
        }
        guard diagnostics.isEmpty else {
            let sorted = diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
            let shown = sorted.prefix(ReplayMistakes.limit)
            throw ReplayMistakes(diagnostics: Array(shown), more: sorted.count - shown.count)
        }
        return Replay(path: path, setup: setup, steps: steps, loops: loops, clearNumbers: clearNumbers)
    }

    private mutating func read(_ line: ReplayLine) {
        switch line.kind {
        case .blank: draft?.addBlank(line)
        case .title(let title): readTitle(title, line)
        case .comment(let text): readComment(text, line)
        case .request(let text): readRequest(text, line)
        case .answer(let text): readAnswer(text, line)
        case .control(let text): readControl(text, line)
        case .body(let text): readBody(text, line)
        }
    }

    private mutating func readTitle(_ title: Substring, _ line: ReplayLine) {
        finishStep()
        isInHead = false
        let text = title.trimmingBlanks
        if text.isEmpty { report(line, 1, line.text.count, "a title says something") }
        draft = StepDraft(title: String(text), line: line.number, mode: mode, provenance: setup.provenance)
    }

    private mutating func readBody(_ text: Substring, _ line: ReplayLine) {
        if let hint = Self.markerHint(line.text) {
            return report(line, 1, line.text.count, "a blank is missing behind '\(line.text.prefix(1))'", hint)
        }
        guard draft?.stage == .request || draft?.stage == .answer else {
            return report(
                line, 1, line.text.count, "text outside of a step",
                "a body follows '> METHOD /path' or '< STATUS'; a comment begins with '# '")
        }
        draft?.addBody(text, of: line)
    }

    /// `<200` and `>PUT` are no bodies that anyone means.
    private static func markerHint(_ text: Substring) -> String? {
        guard let first = text.first, let second = text.dropFirst().first, second.isASCII else { return nil }
        switch first {
        case "<" where second.isNumber: return "write '< \(text.dropFirst())', or '\\\(text)' for a body"
        case ">" where second.isUppercase: return "write '> \(text.dropFirst())', or '\\\(text)' for a body"
        case "@" where second.isLowercase: return "write '@ \(text.dropFirst())', or '\\\(text)' for a body"
        default: return nil
        }
    }

    // MARK: - Reporting

    mutating func report(
        _ line: Int, _ column: Int, _ length: Int, _ message: String, _ suggestion: String? = nil
    ) {
        let text = lines.indices.contains(line - 1) ? String(lines[line - 1].text) : ""
        diagnostics.append(
            ReplayDiagnostic(
                file: path, line: line, column: column, length: max(1, length), message: message,
                suggestion: suggestion, text: text))
    }

    mutating func report(
        _ line: ReplayLine, _ column: Int, _ length: Int, _ message: String, _ suggestion: String? = nil
    ) {
        report(line.number, column, length, message, suggestion)
    }

    /// About a part of a line.
    mutating func report(
        _ line: ReplayLine, at part: Substring, _ message: String, _ suggestion: String? = nil
    ) {
        report(line, line.column(of: part), part.unicodeScalars.count, message, suggestion)
    }

    /// Reads a part of a line as text with placeholders.
    mutating func text(_ part: Substring, in line: ReplayLine) -> ReplayText? {
        do throws(ReplayTextFault) {
            return try ReplayText(reading: part)
        } catch {
            report(line, line.column(of: part) + error.offset, error.length, error.message, error.suggestion)
            return nil
        }
    }
}

extension ReplayLine {
    /// From 1, in Unicode scalars; `part` is a slice of this line.
    func column(of part: Substring) -> Int {
        text.unicodeScalars.distance(from: text.startIndex, to: part.startIndex) + 1
    }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    var trimmingBlanks: Substring {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
