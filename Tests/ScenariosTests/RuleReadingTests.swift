import Payments
import Processor
import Scenarios
import Testing

@Suite("Rules")
struct RuleReadingTests {
    private func rules(_ text: String) throws -> [Rule] {
        let outcome = Shipped.load("understudy: scenario/1\nname: x\nextends: uat\nrules:\n" + text)
        let behavior = try #require(outcome.behavior, "\(outcome.text)")
        #expect(outcome.text == "")
        return behavior.rules.rules
    }

    private func rule(when: String) throws -> RuleConditions {
        try #require(try rules("  - when: \(when)\n    then: { approve: {} }\n").first).conditions
    }

    private func action(_ then: String, when: String = "{ processor: FNOR }") throws -> RuleAction {
        try #require(try rules("  - when: \(when)\n    then: \(then)\n").first).action
    }

    @Test("say every condition")
    func conditions() throws {
        let c = try rule(
            when: """
                { service: [cardpointe, cardsecure], operation: authorization, site: fts, environment: [UAT, PROD],
                      merchant: ["496160873888"], processor: FNOR, card: "4111111111111111", token: "9418594164541111",
                      brand: Visa, bin: ["411111", "4"], lastFour: "1111",
                      amount: [1.00, { from: 2.00, through: 3.50 }],
                      currency: USD, entryMode: [keyed, eCommerce], postal: "19406", order: { prefix: A },
                      cardholder: [{ suffix: B }, { contains: C }, { like: "D*" }],
                      field: { cvv2: { present: false }, name: { present: true }, ecomind: [R, T] },
                      header: { X-Test: { contains: "1" } },
                      attempt: { number: [1, { from: 3, through: 4 }], per: order },
                      state: { mood: bad }, probability: 12.5% }
                """)
        #expect(c.services == ["cardpointe", "cardsecure"] && c.operations == ["authorization"])
        #expect(c.sites == ["fts"] && c.environments == [.uat, .production])
        #expect(c.merchants == ["496160873888"] && c.processors == ["FNOR"])
        #expect(c.cards == [PrimaryAccountNumber("4111111111111111")!] && c.tokens == ["9418594164541111"])
        #expect(c.brands == ["Visa"] && c.bins == [BIN("411111"), BIN("4")] && c.lastFours == ["1111"])
        #expect(c.amounts == [100...100, 200...350] && c.currencies == ["USD"])
        #expect(c.entryModes == [.keyed, .eCommerce])
        #expect(c.postalCodes == [.exactly("19406")] && c.orderIDs == [.prefix("A")])
        #expect(c.cardholders == [.suffix("B"), .contains("C"), .glob("D*")])
        #expect(
            c.fields == [
                FieldCondition(name: "cvv2", isPresent: false), FieldCondition(name: "name"),
                FieldCondition(name: "ecomind", patterns: [.exactly("R"), .exactly("T")]),
            ])
        #expect(c.headers == [FieldCondition(name: "X-Test", patterns: [.contains("1")])])
        #expect(c.attempt == AttemptCondition(numbers: [1...1, 3...4], scope: .order))
        #expect(c.states == [StateValue(name: "mood", value: "bad")] && c.perMillion == 125_000)
    }

    @Test("take attempts and amounts in short forms")
    func shortForms() throws {
        #expect(try rule(when: "{ attempt: 2 }").attempt == AttemptCondition(numbers: [2...2]))
        #expect(try rule(when: "{ attempt: [1, 3] }").attempt?.numbers == [1...1, 3...3])
        #expect(try rule(when: "{ attempt: { from: 2 } }").attempt?.numbers == [2...Int.max])
        #expect(try rule(when: "{ attempt: { through: 2, per: card } }").attempt?.numbers == [1...2])
        #expect(try rule(when: "{ minorUnits: [5, { from: -3, through: -1 }] }").amounts == [5...5, -3 ... -1])
        #expect(try rule(when: "{ amount: -12.50 }").amounts == [-1250 ... -1250])
        #expect(try rule(when: "{ probability: 0.000001 }").perMillion == 1)
        #expect(try rule(when: "{ probability: 100% }").perMillion == 1_000_000)
        #expect(try rule(when: "{}").services == [])
    }

    @Test("say every answer")
    func answers() throws {
        guard case .approve? = try action("{ approve: {} }").answer else { throw Unexpected() }
        guard case .approve? = try action("{ approve: }").answer else { throw Unexpected() }
        guard case .approvePartially(500)? = try action("{ approvePartially: 5.00 }").answer else { throw Unexpected() }
        guard case .respond("NU", nil)? = try action("{ decline: NU }").answer else { throw Unexpected() }
        guard case .respond("05", nil)? = try action("{ decline: doNotHonor }").answer else { throw Unexpected() }
        guard case .respond("51", nil)? = try action("{ decline: declined }").answer else { throw Unexpected() }
        guard case .respond("28", nil)? = try action("{ retry: pleaseRetry }").answer else { throw Unexpected() }
        guard case .respond("00", "Hm")? = try action("{ respond: { code: \"00\", text: Hm } }").answer else {
            throw Unexpected()
        }
        guard case .refuse(.invalidToken)? = try action("{ refuse: invalidToken }").answer else { throw Unexpected() }
        guard case .timeout(nil)? = try action("{ timeout: {} }").answer else { throw Unexpected() }
        guard case .timeout(.some(.seconds(32)))? = try action("{ timeout: { after: 32s } }").answer else {
            throw Unexpected()
        }
        guard
            case .http(503, "text/plain", "busy")? =
                try action("{ http: { status: 503, body: busy, contentType: text/plain } }").answer
        else { throw Unexpected() }
        guard case .http(500, "application/json", "")? = try action("{ http: { status: 500 } }").answer else {
            throw Unexpected()
        }
    }

    @Test("say every way of delivery")
    func deliveries() throws {
        #expect(try action("{ delay: 1m 2s }").delivery == Delivery(delay: .seconds(62)))
        #expect(
            try action("{ loseResponse: beforeProcessing }").delivery == Delivery(loss: .dropped, strikes: .before))
        #expect(try action("{ loseResponse: afterProcessing }").delivery == Delivery(loss: .dropped, strikes: .after))
        #expect(
            try action("{ truncate: 10, strikes: beforeProcessing }").delivery
                == Delivery(loss: .truncated(afterBytes: 10), strikes: .before))
        #expect(try action("{ reset: }").delivery == Delivery(loss: .reset))
        #expect(try action("{ reset: beforeProcessing }").delivery == Delivery(loss: .reset, strikes: .before))
        #expect(
            try action("{ slow: { bytes: 10, pause: 2s } }").delivery
                == Delivery(loss: .slow(bytesPerPiece: 10, pause: .seconds(2))))
        #expect(
            try action("{ malformed: {}, delay: 1ms }").delivery
                == Delivery(delay: .milliseconds(1), loss: .malformed))
        #expect(try action("{ approve: }").delivery == nil)
        let both = try action("{ approve: , loseResponse: afterProcessing, set: { a: b, c: \"\" } }")
        #expect(both.states == [StateValue(name: "a", value: "b"), StateValue(name: "c", value: "")])
        #expect(both.answer != nil && both.delivery != nil)
    }

    @Test("with a reason become one rule per code")
    func reasons() throws {
        let found = try rules(
            "  - { name: broke, when: { operation: authorization }, then: { decline: doNotHonor } }\n")
        #expect(found.allSatisfy { $0.name == "broke" && $0.source?.line == 5 })
        var codes: [ProcessorName: String] = [:]
        for rule in found {
            guard case .respond(let code, nil)? = rule.action.answer else { throw Unexpected() }
            for processor in rule.conditions.processors { codes[processor] = code }
        }
        #expect(codes["FNOR"] == "05" && codes["RPCT"] == "100" && codes["AMEX"] == nil && codes["PSTR"] == nil)
    }

    @Test("take the reason of the style guide", arguments: ["insufficientFunds", "doNotHonor", "expiredCard"])
    func wordings(_ reason: String) throws {
        for rule in try rules("  - { when: { operation: authorization }, then: { decline: \(reason) } }\n") {
            guard case .respond(let code, nil)? = rule.action.answer else { throw Unexpected() }
            for processor in rule.conditions.processors {
                let response = try #require(try Shipped.uat().responseCodes[processor, code]).response
                #expect(response.status == .declined)
                #expect(response.text.lowercased().filter { $0 != " " } == reason.lowercased())
            }
        }
    }

    @Test("are named by their place in their file")
    func ruleNames() throws {
        let outcome = Shipped.load([
            "main.yaml": """
            understudy: scenario/1
            name: x
            extends: base.yaml
            include: [more.yaml]
            rules:
              - { when: { order: a }, then: { approve: } }
              - { when: { order: b }, then: { approve: } }
            """,
            "base.yaml": """
            understudy: scenario/1
            name: base
            extends: uat
            rules: [{ when: { order: c }, then: { approve: } }]
            """,
            "more.yaml": """
            understudy: scenario/1
            rules: [{ when: { order: d }, then: { approve: } }, { name: last, then: { approve: } }]
            """,
        ])
        let rules = try #require(outcome.behavior, "\(outcome.text)").rules.rules
        #expect(
            rules.map { "\($0.name) \($0.source!)" } == [
                "rules[0] main.yaml:6", "rules[1] main.yaml:7", "rules[0] more.yaml:2", "last more.yaml:2",
                "rules[0] base.yaml:4",
            ])
        #expect(outcome.diagnostics.map(\.severity) == [.warning], "what base.yaml says is never reached")
    }

    @Test("in the thousands are checked in reasonable steps")
    func many() throws {
        let lines = (1...3000).map { "  - { when: { amount: \($0).00, order: o\($0) }, then: { approve: } }\n" }
        #expect(try rules(lines.joined()).count == 3000)
    }

    struct Unexpected: Error {}
}
