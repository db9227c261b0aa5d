import HTTP
import Platform
import TLS
import Testing

/// TLS between two filters: no socket, so every way of cutting the bytes can be tried.
@Suite struct FilterTests {
    @Test(arguments: [1, 2, 7, 100, 1_000, .max]) func talksHoweverTheBytesAreCut(_ step: Int) throws {
        let pair = try Pair(step: step)
        try pair.handshake()
        #expect(pair.server.isEstablished && pair.client.isEstablished)
        try pair.clientSays(Array("GET /".utf8))
        try pair.serverSays(Array("200".utf8))
        #expect(pair.serverHeard == Array("GET /".utf8))
        #expect(pair.clientHeard == Array("200".utf8))
        #expect(!pair.server.peerHasEnded && !pair.client.peerHasEnded)
    }

    /// More than a record holds, and more than a socket's buffer.
    @Test func carriesMegabytes() throws {
        let pair = try Pair()
        try pair.handshake()
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        try pair.serverSays(body)
        #expect(pair.clientHeard == body)
        try pair.clientSays(body)
        #expect(pair.serverHeard == body)
    }

    @Test func nothingIsSentBeforeTheHandshake() throws {
        let pair = try Pair()
        #expect(throws: TLSError.self) { try pair.serverSays([1]) }
        #expect(pair.toClient.isEmpty)
    }

    @Test func eachSideHearsTheFarewellOfTheOther() throws {
        let pair = try Pair()
        try pair.handshake()
        pair.client.finish(wire: &pair.toServer)
        try pair.settle()
        #expect(pair.server.peerHasEnded && !pair.client.peerHasEnded)
        // The answer to what came before can still be given.
        try pair.serverSays([7])
        #expect(pair.clientHeard == [7])
        pair.server.finish(wire: &pair.toClient)
        try pair.settle()
        #expect(pair.client.peerHasEnded)
        // Once is enough.
        pair.server.finish(wire: &pair.toClient)
        #expect(pair.toClient.isEmpty)
    }

    struct TrustRow: CustomTestStringConvertible, Sendable {
        let name: String
        let host: String
        let problem: String?
        var testDescription: String { name }
    }

    @Test(arguments: [
        TrustRow(name: "a vendor's host", host: "fts-uat.cardconnect.com", problem: nil),
        TrustRow(name: "capitals", host: "FTS-UAT.CardConnect.com", problem: nil),
        TrustRow(name: "localhost", host: "localhost", problem: nil),
        TrustRow(name: "the address of this end", host: "127.0.0.1", problem: nil),
        TrustRow(name: "IPv6", host: "::1", problem: nil),
        TrustRow(name: "another address", host: "192.0.2.1", problem: "IP address mismatch"),
    ])
    func certificatesFitTheHost(_ row: TrustRow) throws {
        let pair = try Pair(host: row.host)
        guard let problem = row.problem else { return try pair.handshake() }
        #expect(throws: TLSError.untrusted(host: row.host, reason: problem)) { try pair.handshake() }
    }

    @Test func anotherAuthorityIsNotTrusted() throws {
        let pair = try Pair(trusts: try LocalAuthority.make().certificateText())
        #expect {
            try pair.handshake()
        } throws: {
            guard case .untrusted(host: "localhost", _) = $0 as? TLSError else { return false }
            return true
        }
        // The server hears that its certificate was refused, and reports it.
        #expect(throws: TLSError.self) { try pair.settle() }
    }

    /// Names that are none get the certificate of the address, and no certificate says them.
    @Test(arguments: ["-x", "a..b", "a,DNS:b", "*", "a b"]) func oddNamesAreNotSigned(_ name: String) throws {
        let pair = try Pair(host: name)
        #expect(throws: TLSError.self) { try pair.handshake() }
    }

    @Test func plainHTTPIsToldSo() throws {
        let pair = try Pair()
        pair.toServer = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(throws: TLSError.self) { try pair.settle() }
        let text = String(decoding: pair.toClient, as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 400 ") && text.contains("HTTPS"))
    }

    /// Any bytes in place of a handshake end it, with an alert or without, and nothing else happens.
    @Test(arguments: 0..<50) func garbageEndsTheHandshake(_ seed: Int) throws {
        let pair = try Pair()
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        pair.toServer = (0..<20_000).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        #expect(throws: TLSError.self) { try pair.settle() }
        #expect(pair.serverHeard.isEmpty && !pair.server.isEstablished)
        // Broken for good: more bytes change nothing.
        try pair.server.receive([22, 3, 1, 0, 0].span, plain: &pair.serverHeard, wire: &pair.toClient)
        #expect(pair.serverHeard.isEmpty)
    }

    /// One flipped bit anywhere behind the handshake breaks the connection; what came before it was heard.
    @Test(arguments: [0, 5, 9, 30]) func aChangedByteIsNoticed(_ index: Int) throws {
        let pair = try Pair()
        try pair.handshake()
        try pair.clientSays([1, 2, 3])
        try pair.client.send([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].span, wire: &pair.toServer)
        pair.toServer[index] ^= 1
        do { try pair.settle() } catch {}
        #expect(pair.serverHeard == [1, 2, 3])
    }
}
