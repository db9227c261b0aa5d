/// One of the things that a program does, named by the first word of its command line.
package protocol Subcommand: SendableMetatype {
    static var description: CommandDescription { get }
    /// - Throws: what is wrong with the values, or with some of them together.
    init(_ arguments: ParsedArguments) throws(Misuse)
    func run() throws(ExitCode)
}

/// What help and usage say about a command.
package struct CommandDescription: Sendable {
    package let name: String
    /// One sentence.
    let abstract: String
    let discussion: String
    let parameters: [ParameterDescription]

    package init(
        _ name: String, _ abstract: String, discussion: String = "", parameters: [ParameterDescription] = []
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.parameters = parameters
    }
}

/// A command line is not as the program takes it.
package struct Misuse: Error, Sendable {
    let message: String
    /// The parameter that it is about, which is explained beside the message.
    let parameter: ParameterDescription?

    package init(_ message: String) { self.init(message, parameter: nil) }

    init(_ message: String, parameter: ParameterDescription?) {
        self.message = message
        self.parameter = parameter
    }
}

/// The process ends with this code; what there is to say has been said.
package struct ExitCode: Error, Sendable, Hashable {
    package let value: Int32

    package init(_ value: Int32) { self.value = value }
}
