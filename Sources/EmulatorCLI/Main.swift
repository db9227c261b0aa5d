import ArgumentParser
import Emulator

@main
struct Understudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "understudy",
        abstract: "Stands in for card-payment gateways, offline.",
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
        subcommands: [
            ServeCommand.self, CheckCommand.self, ExplainCommand.self, ReplayCommand.self, AuthorityCommand.self,
            HealthCommand.self, FidelityCommand.self, VersionCommand.self,
        ])
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

    func run() { Terminal.print("understudy \(ServerVersion.text)") }
}
