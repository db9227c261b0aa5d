import FluidPay
import Testing

/// The service takes the paths of its gateway and leaves those of others alone.
@Suite struct PathTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        let isOurs: Bool
        var testDescription: String { path }
    }

    @Test(arguments: [
        Row(path: "/api/transaction", isOurs: true), Row(path: "/api/token-auth", isOurs: true),
        Row(path: "/api/vault/x", isOurs: true), Row(path: "/tokenizer/tokenizer.js", isOurs: true),
        Row(path: "/api/v2/connect", isOurs: false), Row(path: "/api/v3", isOurs: false),
        Row(path: "/apis", isOurs: false), Row(path: "/cardconnect/rest", isOurs: false),
    ])
    func claims(_ row: Row) {
        #expect(FluidPay().claims(row.path[...]) == row.isOurs)
    }
}
