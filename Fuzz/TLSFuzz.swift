import HTTP
import Platform
import TLS

/// A server's side of one connection after the other.
private enum Side {
    // A filter only asks its socket for the address.
    nonisolated(unsafe) private static let socket = try? Descriptor.listening(host: "127.0.0.1", port: 0)
    private static let server = (try? LocalAuthority.make()).flatMap { try? TLSServer(.authority($0)) }

    static func make() -> (any ByteFilter)? {
        guard let socket else { return nil }
        return try? server?.filter(socket)
    }
}

/// Any bytes from a client before, in and instead of a handshake, in two pieces: an error at the most.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTLS(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count > 1 else { return 0 }
    guard let filter = Side.make() else { fatalError("the machine has a free port and random numbers") }
    let input = bytes(start + 1, count - 1)
    let cut = Int(start[0]) * input.count / 255
    var plain: [UInt8] = []
    var wire: [UInt8] = []
    for piece in [Array(input[..<cut]), Array(input[cut...])] {
        do { try filter.receive(piece.span, plain: &plain, wire: &wire) } catch { return 0 }
    }
    filter.finish(wire: &wire)
    precondition(plain.isEmpty || filter.isEstablished, "nothing is heard without a handshake")
    return 0
}
