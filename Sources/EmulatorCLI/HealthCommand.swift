import ArgumentParser
import Emulator
import HTTP
import Replays

struct HealthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Asks a running server whether it takes requests: for health checks of containers.",
        discussion: """
            Ends with 0 when it does, and with 69 when it does not, is stopping, or cannot be reached.

            EXAMPLES
              understudy health
              understudy health --control http://localhost:9081
            """)

    @Option(help: ArgumentHelp("The control API of the server.", valueName: "url"))
    var control = "http://127.0.0.1:8081"

    @Option(help: "Seconds to wait for the answer.")
    var timeout: Int = 2

    func validate() throws {
        guard ReplayServer(control)?.isSecure == false else {
            throw ValidationError("'\(control)' is no URL of the form http://host:port.")
        }
        guard (1...3600).contains(timeout) else {
            throw ValidationError("--timeout is a number of seconds up to 3600.")
        }
    }

    func run() throws {
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
