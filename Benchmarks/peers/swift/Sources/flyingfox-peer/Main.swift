import FlyingFox
import Foundation

/// The trivial handler of FlyingFox: a fixed JSON body. Prints its port.
@main
struct FlyingFoxPeer {
    static func main() async throws {
        let body = try Data(contentsOf: URL(filePath: CommandLine.arguments[1]))
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("/") { _ in
            HTTPResponse(statusCode: .ok, headers: [.contentType: "application/json"], body: body)
        }
        let running = Task { try await server.run() }
        try await server.waitUntilListening()
        if case .ip4(_, let port) = await server.listeningAddress {
            FileHandle.standardOutput.write(Data("\(port)\n".utf8))
        }
        try await running.value
    }
}
