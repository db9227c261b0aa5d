import HTTP
import JSON
import Testing

@testable import Inspector

/// Who is let in.
@Suite struct AccessTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let host: String?
        let origin: String?
        let code: String?

        init(_ host: String?, from origin: String? = nil, _ code: String? = nil) {
            self.host = host
            self.origin = origin
            self.code = code
        }

        var testDescription: String { "\(host ?? "no host") from \(origin ?? "nowhere")" }
    }

    static let rows: [Row] = [
        Row("localhost"), Row("localhost:8081"), Row("LocalHost:1"), Row("127.0.0.1"), Row("127.0.0.1:8081"),
        Row("[::1]"), Row("[::1]:8081"), Row("control.example"), Row("CONTROL.example:80"),
        Row("[fe80::7]:8081"), Row("[FE80::8]"), Row("fe80::7", "host-not-allowed"),
        Row(nil, "host-not-allowed"), Row("", "host-not-allowed"), Row("evil.example", "host-not-allowed"),
        Row("evil.example:8081", "host-not-allowed"), Row("localhost.evil.example", "host-not-allowed"),
        Row("127.0.0.1.evil.example", "host-not-allowed"), Row("evil.example#localhost", "host-not-allowed"),
        Row("localhost:8081@evil.example", "host-not-allowed"), Row("localhost:port", "host-not-allowed"),
        Row("::1", "host-not-allowed"), Row("[::2]", "host-not-allowed"), Row("0.0.0.0:8081", "host-not-allowed"),
        Row("localhost:8081", from: "http://localhost:8081"), Row("[::1]:8081", from: "http://[::1]:8081"),
        Row("control.example", from: "https://control.example"),
        Row("localhost:8081", from: "http://evil.example", "origin-not-allowed"),
        Row("localhost:8081", from: "http://localhost:3000", "origin-not-allowed"),
        Row("localhost:8081", from: "http://127.0.0.1:8081", "origin-not-allowed"),
        Row("localhost:8081", from: "null", "origin-not-allowed"),
        Row("localhost:8081", from: "", "origin-not-allowed"),
        Row("localhost:8081", from: "file://localhost:8081", "origin-not-allowed"),
        Row("localhost:8081", from: "http://localhost:8081.evil.example", "origin-not-allowed"),
        Row("localhost:8081", from: "http://localhost:8081/", "origin-not-allowed"),
    ]

    /// On every route but the probes, which answer under any name: who waits for a container has one of its own for it.
    @Test(arguments: rows)
    func hostAndOrigin(_ row: Row) throws {
        var configuration = ControlConfiguration()
        configuration.hosts = ["Control.example", "FE80::7", "[fe80::8]"]
        let bench = Bench(SmallScenario.behavior(), configuration)
        for route in Routes.all {
            var headers = HTTPFields()
            if let host = row.host { headers.append("Host", host) }
            if let origin = row.origin { headers.append("Origin", origin) }
            let request = HTTPRequest(method: route.method, target: route.path, headers: headers)
            guard case .now(let response) = bench.api.respond(to: request) else {
                Issue.record("the control API never waits")
                continue
            }
            let json = response.body.isEmpty ? JSONValue.null : try JSONValue(parsing: response.body)
            if route.isOpen {
                #expect(response.status == 200, "\(route.id)")
            } else if let code = row.code {
                #expect(response.status == 403)
                #expect(json.at("error.code") == .string(code))
            } else {
                #expect(response.status != 403, "\(route.id)")
            }
        }
    }

    @Test func twoHostsAreNone() throws {
        let headers = HTTPFields([HTTPField("Host", "localhost"), HTTPField("Host", "localhost")])
        #expect(try Bench().control(.get, "/v1/worlds", headers: headers).status == 403)
    }

    struct TokenRow: CustomTestStringConvertible, Sendable {
        let authorization: [String]
        let isLetIn: Bool

        init(_ authorization: String..., isLetIn: Bool = false) {
            self.authorization = authorization
            self.isLetIn = isLetIn
        }

        var testDescription: String { authorization.isEmpty ? "nothing" : authorization.joined(separator: " and ") }
    }

    static let tokens: [TokenRow] = [
        TokenRow("Bearer open sesame", isLetIn: true), TokenRow("bearer open sesame", isLetIn: true),
        TokenRow("Bearer  open sesame ", isLetIn: true), TokenRow(), TokenRow(""), TokenRow("Bearer"),
        TokenRow("Bearer "), TokenRow("Bearer open"), TokenRow("Bearer open sesame!"), TokenRow("Bearer Open sesame"),
        TokenRow("Basic open sesame"), TokenRow("open sesame"), TokenRow("Bearer open sesame", "Bearer open sesame"),
    ]

    @Test(arguments: tokens)
    func token(_ row: TokenRow) throws {
        var configuration = ControlConfiguration()
        configuration.token = "open sesame"
        let bench = Bench(SmallScenario.behavior(), configuration)
        let headers = HTTPFields(row.authorization.map { HTTPField("Authorization", $0) })
        for route in Routes.all where !route.isOpen {
            let answer = try bench.control(route.method, route.path, headers: headers)
            #expect((answer.status != 401) == row.isLetIn, "\(route.id)")
            if !row.isLetIn {
                #expect(answer.errorCode == "unauthorized")
                #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"understudy\"")
                #expect(!String(decoding: answer.body, as: UTF8.self).contains("sesame"))
            }
        }
        #expect(try bench.control(.get, "/nowhere", headers: headers).status == (row.isLetIn ? 404 : 401))
        #expect(try bench.control(.get, "/healthz", headers: headers).status == 200)
        #expect(try bench.control(.get, "/readyz", headers: headers).status == 200)
    }

    @Test func tokenIsNotAskedForUnlessSet() throws {
        #expect(try Bench().control(.get, "/v1/worlds").status == 200)
    }

    /// What the emulated port answers to the control API's paths.
    @Test(arguments: Routes.all.map(\.path))
    func isNotOnAnEmulatedPort(_ path: String) throws {
        let bench = Bench()
        guard case .now(let response) = bench.reply(.get, path, []) else {
            Issue.record("nothing waits here")
            return
        }
        #expect(response.status == 404)
        #expect(try JSONValue(parsing: response.body).at("understudy.error") == "no-service")
    }
}
