import Foundation
import Hummingbird
import Logging
import NIOPosix

/// The trivial handler of Hummingbird: a fixed JSON body on one event loop. Prints its port.
@main
struct HummingbirdPeer {
    static func main() async throws {
        let body = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: CommandLine.arguments[1])))
        let router = Router()
        let handler: @Sendable (Request, BasicRequestContext) -> Response = { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
        }
        router.get("/", use: handler)
        router.put("/cardconnect/rest/auth", use: handler)
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                FileHandle.standardOutput.write(Data("\(channel.localAddress?.port ?? 0)\n".utf8))
            },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
            logger: Logger(label: "peer") { _ in SwiftLogNoOpLogHandler() })
        try await application.runService()
    }
}
