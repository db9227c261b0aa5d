import Testing

@testable import TLS

/// Certificates for host names that clients ask for.
@Suite struct LeafTests {
    private func text(_ authority: LocalAuthority, _ name: String) throws -> [UInt8] {
        try PEM.text(of: authority.identity(for: .name(name)).certificate)
    }

    @Test func theOldestIsForgotten() throws {
        let authority = try LocalAuthority.make()
        authority.keepCertificates(atMost: 2)
        let first = try text(authority, "a.example")
        let second = try text(authority, "b.example")
        #expect(try text(authority, "a.example") == first && text(authority, "b.example") == second, "as many as fit")
        _ = try text(authority, "c.example")
        #expect(try text(authority, "b.example") == second)
        #expect(try text(authority, "a.example") != first, "made again")
    }

    @Test func fewerAreKeptFromNowOn() throws {
        let authority = try LocalAuthority.make()
        let texts = try ["a.example", "b.example"].map { try text(authority, $0) }
        authority.keepCertificates(atMost: 1)
        #expect(try text(authority, "b.example") == texts[1])
        #expect(try text(authority, "a.example") != texts[0])
    }

    @Test func asManyAsIsUsual() throws {
        let identity = try LocalAuthority.make().identity(for: .name("localhost"))
        var cache = LeafCache()
        for number in 0..<256 { cache.add(identity, for: .name(String(number))) }
        #expect(cache.find(.name("0")) != nil && cache.count == 256)
        cache.add(identity, for: .name("256"))
        #expect(cache.find(.name("0")) == nil && cache.find(.name("1")) != nil && cache.count == 256)
    }
}
