import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Clients hard-code the published tokens: they pay without having been made here before (reference §15).
@Suite struct PublishedTokenTests {
    @Test func everyPublishedTokenPaysInAFreshWorld() throws {
        let scope = SiteScope(site: "fts", environment: .uat)
        let known = try #require(Table.behavior).tokens.known.filter { $0.scope == scope }
        #expect(!known.isEmpty)
        for pair in known {
            guard case .card = pair.input else { continue }
            let gateway = try Gateway()
            let answer = try gateway.auth(
                try gateway.merchant("FNOR"), "1.00", ["account": .string(pair.token.text)])
            #expect(answer["token"] == pair.token.text)
            #expect(answer["respproc"] == "FNOR", "\(pair.token): \(answer.raw.text)")
        }
    }
}
