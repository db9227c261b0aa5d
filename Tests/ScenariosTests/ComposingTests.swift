import Payments
import Processor
import Scenarios
import Testing

@Suite("Composing")
struct ComposingTests {
    private func load(_ texts: [String: String]) throws -> Behavior {
        let outcome = Shipped.load(texts)
        return try #require(outcome.behavior, "\(outcome.text)")
    }

    private let head = "understudy: scenario/1\nname: x\nextends: uat\n"

    @Test("merges sites, merchants, credentials and environments by name")
    func sites() throws {
        let uat = try Shipped.uat()
        let behavior = try load([
            "main.yaml": head + """
                sites:
                  - name: fts
                    environments: [{ environment: UAT, hosts: [my.test] }]
                    credentials: [{ user: testing, password: changed }, { user: more, password: p }]
                    merchants:
                      - { id: "496160873888", refundsUnsettled: true }
                      - { id: "1", processor: NASH }
                  - { name: mine, environments: [{ environment: UAT }], merchants: [] }
                """
        ])
        #expect(behavior.directory.sites.map(\.name) == ["fts", "boltgw", "mine"])
        let fts = behavior.directory.sites[0]
        #expect(fts.environments.map(\.hosts.count) == [1, 4])
        #expect(fts.credentials.map(\.password) == ["changed", "p"])
        #expect(fts.merchants.count == uat.directory.sites[0].merchants.count + 1)
        let first = try #require(fts.merchants.first)
        #expect(first.id == "496160873888" && first.processor == "FNOR" && first.refundsUnsettled)
        #expect(first.achMerchant == "542041")
        #expect(fts.merchants.last?.processor == "NASH")
    }

    @Test("merges processors member by member")
    func processors() throws {
        let behavior = try load([
            "main.yaml": head + "processors: { FNOR: { title: Mine, avs: { zeroAmount: Q }, amountCodes: [] } }"
        ])
        let profile = try #require(behavior.processors["FNOR"])
        #expect(
            profile.title == "Mine" && profile.defaultAVS.zeroAmount == "Q" && profile.defaultAVS.withAddress == "Z")
        #expect(profile.amountCodes.isEmpty && profile.batchNumbers.first == 1_900_941_444)
        #expect(behavior.processors.count == 10)
    }

    @Test("lets later tables win")
    func tables() throws {
        let behavior = try load([
            "main.yaml": head + """
                responseCodes: t/codes.csv
                cards: [t/cards.csv]
                avs: t/avs.csv
                cvv: t/cvv.csv
                knownTokens: t/tokens.csv
                declineCategories: t/categories.csv
                """,
            "t/codes.csv": "processor,code,status,text\r\nFNOR,05,retry,Changed\r\nFNOR,ZZ,declined,New\r\n",
            "t/cards.csv": "\u{FEFF}number,brand,processors,effect,code\n4387751111111020,Visa,RPCT,decline,500\n",
            "t/avs.csv": "trigger,processors,result\n111,FNOR,Q\n",
            "t/cvv.csv": "value,processors,result\n112,FNOR,N\n999,,S\n",
            "t/tokens.csv": "kind,token\nreserved,9000000000000000\n",
            "t/categories.csv": "brand,processor,code,category,text\nVisa,FNOR,12,9,Changed\n",
        ])
        #expect(behavior.responseCodes["FNOR", "05"]?.response.status == .retry)
        #expect(behavior.responseCodes["FNOR", "ZZ"]?.source == SourceLine(file: "t/codes.csv", line: 3))
        let card = behavior.cards.cards.first { $0.number == PrimaryAccountNumber("4387751111111020") }
        #expect(card?.effects.count == 1 && card?.source == SourceLine(file: "t/cards.csv", line: 2))
        #expect(behavior.addressVerification.row(processor: "FNOR", postalCode: "19111", address: nil)?.result == "Q")
        #expect(behavior.addressVerification.row(processor: "RPCT", postalCode: "19111", address: nil)?.result == "A")
        let evidence = behavior.cardVerification.evidence(for: CardVerificationValue("112"))
        #expect(behavior.cardVerification.row(for: evidence, processor: "FNOR")?.result == "N")
        #expect(behavior.cardVerification.row(for: evidence, processor: "RPCT")?.result == "M")
        #expect(behavior.tokens.reserved.last == "9000000000000000")
        let key = TestCardTable.CategoryKey(brand: "Visa", processor: "FNOR", code: "12")
        #expect(behavior.cards.categories[key]?.text == "Changed")
    }

    @Test("gives the last word to what comes first")
    func precedence() throws {
        let behavior = try load([
            "main.yaml": head + "include: [a.yaml, sub/b.yaml]\nlimits: { tokens: 1 }\n",
            "a.yaml": "understudy: scenario/1\nlimits: { tokens: 2, worlds: 2 }\n",
            "sub/b.yaml":
                "understudy: scenario/1\ninclude: [../a.yaml, c.yaml]\n"
                + "limits: { tokens: 3, worlds: 3, transactions: 3 }\n",
            "sub/c.yaml": "understudy: scenario/1\nlimits: { transactions: 4, journalEntries: 4 }\n",
        ])
        let limits = behavior.limits
        #expect([limits.tokens, limits.worlds, limits.transactions, limits.journalEntries] == [1, 2, 3, 4])
    }

    @Test("takes included rules, and brands before those of the base")
    func brands() throws {
        let behavior = try load([
            "main.yaml": head + "brands: [{ brand: Debit, prefixes: \"411111\", lengths: 16 }]\n"
        ])
        #expect(behavior.brands.brand(of: PrimaryAccountNumber("4111111111111111")!) == "Debit")
        #expect(behavior.brands.brand(of: PrimaryAccountNumber("4242424242424242")!) == "Visa")
    }

    @Test("knows anchors, aliases and merge keys")
    func anchors() throws {
        let behavior = try load([
            "main.yaml": head + """
                limits: &l { tokens: 5, worlds: 6 }
                rules:
                  - { when: &w { order: &o a }, then: &t { delay: 1s } }
                  - { when: { <<: [*w], postal: *o }, then: *t }
                  - { when: { order: b, <<: *w }, then: { <<: *t, delay: 2s } }
                """
        ])
        #expect(behavior.limits.tokens == 5)
        #expect(behavior.rules.rules[1].conditions.orderIDs == [.exactly("a")])
        #expect(behavior.rules.rules[1].conditions.postalCodes == [.exactly("a")])
        #expect(behavior.rules.rules[2].conditions.orderIDs == [.exactly("b")])
        #expect(behavior.rules.rules[2].action.delivery?.delay == .seconds(2))
    }
}
