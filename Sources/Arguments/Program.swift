/// A program of several commands.
package struct Program: Sendable {
    package let name: String
    let abstract: String
    let discussion: String
    /// What `--version` prints.
    let version: String
    let commands: [any Subcommand.Type]

    package init(
        _ name: String, _ abstract: String, discussion: String, version: String, commands: [any Subcommand.Type]
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.version = version
        self.commands = commands
    }

    /// What a command line asks for.
    package enum Request {
        case run(any Subcommand)
        case print(String)
        /// The text says what is wrong, and how it is meant.
        case complain(String)
    }

    static let help = CommandDescription(
        "help", "Show subcommand help information.",
        parameters: [Parameter<[String]>.words("subcommands", isRequired: false, "").description])

    var usage: String { "\(name) <subcommand>" }

    /// - Parameters:
    ///   - arguments: without the program's own name
    ///   - width: of the terminal, in columns
    ///   - shell: the user's, which completion is for unless the command line names one
    package func request(_ arguments: [String], width: Int, shell: String?) -> Request {
        let text = HelpText(width: width)
        do throws(Misuse) {
            if let odd = arguments.prefix(while: { $0 != "--" }).first(where: { $0.hasPrefix("---") }) {
                throw Misuse("Invalid option: \(odd)")
            }
            if let script = try completion(arguments, shell) { return .print(script) }
            guard let first = arguments.first else { return .print(text.program(self)) }
            let rest = arguments.dropFirst()
            if first == Self.help.name { return request(forHelp: rest, text) }
            if let command = command(first) { return request(rest, of: command, text) }
            return try request(ofProgram: arguments[...], text)
        } catch {
            return .complain(complaint(error, usage, asks: name))
        }
    }

    private func command(_ name: String) -> (any Subcommand.Type)? { commands.first { $0.description.name == name } }

    private func request(ofProgram arguments: ArraySlice<String>, _ text: HelpText) throws(Misuse) -> Request {
        let nothing = CommandDescription(name, abstract)
        let parsed = try ParsedArguments(arguments, for: nothing)
        if parsed.wantsHelp { return .print(text.program(self)) }
        if parsed.wantsVersion { return .print(version) }
        try parsed.requireNothingElse(of: nothing)
        return .print(text.program(self))
    }

    private func request(
        _ arguments: ArraySlice<String>, of command: any Subcommand.Type, _ text: HelpText
    ) -> Request {
        let description = command.description
        do throws(Misuse) {
            let parsed = try ParsedArguments(arguments, for: description)
            if parsed.wantsHelp { return .print(text.command(description, of: name)) }
            if parsed.wantsVersion { return .print(version) }
            try parsed.requireWords(of: description)
            let command = try command.init(parsed)
            try parsed.requireNothingElse(of: description)
            return .run(command)
        } catch {
            let usage = HelpText.usage(description, of: name)
            return .complain(complaint(error, usage, asks: "\(name) \(description.name)"))
        }
    }

    /// `help`, `help COMMAND`; of what is no command, the program's.
    private func request(forHelp arguments: ArraySlice<String>, _ text: HelpText) -> Request {
        do throws(Misuse) {
            let parsed = try ParsedArguments(arguments, for: Self.help)
            if parsed.wantsVersion { return .print(version) }
            if !parsed.wantsHelp { try parsed.requireNothingElse(of: Self.help) }
            guard let asked = arguments.first(where: { !$0.hasPrefix("-") }) else { return .print(text.program(self)) }
            if asked == Self.help.name { return .print(text.command(Self.help, of: name)) }
            guard let command = command(asked) else { return .print(text.program(self)) }
            return .print(text.command(command.description, of: name))
        } catch {
            return .complain(complaint(error, HelpText.usage(Self.help, of: name), asks: name))
        }
    }

    private func complaint(_ misuse: Misuse, _ usage: String, asks command: String) -> String {
        var lines = ["Error: \(misuse.message)"]
        if let parameter = misuse.parameter { lines.append("Help:  \(parameter.synopsis)  \(parameter.help)") }
        lines.append("Usage: \(usage)")
        lines.append("  See '\(command) --help' for more information.")
        return lines.joined(separator: "\n")
    }

    // MARK: - Completion

    private static let completionOption = "--generate-completion-script"

    /// The script for `--generate-completion-script [SHELL]`, wherever that stands; nil without it.
    private func completion(_ arguments: [String], _ shell: String?) throws(Misuse) -> String? {
        let options = arguments.prefix { $0 != "--" }
        guard let place = options.firstIndex(where: { $0.prefix { $0 != "=" } == Self.completionOption }) else {
            return nil
        }
        let attached = options[place].dropFirst(Self.completionOption.count + 1)
        let following = options.dropFirst(place + 1).first
        let named = attached.isEmpty ? following : String(attached)
        let asked = named ?? shell.flatMap { $0.split(separator: "/").last.map(String.init) } ?? ""
        guard let script = CompletionScript(shell: asked) else {
            let shells = CompletionScript.allCases.map(\.rawValue).joined(separator: " ")
            throw Misuse(
                "Can't generate completion scripts for '\(asked)'.\n"
                    + "Please use \(Self.completionOption)=<shell> with one of:\n    \(shells)")
        }
        return script.text(of: self)
    }
}
