package import Platform

/// Stands between a connection and its socket and translates the bytes: TLS, for one. A plain connection has none.
///
/// A filter does no I/O: it takes bytes and gives bytes, so it can be tested and fuzzed without a socket. It lives on
/// the event loop of its connection.
package protocol ByteFilter: AnyObject {
    /// Whether both sides are ready: before, nothing can be sent.
    var isEstablished: Bool { get }
    /// The other side has said in the filter's own words that it sends no more. Without it, the end of the connection
    /// may be somebody else's doing.
    var peerHasEnded: Bool { get }
    /// The connection stands: what a client says first.
    func begin(wire: inout [UInt8]) throws
    /// Takes what came over the wire.
    ///
    /// - Parameters:
    ///   - plain: receives what the client said.
    ///   - wire: receives what must be sent back at once, for example during a handshake.
    /// - Throws: any error ends the connection, after `wire` has been sent.
    func receive(_ bytes: Span<UInt8>, plain: inout [UInt8], wire: inout [UInt8]) throws
    /// Appends to `wire` what says `plain` to the client.
    func send(_ plain: Span<UInt8>, wire: inout [UInt8]) throws
    /// Nothing more will be sent: a farewell, if the protocol has one.
    func finish(wire: inout [UInt8])
}

/// Makes the filter of a new connection on the given socket, from which it neither reads nor writes.
package typealias ByteFilterFactory = @Sendable (Descriptor) throws -> any ByteFilter
