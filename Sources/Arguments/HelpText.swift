/// The help of a program and of its commands, as text for a terminal of some width.
struct HelpText {
    /// Columns of the terminal.
    let width: Int
    private static let indent = "  "
    /// Where explanations begin.
    private static let column = 26
    private static let detailsColumn = 8
    /// With more parameters, usage does not name them all.
    private static let usageLimit = 12

    func program(_ program: Program) -> String {
        let commands = program.commands.map { entry($0.description.name, $0.description.abstract) }.joined()
        return overview(program.abstract, program.discussion) + "USAGE: \(program.usage)\n\n"
            + "OPTIONS:\n\(builtIn)\nSUBCOMMANDS:\n\(commands)"
            + "\n  See '\(program.name) help <subcommand>' for detailed help."
    }

    func command(_ command: CommandDescription, of program: String) -> String {
        let words = command.parameters.filter(\.isWord).map(parameter).joined()
        let options = command.parameters.filter { !$0.isWord }.map(parameter).joined()
        return overview(command.abstract, command.discussion) + "USAGE: \(Self.usage(command, of: program))\n\n"
            + (words.isEmpty ? "" : "ARGUMENTS:\n\(words)\n") + "OPTIONS:\n\(options)\(builtIn)"
    }

    /// Name and parameters in one line.
    static func usage(_ command: CommandDescription, of program: String) -> String {
        let name = "\(program) \(command.name)"
        guard command.parameters.count > usageLimit else {
            return ([name] + command.parameters.map(\.usage)).joined(separator: " ")
        }
        let words = command.parameters.filter(\.isWord)
        guard !words.isEmpty else { return "\(name) <options>" }
        return ([name, "[<options>]"] + words.map(\.usage)).joined(separator: " ")
    }

    private var builtIn: String {
        entry("--version", "Show the version.") + entry("-h, --help", "Show help information.")
    }

    private func overview(_ abstract: String, _ discussion: String) -> String {
        let text = discussion.isEmpty ? abstract : "\(abstract)\n\n\(discussion)"
        return Self.wrap("OVERVIEW: \(text)", to: width) + "\n\n"
    }

    private func parameter(_ parameter: ParameterDescription) -> String {
        var notes: [String] = []
        if !parameter.choices.isEmpty { notes.append("values: \(parameter.choices.joined(separator: ", "))") }
        if !parameter.initial.isEmpty { notes.append("default: \(parameter.initial)") }
        let values = notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))"
        let help = [parameter.help, values].filter { !$0.isEmpty }.joined(separator: " ")
        let details = Self.wrap(parameter.details, to: width, indent: Self.detailsColumn)
        return entry(parameter.synopsis, help) + (details.isEmpty ? "" : details + "\n")
    }

    /// A name with its explanation beside it, or below when the name is long.
    private func entry(_ name: String, _ text: String) -> String {
        let label = Self.indent + name
        let explanation = Self.wrap(text, to: width, indent: Self.column)
        guard label.count < Self.column else { return "\(label)\n\(explanation)\n" }
        return "\(label)\(explanation.dropFirst(label.count))\n"
    }

    /// Breaks lines at spaces; a word that is longer than a line stays whole.
    static func wrap(_ text: String, to width: Int, indent: Int = 0) -> String {
        let room = max(width - indent, 1)
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var rest = line
            // The room counts the character after the line's last.
            while rest.count > room, let space = breakingSpace(rest, room) {
                lines.append(rest[..<space])
                rest = rest[rest.index(after: space)...]
            }
            lines.append(rest)
        }
        let margin = String(repeating: " ", count: indent)
        return lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
    }

    /// The last space within the room, else the first one after it.
    private static func breakingSpace(_ line: Substring, _ room: Int) -> Substring.Index? {
        line.prefix(room).lastIndex(of: " ") ?? line.firstIndex(of: " ")
    }
}
