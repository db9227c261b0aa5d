import Emulator
import HTTP
import Logging
import Payments
import Platform
import Replays
import TestSupport
import Testing

@Suite struct ServerTests {
    @Test func startsAnswersAndStops() throws {
        let live = try LiveServer()
        #expect(live.addresses.services.port != 0 && live.addresses.control.port != 0)
        #expect(live.addresses.services.port != live.addresses.control.port)
        let unauthorized = try live.get("/cardconnect/rest")
        #expect(unauthorized.status == 401)
        #expect(try live.get("/healthz", control: true).status == 200)
        #expect(try live.get("/readyz", control: true).status == 200)
        #expect(live.server.stop(deadline: .seconds(5)))
        #expect(throws: HTTPClientError.self) { try live.get("/cardconnect/rest") }
        #expect(throws: HTTPClientError.self) { try live.get("/healthz", control: true) }
    }

    @Test func controlPathsAreNotReachableWhereTheServicesAre() throws {
        let live = try LiveServer()
        for path in ["/healthz", "/v1/worlds", "/version", "/readyz"] {
            let answer = try live.get(path)
            #expect(answer.status == 404 && answer.body.contains("no-service"))
        }
        #expect(try live.get("/cardconnect/rest", control: true).status == 404)
    }

    @Test func exampleRequestIsAnswered() throws {
        let live = try LiveServer()
        let curl = try #require(live.server.exampleRequest(live.addresses))
        #expect(
            curl.hasPrefix("curl -u testing:testing123 -X PUT http://\(live.addresses.services)/cardconnect/rest/auth"))
        let body = try #require(curl.split(separator: "'").last)
        let request = HTTPRequest(
            method: .put, target: "/cardconnect/rest/auth",
            headers: ["Authorization": ReplayCredentials.basic("testing:testing123")], body: Array(body.utf8))
        let client = HTTPClient(HTTPEndpoint(live.addresses.services))
        let answer = try client.send(request, timeout: .seconds(20))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("\"respstat\":\"A\""))
    }

    struct Size: Sendable, CustomTestStringConvertible {
        let bytes: Int
        let status: Int
        var testDescription: String { "\(bytes) bytes" }
    }

    @Test(arguments: [
        Size(bytes: 1_000, status: 200), Size(bytes: 1 << 20, status: 400), Size(bytes: 5 << 20, status: 413),
    ])
    func bodiesThatAreTooLong(_ size: Size) throws {
        let live = try LiveServer()
        let start = #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1230","amount":"1.00","x":""#
        let body = start + String(repeating: "a", count: size.bytes - start.utf8.count - 2) + "\"}"
        let headers: HTTPFields = ["Authorization": ReplayCredentials.basic("testing:testing123")]
        let client = HTTPClient(HTTPEndpoint(live.addresses.services))
        let answer = try client.send(
            HTTPRequest(method: .put, target: "/cardconnect/rest/auth", headers: headers, body: Array(body.utf8)),
            timeout: .seconds(20))
        #expect(answer.status == size.status && answer.ending == .complete)
        // Nothing is lost by it: the next request is answered.
        let next = try client.send(
            HTTPRequest(method: .get, target: "/cardconnect/rest", headers: headers), timeout: .seconds(20))
        #expect(next.status == 200)
    }

    @Test func portInUse() throws {
        let live = try LiveServer()
        let catalog = ScenarioCatalog(key: [1])
        for isControl in [false, true] {
            var configuration = EmulatorServer.Configuration()
            configuration.port = isControl ? 0 : live.addresses.services.port
            configuration.controlPort = isControl ? live.addresses.control.port : 0
            let second = try EmulatorServer(
                behavior: catalog.load("uat").behavior, catalog: catalog, configuration: configuration,
                logger: Logger(label: "test") { _ in LineLogHandler(format: .text, level: .critical) })
            let fault = #expect(throws: HTTPServerError.self) { try second.start() }
            #expect(fault?.isAddressInUse == true)
            #expect(fault?.listener == (isControl ? "control" : "services"))
            #expect(
                fault?.description.contains("\(isControl ? configuration.controlPort : configuration.port)") == true)
            second.stop(deadline: .zero)
        }
        // The first one is not disturbed.
        #expect(try live.get("/healthz", control: true).status == 200)
    }

    @Test func answersInFlightAreFinished() async throws {
        let live = try LiveServer(
            text: "understudy: scenario/1\nname: quick\nextends: uat\ngateway: { processorTimeout: 300ms }\n")
        let request = HTTPRequest(
            method: .put, target: "/cardconnect/rest/auth",
            headers: ["Authorization": ReplayCredentials.basic("testing:testing123")],
            body: Array(
                #"{"merchid":"496160873888","account":"4999006200620062","expiry":"1230","amount":"1.00"}"#.utf8))
        let client = HTTPClient(HTTPEndpoint(live.addresses.services))
        async let answer = client.response(to: request, timeout: .seconds(20))
        let isClean = try await BlockingWork.run { () throws(any Error) in
            // The journal has it as soon as it is decided; the answer follows after the time-out.
            while try !live.get("/v1/worlds/main", control: true).body.contains("\"lastSequence\":1") {}
            return live.server.stop(deadline: .seconds(10))
        }
        #expect(isClean)
        let response = try await answer
        #expect(response.status == 200 && response.ending == .complete)
        #expect(String(decoding: response.body, as: UTF8.self).contains("Timed out"))
    }

    @Test func requestsAreLoggedAtDebugWithoutCardData() throws {
        let live = try LiveServer(level: .debug)
        let card = "4111111111111111"
        _ = try live.get("/~nowhere/cardconnect/rest/inquire/\(card)/1?data=\(card)")
        _ = try live.get("/~a%20b/cardconnect/rest")
        live.server.stop(deadline: .seconds(5))
        let requests = live.log.all.filter { $0.contains("\"message\":\"request\"") }
        #expect(requests.count == 2)
        #expect(requests.allSatisfy { !$0.contains(card) && !$0.contains("data=") && $0.hasSuffix("}\n") })
        #expect(requests[0].contains("\"world\":\"nowhere\"") && requests[0].contains("\"status\":\"404\""))
        #expect(requests[0].contains("/~nowhere/cardconnect/rest/inquire/************1111/1"))
        #expect(requests[1].contains("\"world\":\"?\""))
    }

    @Test func nothingIsLoggedForEachRequestByDefault() throws {
        let live = try LiveServer(level: .notice)
        _ = try live.get("/cardconnect/rest")
        #expect(live.log.all == [])
    }
}

@Suite struct LogHandlerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let format: LogFormat
        let message: String
        let metadata: Logger.Metadata
        let line: String
        var testDescription: String { "\(format) \(message)" }
    }

    @Test(arguments: [
        Row(
            format: .text, message: "listening", metadata: ["port": "8080"],
            line: "2030-01-02T15:00:00.000Z notice listening port=8080\n"),
        Row(
            format: .text, message: "a\nb", metadata: ["x": "a b", "c": "k=v", "e": ""],
            line: "2030-01-02T15:00:00.000Z notice a\\nb c=\"k=v\" e=\"\" x=\"a b\"\n"),
        Row(
            format: .json, message: "a\n\"b\"", metadata: ["x": "ü\n", "time": "2"],
            line:
                "{\"time\":\"2030-01-02T15:00:00.000Z\",\"level\":\"notice\",\"message\":\"a\\n\\\"b\\\"\",\"time_\":\"2\",\"x\":\"ü\\n\"}\n"
        ),
    ])
    func lines(_ row: Row) {
        let log = LogLines()
        let handler = LineLogHandler(
            format: row.format, level: .notice,
            now: { Instant(nanoseconds: 1_893_596_400_000_000_000) }, write: { log.append($0) })
        let logger = Logger(label: "test") { _ in handler }
        logger.notice("\(row.message)", metadata: row.metadata)
        logger.info("too little to be logged")
        #expect(log.all == [row.line])
    }
}
