import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Testing

@testable import Inspector

/// Applications and orders as the control API shows and changes them.
@Suite struct BoardingControlTests {
    private let bench: Bench
    private let application = 213_456_789

    init() throws {
        bench = Bench()
        let scope = SiteScope(site: "shop", environment: .uat)
        let world = try bench.worlds.find("main")
        let facts = MerchantApplication.Facts(template: 1, name: "Shop", isAcquiring: true)
        for action in [
            BoardingCommand.Action.apply(document: "{}", facts),
            .order(ApplicationNumber(application), equipment: 3, quantity: 2, document: "{}"),
        ] {
            _ = try world.perform(BoardingCommand(service: "test", scope: scope, action: action))
        }
    }

    private func put(_ path: String, _ status: String) throws -> Bench.Answer {
        try bench.control(.put, "/v1/worlds/main/\(path)", ["status": .string(status)])
    }

    @Test func anApplicationIsPutIntoAnyState() throws {
        let all = try bench.control(.get, "/v1/worlds/main/applications")
        #expect(all.json["applications"]?.array?.map { $0["status"] } == ["INPROG"])
        for status in MerchantApplication.Status.allCases.map(\.rawValue) + ["CANCELLED", "INPROG", "CANCELLED"] {
            let answer = try put("applications/\(application)", status)
            // The scenario has no template: nobody can be boarded.
            let expected = ["BOARDED", "LIVE"].contains(status) ? "DECLINED" : status
            #expect(answer.status == 200 && answer.json["status"] == .string(expected), "\(status)")
            let shown = try bench.control(.get, "/v1/worlds/main/applications/\(application)")
            #expect(shown.json == answer.json)
        }
    }

    @Test func fromThereItGoesOnByTheClock() throws {
        #expect(try put("applications/\(application)", "UNDER").json["due"]?["time"] == "2030-01-03T10:00:00.000Z")
        try bench.control(.put, "/v1/worlds/main/clock", ["advance": "1d"])
        let shown = try bench.control(.get, "/v1/worlds/main/applications/\(application)")
        #expect(shown.json["status"] == "BOARDING")
        #expect(try put("applications/\(application)", "CANCELLED").json["due"] == .null)
    }

    @Test func anOrderIsPutIntoAnyState() throws {
        for status in EquipmentOrder.Status.allCases.map(\.rawValue) + ["NEW"] {
            let answer = try put("orders/70001", status)
            #expect(answer.status == 200 && answer.json["status"] == .string(status))
            #expect(answer.json["quantity"] == 2 && answer.json["equipmentId"] == 3)
        }
        let all = try bench.control(.get, "/v1/worlds/main/orders")
        #expect(all.json["orders"]?.array?.map { $0["orderId"] } == [70001])
    }

    @Test func whatIsDoneGoesBackWithTheWorld() throws {
        let before = try bench.control(.get, "/v1/worlds/main").json["lastSequence"]
        _ = try put("applications/\(application)", "DECLINED")
        let entry = try bench.control(.get, "/v1/worlds/main/journal?limit=1").json["entries"]?.array?.first
        #expect(entry?["operation"] == "boardingOperation")
        try bench.control(.post, "/v1/worlds/main/rewind", ["sequence": try #require(before)])
        let shown = try bench.control(.get, "/v1/worlds/main/applications/\(application)")
        #expect(shown.json["status"] == "INPROG")
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let path: String
        let body: JSONValue
        let status: Int
        let code: String
    }

    @Test(arguments: [
        Mistake(
            testDescription: "no such application", path: "applications/1", body: ["status": "LIVE"], status: 404,
            code: "unknown-application"),
        Mistake(
            testDescription: "no number", path: "applications/x", body: ["status": "LIVE"], status: 404,
            code: "unknown-application"),
        Mistake(
            testDescription: "no such order", path: "orders/1", body: ["status": "NEW"], status: 404,
            code: "unknown-order"),
        Mistake(
            testDescription: "no such state", path: "applications/213456789", body: ["status": "live"], status: 422,
            code: "bad-field"),
        Mistake(
            testDescription: "a state of an application", path: "orders/70001", body: ["status": "LIVE"], status: 422,
            code: "bad-field"),
        Mistake(
            testDescription: "no state", path: "orders/70001", body: [:], status: 422, code: "bad-field"),
    ])
    func mistakes(_ mistake: Mistake) throws {
        let answer = try bench.control(.put, "/v1/worlds/main/\(mistake.path)", mistake.body)
        #expect(answer.status == mistake.status && answer.errorCode == mistake.code)
    }
}
