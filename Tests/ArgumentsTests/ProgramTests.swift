import Arguments
import Testing

@Suite struct ProgramTests {
    enum Color: String, CaseIterable, OptionValue { case red, green, blue }

    /// Says what it was given.
    struct Paint: Subcommand {
        static let walls = Parameter.words("walls", "What is painted.")
        static let color = Parameter.option("color", default: Color.red, "How it looks.")
        static let coats = Parameter<Int?>.option("coats", valueName: "number", "How often.")
        static let note = Parameter.repeatedOption("note", "Something to keep in mind. May be repeated.")
        static let dry = Parameter.flag("dry", details: "Nothing is painted then.", "Only says what it would do.")

        static let description = CommandDescription(
            "paint", "Paints walls.", discussion: "Slowly.",
            parameters: [walls.description, color.description, coats.description, note.description, dry.description])

        let text: String

        init(_ arguments: ParsedArguments) throws(Misuse) {
            let coats = arguments[Self.coats]
            if coats == 0 { throw Misuse("--coats is at least 1.") }
            text =
                "\(arguments[Self.walls]) \(arguments[Self.color]) \(coats ?? 1) \(arguments[Self.note]) "
                + "\(arguments[Self.dry])"
        }

        func run() throws(ExitCode) {}
    }

    struct Ask: Subcommand {
        static let question = Parameter.word("question", "What to ask.")
        static let description = CommandDescription("ask", "Asks.", parameters: [question.description])
        let question: String?

        init(_ arguments: ParsedArguments) { question = arguments[Self.question] }

        func run() throws(ExitCode) {}
    }

    static let program = Program(
        "works", "Does things.", discussion: "Many.", version: "works 1", commands: [Paint.self, Ask.self])

    static func outcome(_ arguments: [String]) -> String {
        switch program.request(arguments, width: 60, shell: "/bin/zsh") {
        case .run(let command as Paint): command.text
        case .run(let command as Ask): command.question ?? "nothing"
        case .run: "another command"
        case .print(let text): text
        case .complain(let text): text
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        /// The first line of what is said.
        let says: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., says: String) {
            self.arguments = arguments
            self.says = says
        }
    }

    @Test(arguments: [
        Row("paint", "a", says: #"["a"] red 1 [] false"#),
        Row("paint", "a", "--color", "blue", "b", says: #"["a", "b"] blue 1 [] false"#),
        Row("paint", "--color=green", "--color=blue", "a", says: #"["a"] blue 1 [] false"#),
        Row("paint", "--note", "x", "--note=y", "--dry", "a", says: #"["a"] red 1 ["x", "y"] true"#),
        Row("paint", "--coats", "2", "--", "--dry", says: #"["--dry"] red 2 [] false"#),
        Row("paint", "--note", "-", "-", says: #"["-"] red 1 ["-"] false"#),
        Row("paint", "--note=--dry", "a", says: #"["a"] red 1 ["--dry"] false"#),
        Row("paint", "--note==", "a", says: #"["a"] red 1 ["="] false"#),
        Row("ask", says: "nothing"),
        Row("ask", "why", says: "why"),
    ])
    func runs(_ row: Row) { #expect(Self.outcome(row.arguments) == row.says) }

    @Test(arguments: [
        Row("paint", says: "Missing expected argument '<walls> ...'"),
        Row("paint", "--nope", says: "Missing expected argument '<walls> ...'"),
        Row("paint", "a", "--color", says: "Missing value for '--color <color>'"),
        Row("paint", "a", "--color", "--dry", says: "Missing value for '--color <color>'"),
        Row("paint", "a", "--color=", says: "Missing value for '--color <color>'"),
        Row("paint", "a", "--coats", "-1", says: "Missing value for '--coats <number>'"),
        Row("paint", "a", "--coats", "two", says: "The value 'two' is invalid for '--coats <number>'"),
        Row("paint", "a", "--coats", "two", "--help", says: "The value 'two' is invalid for '--coats <number>'"),
        Row(
            "paint", "a", "--color", "x",
            says: "The value 'x' is invalid for '--color <color>'. Please provide one of the following:"),
        Row("paint", "a", "--dry=yes", says: "The option '--dry' does not take any value, but 'yes' was specified."),
        Row("paint", "a", "--colour", "x", says: "Unknown option '--colour'. Did you mean '--color'?"),
        Row("paint", "a", "-dry", says: "Unknown option '-dry'. Did you mean '--dry'?"),
        Row("paint", "a", "-x", says: "Unknown option '-x'"),
        Row("paint", "a", "--something", says: "Unknown option '--something'"),
        Row("paint", "a", "--coats=0", "--something", says: "--coats is at least 1."),
        Row("paint", "---", says: "Invalid option: ---"),
        Row("ask", "a", "b", says: "Unexpected argument 'b'"),
        Row("ask", "a", "b", "c", says: "2 unexpected arguments: 'b', 'c'"),
        Row("pain", says: "Unexpected argument 'pain'"),
        Row("--dry", says: "Unknown option '--dry'"),
        Row("--generate-completion-script", "tcsh", says: "Can't generate completion scripts for 'tcsh'."),
    ])
    func complains(_ row: Row) {
        guard case .complain(let text) = Self.program.request(row.arguments, width: 60, shell: nil) else {
            Issue.record("\(Self.outcome(row.arguments))")
            return
        }
        #expect(text.split(separator: "\n").first.map(String.init) == "Error: " + row.says)
        #expect(text.contains("\nUsage: works "))
    }

    @Test(arguments: [
        Row(says: "OVERVIEW: Does things."),
        Row("--help", says: "OVERVIEW: Does things."),
        Row("help", says: "OVERVIEW: Does things."),
        Row("help", "nosuch", says: "OVERVIEW: Does things."),
        Row("help", "ask", says: "OVERVIEW: Asks."),
        Row("ask", "-h", "--nope", says: "OVERVIEW: Asks."),
        Row("ask", "--version", "--help", says: "OVERVIEW: Asks."),
        Row("paint", "--version", says: "works 1"),
        Row("--version", says: "works 1"),
        Row("--generate-completion-script", says: "#compdef works"),
        Row("--generate-completion-script=bash", says: "_works() {"),
        Row("--generate-completion-script", "fish", says: "complete -c works -l version -d 'Show the version.'"),
    ])
    func prints(_ row: Row) {
        guard case .print(let text) = Self.program.request(row.arguments, width: 60, shell: "/bin/zsh") else {
            Issue.record("\(Self.outcome(row.arguments))")
            return
        }
        #expect(text.split(separator: "\n").first.map(String.init) == row.says)
    }

    @Test func helpHasEveryParameterInItsWidth() {
        #expect(
            Self.outcome(["paint", "--help"]) == """
                OVERVIEW: Paints walls.

                Slowly.

                USAGE: works paint <walls> ... [--color <color>] [--coats <number>] [--note <note> ...] [--dry]

                ARGUMENTS:
                  <walls>                 What is painted.

                OPTIONS:
                  --color <color>         How it looks. (values: red,
                                          green, blue; default: red)
                  --coats <number>        How often.
                  --note <note>           Something to keep in mind. May be
                                          repeated.
                  --dry                   Only says what it would do.
                        Nothing is painted then.
                  --version               Show the version.
                  -h, --help              Show help information.

                """)
    }
}
