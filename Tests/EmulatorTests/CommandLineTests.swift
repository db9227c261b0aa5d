import Foundation
import HTTP
import Platform
import Replays
import Testing

/// The program as people start it.
@Suite struct CommandLineTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let code: Int32
        /// Parts of standard output and of standard error.
        let output: [String]
        let complaint: [String]
        let input: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(
            _ arguments: String..., code: Int32 = 0, output: [String] = [], complaint: [String] = [], input: String = ""
        ) {
            self.arguments = arguments.map { $0.replacing("REPO", with: Repository.path("")) }
            self.code = code
            self.output = output
            self.complaint = complaint
            self.input = input
        }
    }

    @Test(arguments: [
        Row("version", output: ["understudy 0."]),
        Row("--version", output: ["understudy 0."]),
        Row("--help", output: ["EXIT CODES", "serve", "check", "explain", "replay", "version"]),
        Row("serve", "--help", output: ["EXAMPLES", "--control-port", "--log-level"]),
        Row("replay", "--help", output: ["--junit", "--against"]),
        Row("sevre", code: 64, complaint: ["sevre"]),
        Row("serve", "--port", "99999", code: 64, complaint: ["--port"]),
        Row("serve", "--port", "9", "--control-port", "9", code: 64, complaint: ["the same: 9"]),
        Row("serve", "--loops", "0", code: 64, complaint: ["--loops"]),
        Row("serve", "--limit", "connections", code: 64, complaint: ["write it as name=value"]),
        Row(
            "serve", "--limit", "conections=1", code: 64, complaint: ["no such limit", "connections, requestsInFlight"]),
        Row("serve", "--limit", "connections=0", code: 64, complaint: ["from 1 to 1000000000"]),
        Row("serve", "--limit", "bodyTimeout=5", code: 64, complaint: ["5s or 250ms"]),
        Row("serve", "--limit", "idleTimeout=2d", code: 64, complaint: ["at most a day"]),
        Row("serve", "--limit", "certificates=0", code: 64, complaint: ["from 1 to 1000000000"]),
        Row("serve", "--limit", "controlBodyBytes=x", code: 64, complaint: ["from 0 to 1000000000"]),
        Row("serve", "--loops", "1025", code: 64, complaint: ["from 1 to 1024"]),
        Row("serve", "--grace", "3601", code: 64, complaint: ["up to 3600"]),
        Row("serve", "--control-name", "a:1", code: 64, complaint: ["a host name without port"]),
        Row("serve", "--control-name", "", code: 64, complaint: ["a host name without port"]),
        Row(
            "serve", "--tls", "--tls-cert", "c", "--tls-key", "k", "--data", "d", code: 64, complaint: ["there is none"]
        ),
        Row("serve", "--data", "d", code: 64, complaint: ["--data belongs to --tls"]),
        Row("serve", "--log", "xml", code: 64, complaint: ["text", "json"]),
        Row("serve", "--log-level", "loud", code: 64, complaint: ["notice"]),
        Row("serve", "--scenario", "nosuch", code: 66, complaint: ["there is no scenario 'nosuch'"]),
        Row("serve", "--scenario", "./nosuch.yaml", code: 66, complaint: ["./nosuch.yaml"]),
        Row("check", "uat", "uat-plain", output: ["uat: ok: 0 rules, ", "uat-plain: ok: "]),
        Row("check", "REPOscenarios/uat.yaml", output: ["ok: "]),
        Row("check", "./nosuch.yaml", "uat", code: 66, output: ["uat: ok"], complaint: ["No such file"]),
        Row("check", code: 64, complaint: ["files"]),
        Row("replay", "REPOscenarios/replays/cardsecure/tokenize.replay", output: [" passed"]),
        Row("replay", "./nosuch.replay", code: 66, complaint: ["./nosuch.replay"]),
        Row("replay", "REPOscenarios/uat.yaml", code: 65, complaint: ["uat.yaml:", ": error: "]),
        Row("replay", "a", "--control", "http://localhost:1", code: 64, complaint: ["--control belongs to --against"]),
        Row("replay", "a", "--against", "ftp://localhost", code: 64, complaint: ["https://host:port"]),
        Row("replay", "a", "--cacert", "x", code: 64, complaint: ["--cacert belongs to an https URL"]),
        Row(
            "replay", "REPOscenarios/replays/cardsecure/tokenize.replay", "--against", "https://localhost:1",
            "--cacert",
            "REPOPackage.swift", code: 65, complaint: ["Package.swift", "no certificate"]),
        Row("serve", "--tls-cert", "x", code: 64, complaint: ["belong together"]),
        Row("serve", "--tls-cert", "x", "--tls-key", "y", code: 64, complaint: ["belong to --tls"]),
        Row("serve", "--tls", "--tls-port", "8081", code: 64, complaint: ["--tls-port is the same"]),
        Row(
            "serve", "--tls", "--tls-cert", "/nosuch", "--tls-key", "REPOPackage.swift", code: 66,
            complaint: ["/nosuch"]),
        Row("health", "--control", "http://127.0.0.1:1", code: 69, complaint: ["cannot connect"]),
        Row("health", "--control", "https://localhost", code: 64, complaint: ["http://host:port"]),
        Row("ca", "--data", "/proc/nosuch", code: 73, complaint: ["/proc/nosuch"]),
        Row("ca", "--control", "http://127.0.0.1:1", code: 69, complaint: ["cannot connect"]),
        Row("replay", "a", "--define", "1=2", code: 64, complaint: ["name=value"]),
        Row(
            "replay", "-", code: 1, output: ["-:1: FAILED", "status: expected 200, got 401"],
            input: "> GET /cardconnect/rest\n< 200\n"),
        Row("replay", "-", "--define", "path=cardconnect", output: ["1 passed"], input: "> GET /${path}/rest\n< 401\n"),
        Row(
            "replay", "-", code: 66, complaint: ["there is no scenario 'nosuch'"],
            input: "# scenario: nosuch\n> GET /\n< 200\n"),
        Row(
            "replay", "-", "--junit", "/nosuch/folder/x.xml", code: 73, complaint: ["/nosuch/folder/x.xml"],
            input: "> GET /\n< 404\n${any}\n"),
        Row("explain", code: 64, complaint: ["path"]),
        Row(
            "explain", "/cardconnect/rest/nowhere", "--user", "testing:testing123",
            output: ["answer    404", "because"]),
        Row("explain", "x", code: 64, complaint: ["begins with '/'"]),
        Row(
            "explain", "--file", "-", "--scenario", "uat-plain",
            output: [
                "\"respcode\": \"51\"",
                "  amount 1051.00 asks for FNOR 51 (Declined) (scenarios/uat/response-codes.csv:",
                "rules     none were considered",
            ],
            input: """
                > PUT /cardconnect/rest/auth
                > Authorization: Basic testing:testing123

                {"merchid":"496160873888","account":"5454545454545454","expiry":"1230","amount":"1051.00"}
                """),
        Row("explain", "--file", "-", code: 65, complaint: ["METHOD /path"], input: "hello\n"),
    ])
    func endsWith(_ row: Row) async throws {
        let result = try await BlockingWork.run { () throws(any Error) in
            try Program.run(row.arguments, input: row.input)
        }
        #expect(result.code == row.code, "\(result.output)\n\(result.complaint)")
        for part in row.output { #expect(result.output.contains(part), "\(result.output)\(result.complaint)") }
        for part in row.complaint { #expect(result.complaint.contains(part), "\(result.complaint)") }
    }

    @Test func badScenarioIsShownAndNotServed() async throws {
        let folder = try ScenarioCatalogTests.Folder([
            "bad.yaml": "understudy: scenario/1\nname: bad\nextends: uat\nseeed: 1\n"
        ])
        let result = try await BlockingWork.run { [path = folder.path] () throws(any Error) in
            try Program.run(["serve", "--scenario", path + "/bad.yaml"])
        }
        #expect(result.code == 65 && result.output == "")
        #expect(result.complaint.contains("bad.yaml:4:1: error: ") && result.complaint.contains("1 mistake"))
    }

    @Test func servesUntilItIsAskedToStop() async throws {
        let code = try await BlockingWork.run { () throws(any Error) in
            let program = try Program(["serve", "--port", "0", "--control-port", "0"])
            let base = try #require(program.line(with: "listening on ")?.dropFirst("listening on ".count))
            let control = try #require(program.line(with: "control API on ")?.dropFirst("control API on ".count))
            #expect(program.line(with: "try: curl -u testing:testing123 ") != nil)
            let (endpoint, _) = try #require(HTTPEndpoint.parse(String(base)))
            let (other, _) = try #require(HTTPEndpoint.parse(String(control)))
            let answer = try HTTPClient(endpoint).send(
                HTTPRequest(method: .get, target: "/cardconnect/rest"), timeout: .seconds(20))
            #expect(answer.status == 401 && answer.reason == "Unauthorized")
            #expect(
                try HTTPClient(other).send(HTTPRequest(method: .get, target: "/healthz"), timeout: .seconds(20)).status
                    == 200)

            let second = try Program.run(["serve", "--port", String(endpoint.port), "--control-port", "0"])
            #expect(second.code == 69)
            #expect(second.complaint.contains(":\(endpoint.port)") && second.complaint.contains("--port 0"))

            program.process.terminate()
            return program.waitUntilExit()
        }
        #expect(code == 0)
    }

    @Test func aSecondSignalEndsAtOnce() async throws {
        let folder = try ScenarioCatalogTests.Folder([
            "still.yaml": "understudy: scenario/1\nname: still\nextends: uat\nclock: { mode: frozen }\n"
        ])
        let code = try await BlockingWork.run { [path = folder.path] () throws(any Error) in
            let program = try Program([
                "serve", "--scenario", path + "/still.yaml", "--port", "0", "--control-port", "0", "--grace", "3600",
            ])
            let base = try #require(program.line(with: "listening on ")?.dropFirst("listening on ".count))
            let control = try #require(program.line(with: "control API on ")?.dropFirst("control API on ".count))
            let (endpoint, _) = try #require(HTTPEndpoint.parse(String(base)))
            let (other, _) = try #require(HTTPEndpoint.parse(String(control)))
            // An answer that never comes, because the clock stands still.
            let loop = try EventLoop(label: "client")
            loop.perform { _ in
                do {
                    _ = try HTTPClient(endpoint).send(
                        HTTPRequest(
                            method: .put, target: "/cardconnect/rest/auth",
                            headers: ["Authorization": ReplayCredentials.basic("testing:testing123")],
                            body: Array(
                                #"{"merchid":"496160873888","account":"4999006200620062","expiry":"1230","amount":"1.00"}"#
                                    .utf8)),
                        timeout: .seconds(60))
                } catch {
                    // The server goes away: that is what is tried.
                }
            }
            let client = HTTPClient(other)
            let world = HTTPRequest(method: .get, target: "/v1/worlds/main")
            while try !String(decoding: client.send(world, timeout: .seconds(20)).body, as: UTF8.self)
                .contains("\"lastSequence\":1")
            {}
            program.process.terminate()
            #expect(program.complaint(with: "stopping") != nil)
            program.process.interrupt()
            defer { loop.stop() }
            return program.waitUntilExit()
        }
        #expect(code == 1)
    }
}

/// The built program as a process.
final class Program {
    struct Result: Sendable {
        let code: Int32
        let output: String
        let complaint: String
    }

    let process = Process()
    private let output = Pipe()
    private let complaint = Pipe()
    private let input = Pipe()

    init(_ arguments: [String], input text: String = "") throws {
        // The program is built next to the tests.
        let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = folder.appending(path: "understudy")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = complaint
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
    }

    static func run(_ arguments: [String], input: String = "") throws -> Result {
        let program = try Program(arguments, input: input)
        // One is read while the other is: a full pipe would stop the program.
        let complaint = Lock("")
        let gate = Gate()
        let handle = program.complaint.fileHandleForReading
        Thread.detachNewThread {
            let bytes = handle.readDataToEndOfFile()
            complaint.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
            gate.open()
        }
        let output = program.output.fileHandleForReading.readDataToEndOfFile()
        gate.wait()
        return Result(
            code: program.waitUntilExit(), output: String(decoding: output, as: UTF8.self),
            complaint: complaint.withLock { $0 })
    }

    func waitUntilExit() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// The next line of standard output that begins so; nil when the output ends before.
    func line(with start: String) -> String? { Self.line(output) { $0.hasPrefix(start) } }

    /// The next line of standard error that holds this; nil when it ends before.
    func complaint(with part: String) -> String? { Self.line(complaint) { $0.contains(part) } }

    private static func line(_ pipe: Pipe, _ fits: (String) -> Bool) -> String? {
        var bytes: [UInt8] = []
        while let byte = pipe.fileHandleForReading.readData(ofLength: 1).first {
            guard byte == UInt8(ascii: "\n") else {
                bytes.append(byte)
                continue
            }
            let line = String(decoding: bytes, as: UTF8.self)
            if fits(line) { return line }
            bytes = []
        }
        return nil
    }
}
