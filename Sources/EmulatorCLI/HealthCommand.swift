import Arguments
import Emulator
import HTTP
import Replays

struct HealthCommand: Subcommand {
    static let description = CommandDescription(
        "health",
        "Asks a running server whether it takes requests: for health checks of containers.",
        discussion: """
            Ends with 0 when it does, and with 69 when it does not, is stopping, or cannot be reached.

            EXAMPLES
              understudy health
              understudy health --control http://localhost:9081
            """,
        parameters: [control.description, timeout.description])

    static let control = Parameter.option(
        "control", default: "http://127.0.0.1:8081", valueName: "url", "The control API of the server.")
    static let timeout = Parameter.option("timeout", default: 2, "Seconds to wait for the answer.")

    private let control: String
    private let timeout: Int

    init(_ arguments: ParsedArguments) throws(Misuse) {
        control = arguments[Self.control]
        timeout = arguments[Self.timeout]
        guard ReplayServer(control)?.isSecure == false else {
            throw Misuse("'\(control)' is no URL of the form http://host:port.")
        }
        guard (1...3600).contains(timeout) else {
            throw Misuse("--timeout is a number of seconds up to 3600.")
        }
    }

    func run() throws(ExitCode) {
        guard let server = ReplayServer(control) else { throw Terminal.Failure.usage.exitCode }
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try HTTPClient(server.endpoint).send(
                HTTPRequest(method: .get, target: server.basePath + "/readyz"), timeout: .seconds(timeout))
        } catch {
            throw Terminal.failure(.unavailable, "understudy: \(control): \(error)")
        }
        guard answer.status == 200 else {
            throw Terminal.failure(.unavailable, "understudy: \(control): HTTP \(answer.status)")
        }
        Terminal.print("ok")
    }
}
