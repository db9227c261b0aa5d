import Texts

/// The values of a command's parameters, read from a command line.
///
/// An option is `--name VALUE` or `--name=VALUE`, in any order and between words; a value that begins with a dash needs
/// the second form. After `--` everything is a word.
package struct ParsedArguments: Sendable {
    private var texts: [String: [String]] = [:]
    private var unknown: [String] = []
    private var surplus: [String] = []
    private(set) var wantsHelp = false
    private(set) var wantsVersion = false

    package subscript<Value>(_ parameter: Parameter<Value>) -> Value {
        parameter.make(texts[parameter.description.name] ?? [])
    }

    /// - Throws: an option lacks its value, or has one that it does not take.
    init(_ arguments: ArraySlice<String>, for command: CommandDescription) throws(Misuse) {
        var rest = arguments
        var words: [String] = []
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                break
            } else if Self.isWord(argument) {
                words.append(argument)
            } else if argument.hasPrefix("--") {
                try readOption(argument, &rest, command)
            } else {
                readShort(argument)
            }
        }
        place(words, command)
    }

    /// A dash alone is one: it stands for standard input.
    private static func isWord(_ argument: String) -> Bool { !argument.hasPrefix("-") || argument == "-" }

    private mutating func readOption(
        _ argument: String, _ rest: inout ArraySlice<String>, _ command: CommandDescription
    ) throws(Misuse) {
        let name = String(argument.dropFirst(2).prefix { $0 != "=" })
        let attached = argument.dropFirst(2 + name.count + 1)
        guard let parameter = command.parameters.first(where: { !$0.isWord && $0.name == name }) else {
            return readBuiltIn(name)
        }
        guard parameter.takesValue else {
            guard attached.isEmpty else {
                throw Misuse("The option '--\(name)' does not take any value, but '\(attached)' was specified.")
            }
            texts[name] = [""]
            return
        }
        var value = String(attached)
        if attached.isEmpty {
            guard let next = rest.first, Self.isWord(next) else {
                throw Misuse("Missing value for '\(parameter.synopsis)'", parameter: parameter)
            }
            value = next
            rest.removeFirst()
        }
        guard parameter.accepts(value) else { throw Self.invalid(value, parameter) }
        texts[name, default: []].append(value)
    }

    private mutating func readBuiltIn(_ name: String) {
        switch name {
        case "help", "help-hidden": wantsHelp = true
        case "version": wantsVersion = true
        default: unknown.append("--\(name)")
        }
    }

    /// The only short option is `-h`.
    private mutating func readShort(_ argument: String) {
        let letters = argument.prefix { $0 != "=" }
        if letters.contains("h") {
            wantsHelp = true
        } else {
            unknown.append(String(letters))
        }
    }

    private mutating func place(_ words: [String], _ command: CommandDescription) {
        guard let parameter = command.parameters.first(where: \.isWord) else {
            surplus = words
            return
        }
        let limit = if case .word = parameter.kind { 1 } else { Int.max }
        texts[parameter.name] = Array(words.prefix(limit))
        surplus = Array(words.dropFirst(limit))
    }

    private static func invalid(_ value: String, _ parameter: ParameterDescription) -> Misuse {
        var text = "The value '\(value)' is invalid for '\(parameter.synopsis)'"
        switch parameter.choices.count {
        case 0: break
        case 1...2:
            text += ". Please provide one of " + parameter.choices.map { "'\($0)'" }.joined(separator: " and ") + "."
        default:
            text += ". Please provide one of the following:" + parameter.choices.map { "\n  - \($0)" }.joined()
        }
        return Misuse(text, parameter: parameter)
    }

    /// - Throws: a word is missing that has to be there.
    func requireWords(of command: CommandDescription) throws(Misuse) {
        for parameter in command.parameters {
            if case .words(isRequired: true) = parameter.kind, texts[parameter.name]?.isEmpty != false {
                throw Misuse("Missing expected argument '\(parameter.usage)'", parameter: parameter)
            }
        }
    }

    /// - Throws: options or words were given that the command does not have.
    func requireNothingElse(of command: CommandDescription) throws(Misuse) {
        if let option = unknown.first {
            let known = command.parameters.filter { !$0.isWord }.map { "--\($0.name)" } + ["--version", "--help"]
            guard option.count > 2, let near = Similarity.nearest(to: option, among: known) else {
                throw Misuse("Unknown option '\(option)'")
            }
            throw Misuse("Unknown option '\(option)'. Did you mean '\(near)'?")
        }
        guard let word = surplus.first else { return }
        guard surplus.count > 1 else { throw Misuse("Unexpected argument '\(word)'") }
        let list = surplus.map { "'\($0)'" }.joined(separator: ", ")
        throw Misuse("\(surplus.count) unexpected arguments: \(list)")
    }
}

/// How alike two names are.
enum Similarity {
    /// The first of those that fewest changes of a letter lead to, if they are at most three.
    static func nearest(to name: String, among names: [String]) -> String? {
        let letters = Array(name)
        let measured = names.map { (name: $0, distance: EditDistance.between(letters, Array($0))) }
        return measured.filter { $0.distance < 4 }.min { $0.distance < $1.distance }?.name
    }
}
