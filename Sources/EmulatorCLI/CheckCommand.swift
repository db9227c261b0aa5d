import Arguments
import Emulator
import Processor
import Scenarios

struct CheckCommand: Subcommand {
    static let description = CommandDescription(
        "check",
        "Reads scenarios and shows every mistake, with its place and what was probably meant.",
        discussion: """
            EXAMPLES
              understudy check my-scenario.yaml
              understudy check scenarios/*.yaml

            Warnings do not make it fail. Mistakes do, with exit code 65; a file that cannot be read, with 66.
            """,
        parameters: [files.description])

    static let files = Parameter.words("files", "Scenario files, or names of shipped scenarios.")

    private let files: [String]

    init(_ arguments: ParsedArguments) { files = arguments[Self.files] }

    func run() throws(ExitCode) {
        let catalog = ScenarioCatalog()
        var worst: Terminal.Failure?
        for file in files {
            do throws(ScenarioProblem) {
                let scenario = try catalog.load(file)
                for warning in scenario.warnings { Terminal.complain(warning.description) }
                Terminal.print("\(file): \(Self.summary(scenario))")
            } catch {
                Terminal.complain(Terminal.message(error))
                let code = Terminal.code(of: error)
                worst = worst == .badData ? .badData : code
            }
        }
        if let worst { throw worst.exitCode }
    }

    static func summary(_ scenario: LoadedScenario) -> String {
        let behavior = scenario.behavior
        let parts = [
            count(behavior.rules.rules.count, "rule"),
            count(behavior.directory.sites.count, "site"),
            count(behavior.directory.sites.reduce(0) { $0 + $1.merchants.count }, "merchant"),
            count(behavior.processors.count, "processor"),
            count(behavior.responseCodes.rows.count, "response code"),
            count(behavior.cards.cards.count, "card"),
        ]
        let warnings = scenario.warnings.isEmpty ? "" : "; \(count(scenario.warnings.count, "warning"))"
        return "ok: " + parts.joined(separator: ", ") + warnings
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
