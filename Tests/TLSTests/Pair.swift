import HTTP
import Platform
import TLS

/// A server's and a client's filter with nothing but arrays between them.
final class Pair {
    static let authority = Result { try LocalAuthority.make() }

    let server: any ByteFilter
    let client: any ByteFilter
    var serverHeard: [UInt8] = []
    var clientHeard: [UInt8] = []
    /// On its way to the other side.
    var toServer: [UInt8] = []
    var toClient: [UInt8] = []
    /// How many bytes are carried over at a time.
    var step: Int

    /// - Parameter socket: of the server, for its address.
    init(
        host: String = "localhost", source: TLSServer.Source? = nil, trusts: [UInt8]? = nil, step: Int = .max
    ) throws {
        let authority = try Self.authority.get()
        let socket = try Descriptor.listening(host: "127.0.0.1", port: 0)
        server = try TLSServer(source ?? .authority(authority)).filter(socket)
        client = try TLSClient(authorities: trusts ?? authority.certificateText()).filter(host: host)
        self.step = step
    }

    /// Carries bytes over until nothing moves any more.
    func settle() throws {
        while !toServer.isEmpty || !toClient.isEmpty {
            let up = Array(toServer.prefix(step))
            toServer.removeFirst(up.count)
            if !up.isEmpty { try server.receive(up.span, plain: &serverHeard, wire: &toClient) }
            let down = Array(toClient.prefix(step))
            toClient.removeFirst(down.count)
            if !down.isEmpty { try client.receive(down.span, plain: &clientHeard, wire: &toServer) }
        }
    }

    func handshake() throws {
        try client.begin(wire: &toServer)
        try settle()
    }

    func clientSays(_ bytes: [UInt8]) throws {
        try client.send(bytes.span, wire: &toServer)
        try settle()
    }

    func serverSays(_ bytes: [UInt8]) throws {
        try server.send(bytes.span, wire: &toClient)
        try settle()
    }
}
