import HTTP
import Platform
import TLS

/// A server on loopback that speaks TLS, with an authority of its own, and clients that trust it.
struct SecuredServer {
    let server: HTTPServer
    let port: UInt16
    let client: TLSClient

    init(limits: HTTPLimits = HTTPLimits(), loops: Int = 1, _ handler: any HTTPHandler = EchoHandler()) throws {
        let authority = try LocalAuthority.make()
        let tls = try TLSServer(.authority(authority))
        client = try TLSClient(authorities: authority.certificateText())
        var configuration = HTTPServerConfiguration()
        configuration.limits = limits
        configuration.loopCount = loops
        server = try HTTPServer(
            configuration, listeners: [HTTPListener(handler: handler, filter: { try tls.filter($0) })])
        port = try server.start()[0].port
    }

    func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer, filter: client.filter(host: "localhost"))
    }

    /// Without a handshake.
    func connectRaw() throws -> RawConnection { try RawConnection(port: port) }

    var endpoint: HTTPEndpoint { HTTPEndpoint(host: "localhost", port: port, isSecure: true) }

    var httpClient: HTTPClient {
        HTTPClient(endpoint, filter: { [client] host in try client.filter(host: host) })
    }
}
