import Emulator
import Foundation
import Platform
import HTTP
import JSON
import Processor
import Replays
import Scenarios
import TestSupport
import Testing

@Suite struct ScenarioCatalogTests {
    /// A folder of its own, removed with the value.
    final class Folder {
        let path: String

        init(_ files: [String: String]) throws {
            path = NSTemporaryDirectory() + "understudy-" + UUID().uuidString
            for (name, text) in files {
                let url = URL(filePath: path + "/" + name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: url, atomically: true, encoding: .utf8)
            }
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("\(error)") }
        }
    }

    private let catalog = ScenarioCatalog(key: [1])

    @Test func shippedOnesByName() throws {
        #expect(catalog.shippedNames.contains(ScenarioCatalog.standard))
        #expect(try catalog.load("uat").behavior.name == "uat")
        let again = try catalog.load("uat").behavior
        #expect(try catalog.load("uat").behavior === again)
    }

    @Test func filesByPath() throws {
        let folder = try Folder([
            "a.yaml": "understudy: scenario/1\nname: mine\nextends: uat-plain\nseed: 9\n",
            "sub/b.yaml": "understudy: scenario/1\nname: below\nextends: uat-plain\n",
        ])
        #expect(try catalog.load(folder.path + "/a.yaml").behavior.seed == 9)
        #expect(try catalog.load("sub/b.yaml", relativeTo: folder.path).behavior.name == "below")
        #expect(try catalog.load("./a.yaml", relativeTo: folder.path + "/").behavior.name == "mine")
    }

    @Test func mistakesHaveTheirPlace() throws {
        let folder = try Folder(["bad.yaml": "understudy: scenario/1\nname: bad\nextends: uat\nseeed: 1\nclok: {}\n"])
        let problem = #expect(throws: ScenarioProblem.self) { try catalog.load(folder.path + "/bad.yaml") }
        guard case .mistakes(let diagnostics)? = problem else {
            Issue.record("mistakes are expected, not \(String(describing: problem))")
            return
        }
        #expect(diagnostics.map(\.line) == [4, 5])
        #expect(diagnostics.allSatisfy { $0.file == folder.path + "/bad.yaml" })
        #expect(problem?.description.contains("did you mean 'seed'?") == true)
    }

    @Test func unknownNames() throws {
        let problem = #expect(throws: ScenarioProblem.self) { try catalog.load("uta") }
        guard case .unknown("uta", let known)? = problem else {
            Issue.record("an unknown name is expected")
            return
        }
        #expect(known.contains("uat"))
    }

    @Test func unreadableFiles() throws {
        let folder = try Folder(["a/x.yaml": ""])
        for path in [folder.path + "/none.yaml", folder.path + "/a/"] {
            let problem = #expect(throws: ScenarioProblem.self) { try catalog.load(path) }
            guard case .unreadable? = problem else {
                Issue.record("\(path) cannot be read: \(String(describing: problem))")
                return
            }
        }
    }

    @Test func linksDoNotLeadOut() throws {
        let outside = try Folder(["secret.yaml": "understudy: scenario/1\nname: secret\n"])
        let folder = try Folder(["a.yaml": "understudy: scenario/1\nname: a\nextends: [uat, link.yaml]\n"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.yaml", withDestinationPath: outside.path + "/secret.yaml")
        let files = ScenarioFolder(folder.path)
        #expect(throws: ScenarioFileError.unreadable("a link leads out of the folder")) { try files.read("link.yaml") }
        #expect(throws: ScenarioFileError.notFound) { try files.read("none.yaml") }
        #expect(files.paths.sorted() == ["a.yaml", "link.yaml"])
    }

    @Test func worldsFindWhatHasBeenLoaded() throws {
        let folder = try Folder(["a.yaml": "understudy: scenario/1\nname: mine\nextends: uat-plain\n"])
        let path = folder.path + "/a.yaml"
        #expect(throws: (any Error).self) { try catalog.find("mine").get() }
        _ = try catalog.load(path)
        #expect(try catalog.find("mine").get().name == "mine")
        #expect(try catalog.find(path).get().name == "mine")
        #expect(try catalog.find("uat-plain").get().name == "uat-plain")
        // A path that nobody loaded is not read for a client of the control API.
        #expect(throws: (any Error).self) { try catalog.find(folder.path + "/b.yaml").get() }
    }
}

@Suite struct SessionTests {
    @Test func sendsAndSettles() throws {
        let session = try Session(seed: 7)
        let sale = try session.send(
            .put, "/cardconnect/rest/auth",
            json: [
                "merchid": "496160873888", "account": "4111111111111111", "expiry": "1230", "amount": "10.00",
                "capture": "Y",
            ])
        #expect(sale.status == 200 && sale["respstat"] == "A")
        #expect(session.reasons.isEmpty == false)
        let reference = try #require(sale["retref"])
        try session.settle()
        #expect(try session.send(.get, "/cardconnect/rest/inquire/\(reference)/496160873888")["setlstat"] == "Accepted")
        try session.advance(by: .seconds(86_400))
        let inquiry = try session.send(.get, "/cardconnect/rest/inquire/\(reference)/496160873888")
        #expect(inquiry["settledate"] == "20300102100000")
    }

    @Test func inlineScenario() throws {
        let session = try Session(
            "understudy: scenario/1\nname: a\nextends: uat-plain\ngateway: { processorTimeout: 5s }\n")
        let answer = try session.send(
            .put, "/cardconnect/rest/auth",
            json: ["merchid": "496160873888", "account": "4999006200620062", "expiry": "1230", "amount": "10.00"])
        #expect(answer["respcode"] == "62" && answer.raw.delay == .seconds(5))
        #expect(throws: (any Error).self) { try Session("understudy: scenario/1\nnme: a\n") }
    }
}

@Suite struct ExplainTests {
    @Test func saysWhichRulesWereConsidered() throws {
        let session = try Session(
            """
            understudy: scenario/1
            name: explained
            extends: uat-plain
            rules:
              - when: { operation: capture }
                then: { timeout: { after: 5s } }
              - when: { operation: authorization, amount: 10.00 }
                then: { decline: "05" }
              - when: { operation: authorization }
                then: { approve: {} }
            """)
        let body = #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1230","amount":"10.00"}"#
        let explanation = session.emulator.explain(
            HTTPRequest(
                method: .put, target: "/cardconnect/rest/auth",
                headers: ["Authorization": ReplayCredentials.basic("testing:testing123")], body: Array(body.utf8)))
        #expect(explanation.rules.count == 3)
        #expect(explanation.rules[0].contains("does not fit") && explanation.rules[0].contains("capture"))
        #expect(explanation.rules[1].contains("decided") && explanation.rules[1].contains("inline.yaml:7"))
        #expect(explanation.rules[2].contains("comes first"))
        #expect(explanation.reasons.contains { $0.contains("inline.yaml:7") })
        #expect(explanation.text.contains("\"respcode\": \"05\"") && !explanation.text.contains("4111111111111111"))
    }

    @Test func rulesOfSettlement() throws {
        let session = try Session(
            """
            understudy: scenario/1
            name: settling
            extends: uat-plain
            rules:
              - when: { operation: settlement, amount: 11.00 }
                then: { settle: rejected }
              - when: { operation: settlement, amount: 10.00 }
                then: { settle: formatError }
            """)
        let head: HTTPFields = ["Authorization": ReplayCredentials.basic("testing:testing123")]
        let card = #""account":"4111111111111111","expiry":"1230""#
        let sale = #"{"merchid":"496160873888",\#(card),"amount":"10.00","capture":"Y"}"#
        let rest = "/cardconnect/rest"
        let explained = session.emulator.explain(
            HTTPRequest(method: .put, target: rest + "/auth", headers: head, body: Array(sale.utf8)))
        #expect(explained.rules == [])
        let closed = session.emulator.explain(
            HTTPRequest(method: .get, target: rest + "/closebatch/496160873888", headers: head))
        // The batch is asked about first, then its one transaction.
        #expect(closed.rules.count == 4)
        #expect(closed.rules.prefix(2).allSatisfy { $0.contains("does not fit") })
        #expect(closed.rules[2].contains("does not fit") && closed.rules[2].contains("amount"))
        #expect(closed.rules[3].contains("decided") && closed.rules[3].contains("inline.yaml:7"))
    }

    @Test func withoutADecision() throws {
        let session = try Session()
        let explanation = session.emulator.explain(HTTPRequest(method: .get, target: "/cardconnect/rest/nowhere"))
        #expect(explanation.response.status == 401 && explanation.rules == [])
        #expect(explanation.text.hasPrefix("answer    401\nbecause   "))
    }
}
