import Arguments
import Emulator
import Platform

@main
enum Understudy {
    static let program = Program(
        "understudy",
        "Stands in for card-payment gateways, offline.",
        discussion: """
            EXAMPLES
              understudy serve
              understudy check my-scenario.yaml
              understudy explain /cardconnect/rest/auth --user USER:PASSWORD --body '{"merchid":"…"}'
              understudy replay scenarios/replays/cardpointe/*.replay
              understudy replay session.replay --against http://localhost:8080 --control http://localhost:8081

            EXIT CODES
              0   success
              1   a replayed step failed
              64  wrong use of the command line
              65  mistakes in a scenario or replay file
              66  a file is missing or cannot be read
              69  something needed is not available: a port, a server
              73  a file cannot be written
            """,
        version: "understudy \(ServerVersion.text)",
        commands: [
            ServeCommand.self, CheckCommand.self, ExplainCommand.self, ReplayCommand.self, AuthorityCommand.self,
            HealthCommand.self, FidelityCommand.self, VersionCommand.self,
        ])

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let request = program.request(
            arguments, width: StandardStream.output.columns, shell: ProcessEnvironment.value("SHELL"))
        do throws(ExitCode) {
            switch request {
            case .run(let command): try command.run()
            case .print(let text): Terminal.print(text)
            case .complain(let text): throw Terminal.failure(.usage, text)
            }
        } catch {
            endProcess(error.value)
        }
    }
}

struct VersionCommand: Subcommand {
    static let description = CommandDescription("version", "Prints the version.")

    init(_ arguments: ParsedArguments) {}

    func run() { Terminal.print("understudy \(ServerVersion.text)") }
}
