import Emulator
import Foundation
import HTTP
import JSON
import Platform

/// Clients of the terminal service, and of the control API, over sockets: each call on a thread of its own, because it
/// waits for its answer.
final class TerminalClients: Sendable {
    static let key = "dW5kZXJzdHVkeSBrZXkgb2YgdGVybWluYWxzIG9mIGZ0"
    static let merchant = "496160873888"

    let server: LiveServer
    private let answers = Lock<[String: [Answer]]>([:])
    private let running = Lock(0)

    init(_ server: LiveServer) { self.server = server }

    struct Answer: Hashable, Sendable {
        let status: Int
        let code: String
        let message: String
        let sessionKey: String?
        let body: String

        init(_ response: HTTPClientResponse) {
            status = response.status
            body = String(decoding: response.body, as: UTF8.self)
            sessionKey = response.headers["X-CardConnect-SessionKey"].map { String($0.prefix(32)) }
            var object = JSONObject()
            do throws(JSONError) { object = try JSONValue(parsing: response.body).object ?? object } catch {
                // An empty body is no JSON.
            }
            code = object["errorCode"]?.text ?? ""
            message = object["errorMessage"]?.text ?? ""
        }
    }

    /// - Returns: nil when the client gave up before the answer came.
    func post(
        _ path: String, _ hsn: String, _ members: [(String, JSONValue)] = [], session: String? = nil,
        givesUpAfter patience: Duration = .seconds(60)
    ) -> Answer? {
        var headers: HTTPFields = [
            "Host": "bolt-uat.cardpointe.com", "Authorization": Self.key, "Content-Type": "application/json",
        ]
        if let session { headers.append("X-CardConnect-SessionKey", session) }
        let body = JSONValue(pairs: [("merchantId", .string(Self.merchant)), ("hsn", .string(hsn))] + members)
        let request = HTTPRequest(method: .post, target: path, headers: headers, body: body.serialized())
        do {
            return Answer(try HTTPClient(HTTPEndpoint(server.addresses.services)).send(request, timeout: patience))
        } catch {
            return nil
        }
    }

    func control(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) throws -> (Int, JSONValue) {
        let headers: HTTPFields = body == nil ? [:] : ["Content-Type": "application/json"]
        let request = HTTPRequest(
            method: method, target: "/v1/worlds/main" + path, headers: headers, body: body?.serialized() ?? [])
        let client = HTTPClient(HTTPEndpoint(server.addresses.control))
        let response = try client.send(request, timeout: .seconds(60))
        return (response.status, try JSONValue(parsing: response.body))
    }

    // MARK: - Threads

    /// Calls on a new thread, and keeps the answer under a name.
    func start(_ name: String, _ call: @escaping @Sendable () -> Answer?) {
        running.withLock { $0 += 1 }
        Thread.detachNewThread { [self] in
            let answer = call()
            answers.withLock { answers in
                if let answer { answers[name, default: []].append(answer) }
            }
            running.withLock { $0 -= 1 }
        }
    }

    var isBusy: Bool { running.withLock { $0 > 0 } }

    func answers(_ name: String) -> [Answer] { answers.withLock { $0[name] ?? [] } }
}
