import Arguments
import Emulator
import Platform
import Scenarios

/// What is said, and with which code the process ends (sysexits.h).
enum Terminal {
    static func print(_ text: String) { StandardStream.output.write(text + "\n") }

    static func complain(_ text: String) { StandardStream.error.write(text + "\n") }

    /// Says what went wrong, for a `throw`.
    static func failure(_ code: Failure, _ text: String) -> ExitCode {
        complain(text)
        return code.exitCode
    }

    enum Failure: Int32 {
        case failed = 1
        case usage = 64
        case badData = 65
        case noInput = 66
        case unavailable = 69
        case cannotCreate = 73

        var exitCode: ExitCode { ExitCode(rawValue) }
    }

    /// Reads a file, or standard input for `-`.
    static func read(_ path: String, limit: Int) throws(ExitCode) -> [UInt8] {
        do throws(SystemError) {
            return try Files.read(path == "-" ? "/dev/stdin" : path, limit: limit)
        } catch {
            throw failure(.noInput, "understudy: cannot read \(path): \(error.reason)")
        }
    }

    /// Loads a scenario; warnings go to standard error.
    static func load(_ reference: String, from catalog: ScenarioCatalog) throws(ExitCode) -> LoadedScenario {
        do throws(ScenarioProblem) {
            let scenario = try catalog.load(reference)
            for warning in scenario.warnings { complain(warning.description) }
            return scenario
        } catch {
            throw failure(code(of: error), message(error))
        }
    }

    static func code(of problem: ScenarioProblem) -> Failure {
        switch problem {
        case .mistakes: .badData
        case .unknown, .unreadable: .noInput
        }
    }

    /// Diagnostics begin with their own place; everything else with the program's name.
    static func message(_ problem: ScenarioProblem) -> String {
        switch problem {
        case .mistakes(let diagnostics):
            let errors = diagnostics.count { $0.severity == .error }
            return problem.description + "\n" + (errors == 1 ? "1 mistake" : "\(errors) mistakes")
        case .unknown, .unreadable: return "understudy: \(problem)"
        }
    }
}
