import Foundation
import HTTP
import Logging
import Platform
import Replays
import TLS
import Testing

@testable import Emulator

/// HTTPS as people use it.
@Suite struct SecureServerTests {
    @Test func aReplayRunsOverHTTPS() async throws {
        let authority = try LocalAuthority.make()
        let live = try LiveServer(tls: .authority(authority))
        let secure = try #require(live.addresses.secure)
        let client = try TLSClient(authorities: authority.certificateText())
        let path = Repository.path("scenarios/replays/cardsecure/tokenize.replay")
        let replay = try ReplayParser.parse(try Files.read(path), path: path)
        let result = try await BlockingWork.run { () throws(any Error) in
            try ReplayPlayer(catalog: ScenarioCatalog()).play(
                replay,
                against: ReplayServer(HTTPEndpoint(host: "localhost", port: secure.port, isSecure: true)),
                control: live.control, timeout: .seconds(20), filter: { try client.filter(host: $0) })
        }
        #expect(!result.hasFailed, "\(ReplayReport.text(result))")
        #expect(try live.get("/v1/authority", control: true).body.contains("BEGIN CERTIFICATE"))
    }

    /// The reason of a failed handshake is logged, the key is not.
    @Test func aRefusedCertificateIsLogged() async throws {
        let authority = try LocalAuthority.make()
        let live = try LiveServer(level: .trace, tls: .authority(authority))
        let secure = try #require(live.addresses.secure)
        let stranger = try TLSClient(authorities: LocalAuthority.make().certificateText())
        await #expect(throws: HTTPClientError.self) {
            try await HTTPClient(
                HTTPEndpoint(host: "localhost", port: secure.port, isSecure: true),
                filter: { try stranger.filter(host: $0) }
            ).response(to: HTTPRequest(method: .get, target: "/"), timeout: .seconds(20))
        }
        // The client's alert may arrive after the client has given up; a server that stops does not wait for it.
        func isLogged() -> Bool {
            live.log.all.contains { $0.contains("handshake failed") && $0.contains("unknown ca") }
        }
        for _ in 0..<2_000 where !isLogged() { _ = try live.get("/healthz", control: true) }
        live.server.stop(deadline: .seconds(5))
        #expect(isLogged())
        #expect(!live.log.all.contains { $0.contains("PRIVATE KEY") || $0.contains("BEGIN") })
    }

    @Test func theProgramServesHTTPS() async throws {
        let folder = try ScenarioCatalogTests.Folder([:])
        try await BlockingWork.run { [path = folder.path] () throws(any Error) in
            let program = try Program([
                "serve", "--port", "0", "--control-port", "0", "--tls", "--tls-port", "0", "--data", path,
            ])
            let base = try #require(program.line(with: "listening on https://")?.dropFirst("listening on ".count))
            let control = try #require(program.line(with: "control API on ")?.dropFirst("control API on ".count))
            let printed = try Program.run(["ca", "--data", path])
            #expect(printed.code == 0)
            #expect(try Program.run(["ca", "--control", String(control)]).output == printed.output)
            #expect(try Program.run(["health", "--control", String(control)]).code == 0)
            let client = try TLSClient(authorities: Array(printed.output.utf8))
            let (endpoint, _) = try #require(HTTPEndpoint.parse(String(base)))
            let answer = try HTTPClient(endpoint, filter: { try client.filter(host: $0) }).send(
                HTTPRequest(method: .get, target: "/cardconnect/rest"), timeout: .seconds(20))
            #expect(answer.status == 401)
            let replay = Repository.path("scenarios/replays/cardsecure/tokenize.replay")
            try Files.write(path + "/ca.pem", Array(printed.output.utf8))
            let played = try Program.run([
                "replay", replay, "--against", String(base), "--control", String(control), "--cacert", path + "/ca.pem",
            ])
            #expect(played.code == 0, "\(played.output)\(played.complaint)")
            // Without the authority's certificate nothing is sent.
            let refused = try Program.run(["replay", replay, "--against", String(base)])
            #expect(refused.code == 1 && refused.output.contains("is not trusted"))
            program.process.terminate()
            #expect(program.waitUntilExit() == 0)
        }
    }
}
