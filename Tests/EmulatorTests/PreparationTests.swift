import Emulator
import HTTP
import JSON
import Platform
import ServiceKit
import Testing

/// The keys of sites are made beside the event loops, also for worlds that come later.
@Suite struct PreparationTests {
    private static let later = """
        understudy: scenario/1
        name: later
        extends: uat-plain
        sites:
          - name: corner
            environments: [{ environment: UAT, hosts: [corner-uat.test] }]
            credentials: [{ user: corner, password: secret }]
            merchants: [{ id: "700000000001", processor: RPCT }]
        """

    @Test func aWorldIsToldWhenItsKeysAreThere() throws {
        let folder = try ScenarioCatalogTests.Folder(["later.yaml": Self.later])
        let catalog = ScenarioCatalog(key: [1, 2, 3])
        let later = try catalog.load(folder.path + "/later.yaml").behavior
        let live = try LiveServer(catalog: catalog)
        #expect(!live.server.emulator.isPrepared(for: later))
        let client = HTTPClient(HTTPEndpoint(live.addresses.control))
        let body: JSONValue = ["name": "w2", "scenario": "later"]
        let request = HTTPRequest(
            method: .post, target: "/v1/worlds", headers: ["Content-Type": "application/json"], body: body.serialized())
        let answer = try client.send(request, timeout: .seconds(60))
        #expect(answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
        #expect(live.server.emulator.isPrepared(for: later))
        // One more world of the same scenario has nothing to wait for, and a refusal neither.
        #expect(try client.send(request, timeout: .seconds(60)).status == 409)
        #expect(live.server.stop(deadline: .seconds(5)))
    }

    /// A server that is stopped at once waits for what it has begun.
    @Test func aServerStopsWithItsKeysMade() throws {
        let live = try LiveServer()
        #expect(live.server.stop(deadline: .seconds(5)))
        #expect(live.server.emulator.isPrepared(for: live.server.emulator.worlds.main.behavior))
    }
}
