import Payments
import Processor
import Testing

@testable import CardSecure

/// Keys that are made for sites without one.
@Suite struct SiteKeyTests {
    @Test func oneMoreSiteGetsNone() throws {
        let keys = SiteKeys()
        let first = try #require(keys.key(of: "a", atMost: 1))
        #expect(keys.key(of: "b", atMost: 1) == nil)
        #expect(keys.isKnown("b", atMost: 1), "it needs not be waited for")
        #expect(!keys.isKnown("b", atMost: 2))
        #expect(keys.key(of: "a", atMost: 1)?.publicKey == first.publicKey, "those that are there stay")
        #expect(keys.key(of: "b", atMost: 2) != nil)
    }
}
