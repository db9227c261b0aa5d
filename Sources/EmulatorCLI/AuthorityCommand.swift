import Arguments
import Emulator
import HTTP
import JSON
import Replays
import TLS

struct AuthorityCommand: Subcommand {
    static let description = CommandDescription(
        "ca",
        "Prints the certificate that clients have to trust for HTTPS, in PEM form.",
        discussion: """
            With --data, it is that of the authority in the data directory, which is made if there is none. Without
            it, a running server is asked through its control API.

            EXAMPLES
              understudy ca --data ./data > understudy-ca.pem
              understudy ca --control http://localhost:8081
              curl --cacert <(understudy ca --data ./data) https://localhost:8443/cardconnect/rest
            """,
        parameters: [data.description, control.description])

    static let data = Parameter<String?>.option(
        "data", valueName: "folder", "The data directory, as it is given to 'serve'.")
    static let control = Parameter.option(
        "control", default: "http://localhost:8081", valueName: "url", "The control API of a running server.")

    private let data: String?
    private let control: String

    init(_ arguments: ParsedArguments) throws(Misuse) {
        data = arguments[Self.data]
        control = arguments[Self.control]
        guard ReplayServer(control)?.isSecure == false else {
            throw Misuse("'\(control)' is no URL of the form http://host:port.")
        }
    }

    func run() throws(ExitCode) {
        let text: String
        if let data {
            text = try Self.certificate(of: try SecurityOptions.authority(in: data))
        } else {
            text = try ask()
        }
        Terminal.print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    private static func certificate(of authority: LocalAuthority) throws(ExitCode) -> String {
        do throws(TLSError) {
            return String(decoding: try authority.certificateText(), as: UTF8.self)
        } catch {
            throw Terminal.failure(.unavailable, "understudy: \(error)")
        }
    }

    private func ask() throws(ExitCode) -> String {
        guard let server = ReplayServer(control) else { throw Terminal.Failure.usage.exitCode }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try HTTPClient(server.endpoint).send(
                HTTPRequest(method: .get, target: server.basePath + "/v1/authority"), timeout: .seconds(10))
        } catch {
            throw Terminal.failure(.unavailable, "understudy: \(control): \(error)")
        }
        let answer: JSONValue
        do throws(JSONError) {
            answer = try JSONValue(parsing: response.body)
        } catch {
            throw Terminal.failure(.unavailable, "understudy: \(control) is no control API (HTTP \(response.status))")
        }
        guard response.status == 200, let certificate = answer["certificate"]?.stringValue else {
            let words = answer["error"]?["message"]?.stringValue ?? "HTTP \(response.status)"
            throw Terminal.failure(.unavailable, "understudy: \(control): \(words)")
        }
        return certificate
    }
}
