/// Everything a client can make the server hold or wait for.
package struct HTTPLimits: Sendable {
    /// The request line without its line end, in bytes; 414 above.
    package var requestLineBytes = 8_192
    /// The whole head: request line, fields, and the empty line, in bytes; 431 above. Also the trailer section.
    package var headBytes = 32_768
    /// Header lines; 431 above. Also trailer lines.
    package var fieldCount = 100
    /// The body after decoding, in bytes; 413 above.
    package var bodyBytes = 4_194_304
    /// One chunk-size line with its extensions, in bytes; 400 above.
    package var chunkLineBytes = 1_024
    /// All chunk extensions of one body, in bytes; 400 above. Without it, a body of one-byte chunks could bring
    /// a thousand times its size.
    package var chunkExtensionBytes = 16_384

    /// From the beginning of a TLS connection to the end of the handshake; the connection is then closed.
    package var handshakeTimeout = Duration.seconds(10)
    /// From the first byte of a head to its end; 408 after.
    package var headerTimeout = Duration.seconds(10)
    /// From the end of the head to the end of the body; 408 after.
    package var bodyTimeout = Duration.seconds(60)
    /// Waiting for the first byte of a request; the connection is then closed without a word.
    package var idleTimeout = Duration.seconds(75)
    /// The client takes none of the bytes it was sent; the connection is then reset.
    package var writeTimeout = Duration.seconds(30)
    /// The slowest that a client may send a body or take an answer, in bytes a second, on average since it began; 408
    /// for a body, a reset for an answer. 0 for as slow as it likes. Without it, a byte a minute would hold a
    /// connection for as long as a client cares.
    package var bytesPerSecond = 250
    /// How long after its beginning a transfer may be slower than that.
    package var rateGrace = Duration.seconds(10)
    /// After the last answer, waiting for the client's FIN.
    package var lingerTimeout = Duration.seconds(2)
    /// The same when the server stops, which must not take seconds because of a client that keeps its side open.
    package var stopLingerTimeout = Duration.milliseconds(100)
    /// After the last answer, bytes read and thrown away while waiting for the client's FIN.
    package var lingerBytes = 1_048_576

    /// Open connections of the whole server; one more is answered 503 and closed.
    package var connections = 8_192
    /// Requests of the whole server whose answer is on its way; one more is answered 503.
    package var requestsInFlight = 8_192
    /// Requests of one connection whose answer has not been sent; no more are read until one is.
    package var pipelinedRequests = 64
    /// Bytes waiting to be sent on one connection; no more requests are read until they are fewer.
    package var outputBytes = 1_048_576

    package init() {}

    // MARK: - Descriptors

    /// What a server with so many event loops needs to keep all connections open, and a few things besides.
    package func descriptors(loops: Int) -> Int { connections + Self.spareDescriptors(loops: loops) }

    /// The same limits with only as many connections as there are descriptors for: the one after the last is then told
    /// so, and not left without an answer.
    package func fitting(descriptors: Int, loops: Int) -> HTTPLimits {
        guard descriptors < self.descriptors(loops: loops) else { return self }
        var fitting = self
        fitting.connections = max(1, descriptors - min(Self.spareDescriptors(loops: loops), descriptors / 2))
        return fitting
    }

    /// Of each loop, of listeners, log, files that are read, and webhooks.
    private static func spareDescriptors(loops: Int) -> Int { 64 + 4 * loops }
}
