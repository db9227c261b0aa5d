package import JSON

/// A JSON document with placeholders, to compare answers with.
package indirect enum ReplayPattern: Hashable, Sendable {
    /// A value without placeholders that is neither array nor object.
    case literal(JSONValue)
    /// A string with placeholders in it.
    case text(ReplayText)
    /// A placeholder in place of a value.
    case placeholder(ReplayPlaceholder)
    case array([ReplayPattern])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var name: String
        package var pattern: ReplayPattern

        var isAbsent: Bool {
            guard case .placeholder(let placeholder) = pattern else { return false }
            return placeholder.matcher == .absent
        }
    }

    /// The names that the document takes or needs, in order.
    package var names: [String] {
        switch self {
        case .literal: []
        case .text(let text): text.names
        case .placeholder(let placeholder): placeholder.name.map { [$0] } ?? []
        case .array(let elements): elements.flatMap(\.names)
        case .object(let members): members.flatMap(\.pattern.names)
        }
    }

    /// On one line, names with a value replaced.
    package func shown(_ bindings: ReplayBindings) -> String {
        switch self {
        case .literal(let value): return value.serializedText()
        case .text(let text): return JSONValue.string(text.shown(bindings)).serializedText()
        case .placeholder(let placeholder): return ReplayText([.placeholder(placeholder)]).shown(bindings)
        case .array(let elements): return "[" + elements.map { $0.shown(bindings) }.joined(separator: ",") + "]"
        case .object(let members):
            let shown = members.map {
                JSONValue.string($0.name).serializedText() + ":" + $0.pattern.shown(bindings)
            }
            return "{" + shown.joined(separator: ",") + "}"
        }
    }
}

extension ReplayPattern {
    /// Marks a string that stands for a bare placeholder; a private-use character that no wire text has.
    private static let mark: Unicode.Scalar = "\u{10FFFD}"

    /// Reads JSON in which `${…}` may stand for a value or within a string.
    ///
    /// - Throws: ``ReplayTextFault`` with the place in `text`.
    package init(reading text: String) throws(ReplayTextFault) {
        // Faults of placeholders, while their places are still those of the file.
        _ = try ReplayText(reading: text)
        let marked = MarkedJSON(text, mark: Self.mark)
        let value: JSONValue
        do throws(JSONError) {
            var limits = JSONLimits()
            limits.duplicateMembers = .refuse
            value = try JSONValue(parsing: Array(marked.text.utf8), limits: limits)
        } catch {
            throw ReplayTextFault(
                offset: marked.offset(ofByte: error.offset), length: 1,
                message: "this is no JSON: \(error.reason)")
        }
        self = try Self.pattern(value)
    }

    private static func pattern(_ value: JSONValue) throws(ReplayTextFault) -> ReplayPattern {
        switch value {
        case .null, .bool, .number: return .literal(value)
        case .string(let text):
            if text.unicodeScalars.first == mark {
                guard let placeholder = try ReplayText(reading: String(text.unicodeScalars.dropFirst())).placeholder
                else { preconditionFailure("a mark stands in front of exactly one placeholder") }
                return .placeholder(placeholder)
            }
            let read = try ReplayText(reading: text)
            return read.literal.map { .literal(.string($0)) } ?? .text(read)
        case .array(let elements):
            var patterns: [ReplayPattern] = []
            for element in elements { patterns.append(try pattern(element)) }
            return .array(patterns)
        case .object(let object):
            var members: [Member] = []
            for member in object.members {
                members.append(Member(name: member.name, pattern: try pattern(member.value)))
            }
            return .object(members)
        }
    }
}

/// JSON whose bare placeholders have become marked strings, with the way back to the places in the original.
private struct MarkedJSON {
    private(set) var text = ""
    /// Where stretches begin: bytes in ``text``, Unicode scalars in the original.
    private var stretches: [(byte: Int, scalar: Int)] = [(0, 0)]
    private let original: [Unicode.Scalar]

    init(_ text: String, mark: Unicode.Scalar) {
        original = Array(text.unicodeScalars)
        var position = 0
        var isInString = false
        while position < original.count {
            let scalar = original[position]
            if isInString {
                self.text.unicodeScalars.append(scalar)
                if scalar == "\\", position + 1 < original.count {
                    position += 1
                    self.text.unicodeScalars.append(original[position])
                }
                if scalar == "\"" { isInString = false }
                position += 1
            } else if scalar == "$", position + 1 < original.count, original[position + 1] == "{",
                let end = original[position...].firstIndex(of: "}")
            {
                append("\"\(mark)", at: position)
                let content = original[position...end].reduce(into: "") { $0.unicodeScalars.append($1) }
                for character in content.unicodeScalars {
                    if character == "\"" || character == "\\" { self.text += "\\" }
                    self.text.unicodeScalars.append(character)
                }
                append("\"", at: end)
                position = end + 1
                stretches.append((self.text.utf8.count, position))
            } else {
                if scalar == "\"" { isInString = true }
                self.text.unicodeScalars.append(scalar)
                position += 1
            }
        }
    }

    private mutating func append(_ piece: String, at scalar: Int) {
        stretches.append((text.utf8.count, scalar))
        text += piece
    }

    /// The place in the original, in Unicode scalars, of a byte of ``text``.
    func offset(ofByte byte: Int) -> Int {
        let stretch = stretches.last { $0.byte <= byte } ?? (0, 0)
        var position = stretch.scalar
        var reached = stretch.byte
        while reached < byte, position < original.count {
            reached += String(original[position]).utf8.count
            position += 1
        }
        return position
    }
}
