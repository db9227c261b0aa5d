import Payments
import Processor
import Scenarios
import Testing

@Suite("Vocabulary")
struct VocabularyTests {
    /// A scenario that says everything there is to say about settings and processors.
    static let everything = """
        understudy: scenario/1
        name: everything
        summary: All settings at once.
        source: made up
        responseCodes: codes.csv
        refusalProcessor: GATE
        refusals: { invalidCard: "11", timedOut: { processor: ACME, code: "05", text: Late } }
        brands: [{ brand: Visa, prefixes: ["4", { from: "50", through: "59" }], lengths: [13, 16], shortName: VI,
                   settlementName: V }]
        processors:
          ACME:
            title: Acme
            approval: { code: "00", text: Fine }
            refundApproval: "10"
            amountCodes: [{ operation: refund, from: 1.00, through: 2.50, digits: 3, minimumOriginal: 9.00 }]
            decisionOrder: [amountCodes, timeoutCards]
            avs: { withAddress: A, withoutAddress: B, zeroAmount: " ", foreignCountry: "", onlyUnitedStates: true }
            cvv: { present: C, absent: D, absentKeyed: E }
            authorizationCode: { prefix: Z, digits: 2 }
            batchNumbers: { first: 7, step: 3 }
            onlineRefunds: [Visa]
            ach: { badRoutingNumber: "05", badAccountLength: { code: "05", text: Long }, shortestAccount: 3,
                   longestAccount: 9 }
            commercialCard: N
            binType: ""
            reportsEntryMode: true
            reportsEntryModeOnDeclines: true
            wallets: [googlePay]
            contactlessStripes: [Visa]
            reportsChipData: true
            storedCredentials: { recurringNeedsInitiation: true, scheduledIsRecurring: true,
                                 ignoresOriginRecurring: true, keysRetailFollowUps: true }
          ABC: { title: B, approval: "00", authorizationCode: { alphanumeric: 4 } }
          ABD: { title: B, approval: { processor: ABC, code: "00" }, authorizationCode: { fixed: YES } }
        sites:
          - name: home
            environments: [{ environment: PROD, hosts: a.test }, { environment: UAT, hosts: [b.test, c.test] }]
            credentials: [{ user: u, password: p, merchants: "1" }, { user: v, password: "", detokenizes: true }]
            giftCards: ["6", { from: "70", through: "79" }]
            detokenizeHosts: 10.0.0.1
            merchants:
              - { id: "1", processor: ACME, currency: JPY, enabled: false, refundsUnsettled: true, forcedCredits: true,
                  overCapturePercent: 25, partialRefunds: false, achMerchant: "2", verifiesAddress: true,
                  verifiesCardCode: true, showsVerificationOnDeclines: true, acceptsChips: false, retail: true,
                  reportsTerminals: true, receipt: { dba: A, address1: B, address2: C, phone: D, header: E, footer: F },
                  note: x }
              - { id: "2", processor: ABC, currency: { code: XTS, decimals: 4 } }
        tokens: { secret: s, requiresCheckDigit: true, cardLengths: { from: 13, through: 16 },
                  holdsVerificationFor: 1m 30s, reserved: ["9"] }
        clock: { mode: { faster: 1.5 }, start: "2030-01-02T05:00:00.250-05:00", zone: UTC,
                 settlement: { at: "23:59:30", automatic: false } }
        limits: { journalEntries: 1, transactions: 2, tokens: 3, worlds: 4, requestBodyBytes: 5000, profiles: 6,
                  enrolledAccounts: 8, accountUpdates: 9, attachments: 10, billingResults: 11, signatures: 12,
                  purchaseData: 13, terminalResults: 14, countedClients: 15, users: 16, sessions: 17, customerParts: 18,
                  catalog: 19, modifiers: 20, subscriptions: 21, severalPayments: 22, webhookHistory: 23, webhookTests: 24,
                  siteKeys: 25, requestDepth: 26, requestTextBytes: 127, requestMembers: 28, requestElements: 29,
                  requestParts: 30, requestPartHeadBytes: 131 }
        gateway: { processorTimeout: 250ms, timeoutAmount: zero, secondVoid: refuse, unknownAmountCode: decline,
                   voidableFor: 2d 3h, checksCheckDigit: false, masksCheckDigitOrders: false, defaultCountry: DE,
                   defaultPostalCode: "1", fixedAuthorizationCodes: true, refundAuthorizationCode: R,
                   verifiesDefaultPostalCode: false, swipedChipCards: swiped,
                   authentication: { flags: ["05"], exemptions: [ivr] },
                   voidAuthorizationCode: V, acceptsRealCardNumbers: true, unauthorizedBody: no, serverHeader: S,
                   profiles: { phoneLength: 3, joinsAddressLines: true, showsAccountOnUpdate: false, sharedBySite: true,
                               longTexts: refuse, missing: array, findsDuplicates: false, accountsPerProfile: 5 },
                   members: members.csv, longMembers: cut, mistypedMembers: refuse, userFieldsForm: array,
                   repeatsUserFieldsAtOnce: true }
        settlement: { checksPurchases: true, itemSums: formatError }
        updater: { processors: ACME, firstAfter: 1m, every: 2h, outcomes: changes.csv, expiries: ["20401231"], pageSize: 3,
                   mostEnrolledAtOnce: 4, mostRemovedAtOnce: 5 }
        tokenizerErrors: errors.csv
        tokenizer:
          faults: { empty: 14, notDecimal: 8, tooShort: { code: 8, text: Short } }
          failureStatus: ok
          badVerification: refuse
          undecryptable: refuse
          opaqueCard: "4111111111111111"
          walletLifetime: 1s
          echoLength: 7
          page: { invalidCard: A, invalidCVV: B, invalidExpiry: C, required: D, validationCode: E, unreachable: F,
                  unreachableCode: G, plainFailure: encoded }
        deviceData: devices.csv
        randomize: { dummyMembers: 5 }
        triggers: { cardholder: true, order: true, header: X-Outcome }
        seed: 18446744073709551615
        """
    static let errors = """
        code,text,legacyText,status
        0,Fine,,200
        14,Nothing,,
        8,Letters,No digits,404
        """
    static let devices = """
        handlers,pattern,cards,token,expiry,entryMode,error
        reader|applePay,A*,4111111111111111,9,1249,chip,
        googlePay,*,,,,,14
        """
    static let members = """
        member,kind,length
        name,,30
        items,list,
        """
    static let codes = """
        processor,code,status,text
        GATE,11,declined,Invalid
        ACME,00,approved,OK
        ACME,10,approved,Back
        ACME,05,declined,No
        ABC,00,approved,OK
        """

    private func everything() throws -> Behavior {
        let outcome = Shipped.load([
            "main.yaml": Self.everything, "codes.csv": Self.codes, "errors.csv": Self.errors,
            "devices.csv": Self.devices, "members.csv": Self.members,
            "changes.csv": "lastFour,change\n1111,closed\n",
        ])
        return try #require(outcome.behavior, "\(outcome.text)")
    }

    @Test("covers processors")
    func processors() throws {
        let behavior = try everything()
        #expect(behavior.name == "everything")
        let acme = try #require(behavior.processors["ACME"])
        #expect(acme.title == "Acme")
        #expect(acme.approval == ResponseCode(processor: "ACME", code: "00", status: .approved, text: "Fine"))
        #expect(acme.refundApproval?.text == "Back")
        let rule = try #require(acme.amountCodes.first)
        #expect(rule.operation == .refund && rule.amounts == 100...250 && rule.codeDigits == 3)
        #expect(rule.minimumOriginal == 900)
        #expect(acme.decisionOrder == [.amountCodes, .timeoutCards])
        #expect(acme.defaultAVS.withAddress == "A" && acme.defaultAVS.withoutAddress == "B")
        #expect(acme.defaultAVS.zeroAmount == " " && acme.defaultAVS.foreignCountry == "")
        #expect(acme.defaultAVS.onlyUnitedStates)
        #expect(acme.ach?.badRoutingNumber.text == "No" && acme.ach?.badAccountLength.text == "Long")
        #expect(acme.ach?.accountLengths == 3...9)
        #expect(acme.defaultCVV.present == "C" && acme.defaultCVV.absent == "D" && acme.defaultCVV.absentKeyed == "E")
        #expect(acme.authorizationCode == .prefixedDigits(prefix: "Z", digits: 2))
        #expect(acme.batchNumbers == BatchNumbering(first: 7, step: 3))
        #expect(acme.onlineRefundBrands == ["Visa"])
        #expect(acme.commercialCardText == "N" && acme.binTypeText == "")
        #expect(acme.reportsEntryMode && acme.reportsEntryModeOnDeclines)
        #expect(acme.wallets == [.googlePay] && acme.contactlessStripes == ["Visa"] && acme.reportsChipData)
        let practice = try #require(acme.storedCredentials)
        #expect(practice.recurringNeedsInitiation && practice.scheduledIsRecurring)
        #expect(practice.ignoresOriginRecurring && practice.keysRetailFollowUps)
        #expect(acme.source == SourceLine(file: "main.yaml", line: 12))
        #expect(behavior.processors["ABC"]?.authorizationCode == .alphanumeric(length: 4))
        #expect(behavior.processors["ABD"]?.authorizationCode == .fixed("YES"))
        #expect(behavior.processors["ABD"]?.approval.processor == "ABC")
        #expect(behavior.refusals[.invalidCard]?.response.text == "Invalid")
        #expect(behavior.refusals[.timedOut]?.response.text == "Late")
        #expect(behavior.refusals[.timedOut]?.response.processor == "ACME")
        #expect(behavior.refusals[.invalidCard]?.source == SourceLine(file: "main.yaml", line: 7))
        #expect(behavior.brands.ranges.count == 2 && behavior.brands.ranges[1].lengths == [13, 16])
        #expect(behavior.brands.shortName(of: "Visa") == "VI" && behavior.brands.shortName(of: "Amex") == "AMEX")
        #expect(
            behavior.brands.settlementName(of: "Visa") == "V" && behavior.brands.settlementName(of: "Amex") == "AMEX")
    }

    @Test("covers sites")
    func sites() throws {
        let behavior = try everything()
        let site = try #require(behavior.directory.sites.first)
        #expect(site.environments.map(\.environment) == [.production, .uat])
        #expect(site.environments.map(\.hosts) == [["a.test"], ["b.test", "c.test"]])
        #expect(site.credentials.map(\.user) == ["u", "v"] && site.credentials.map(\.password) == ["p", ""])
        #expect(site.credentials.map(\.merchants) == [["1"], nil])
        let merchant = try #require(site.merchants.first)
        #expect(merchant.id == "1" && merchant.processor == "ACME")
        #expect(merchant.currency == Currency(code: "JPY", decimals: 0))
        #expect(!merchant.isEnabled && merchant.refundsUnsettled && merchant.forcedCredits)
        #expect(merchant.overCapturePercent == 25 && !merchant.partialRefunds && merchant.achMerchant == "2")
        #expect(merchant.verifiesAddress && merchant.verifiesCardCode && merchant.showsVerificationOnDeclines)
        #expect(!merchant.acceptsChips && merchant.isRetail)
        #expect(merchant.source?.line == 42 && merchant.reportsTerminals)
        let receipt = merchant.receipt
        #expect([receipt.name, receipt.address1, receipt.address2, receipt.phone] == ["A", "B", "C", "D"])
        #expect(receipt.header == "E" && receipt.footer == "F" && site.merchants[1].receipt == ReceiptHead())
        #expect(site.merchants[1].currency == Currency(code: "XTS", decimals: 4))
        #expect(behavior.directory.scope(ofHost: "B.test") == SiteScope(site: "home", environment: .uat))
    }

    @Test("covers the tokenizer")
    func tokenizer() throws {
        let behavior = try everything()
        let errors = behavior.tokenizerErrors
        #expect(errors.codes == [0, 14, 8] && errors.success == "Fine")
        #expect(errors.row(for: .fault(.notDecimal)).text == "Letters")
        #expect(errors[8]?.legacyText == "No digits" && errors[8]?.status == 404 && errors[14]?.status == 400)
        #expect(errors[8]?.source == SourceLine(file: "errors.csv", line: 4))
        #expect(errors.row(for: .fault(.tooLong)).code == -1 && errors.row(for: .code(99)).code == -1)
        let short = errors.row(for: .fault(.tooShort))
        #expect(short.code == 8 && short.text == "Short" && short.legacyText == nil && short.status == 404)
        let tokenizer = behavior.tokenizer
        #expect(tokenizer.failureStatus == .ok && tokenizer.badVerification == .refuse)
        #expect(tokenizer.undecryptable == .refuse && tokenizer.opaqueCard?.lastFour == "1111")
        #expect(tokenizer.walletLifetime == .seconds(1) && tokenizer.echoLength == 7)
        let page = tokenizer.page
        #expect([page.invalidCard, page.invalidCVV, page.invalidExpiry, page.required] == ["A", "B", "C", "D"])
        #expect([page.validationCode, page.unreachable, page.unreachableCode] == ["E", "F", "G"])
        #expect(page.plainFailure == .encoded)
        let row = try #require(behavior.devices.rows.first)
        #expect(row.handlers == [.reader, .applePay] && row.pattern == .glob("A*") && row.entryMode == .chip)
        #expect(row.cards.map(\.lastFour) == ["1111"] && row.token == "9" && row.expiry == CardExpiry("1249"))
        #expect(behavior.devices.rows[1].error == 14 && behavior.devices.rows[1].entryMode == .wallet)
        let site = try #require(behavior.directory.sites.first)
        #expect(site.giftCards.map(\.prefixes) == ["6"..."6", "70"..."79"] && site.detokenizeHosts == ["10.0.0.1"])
        #expect(site.credentials.map(\.detokenizes) == [false, true] && site.privateKey == nil)
    }

    @Test("covers settings")
    func settings() throws {
        let behavior = try everything()
        let tokens = behavior.tokens
        #expect(tokens.secret == "s" && tokens.requiresCheckDigit && tokens.cardLengths == 13...16)
        #expect(tokens.holdsVerificationFor == .seconds(90) && tokens.reserved == ["9"])
        let clock = behavior.clock
        #expect(clock.mode == .scaled(perMille: 1500) && clock.zone == .utc)
        #expect(clock.start?.milliseconds == 1_893_578_400_250)
        #expect(clock.settlementSecondOfDay == 86_370 && !clock.settlesByItself)
        let limits = behavior.limits
        #expect([limits.journalEntries, limits.transactions, limits.tokens, limits.worlds] == [1, 2, 3, 4])
        #expect(limits.requestBodyBytes == 5000 && limits.profiles == 6)
        #expect(limits.enrolledAccounts == 8 && limits.accountUpdates == 9)
        #expect(
            [
                limits.attachments, limits.billingResults, limits.signatures, limits.purchaseData,
                limits.terminalResults,
                limits.countedClients, limits.users, limits.sessions, limits.customerParts, limits.catalog,
                limits.modifiers, limits.subscriptions, limits.severalPayments, limits.webhookHistory,
                limits.webhookTests, limits.siteKeys, limits.requestDepth,
            ] == Array(10...26))
        #expect([limits.requestTextBytes, limits.requestMembers, limits.requestElements] == [127, 28, 29])
        #expect([limits.requestParts, limits.requestPartHeadBytes] == [30, 131])
        let updater = behavior.updater
        #expect(updater.processors == ["ACME"] && updater.firstAfter == .seconds(60) && updater.every == .seconds(7200))
        #expect(updater.outcomes["1111"]?.change == .closed && updater.outcomes["2222"] == nil)
        #expect(updater.expiries == ["20401231"] && updater.pageSize == 3)
        #expect(updater.mostEnrolledAtOnce == 4 && updater.mostRemovedAtOnce == 5)
        let gateway = behavior.gateway
        #expect(gateway.processorTimeout == .milliseconds(250) && gateway.timeoutAmount == .zero)
        #expect(gateway.secondVoid == .refuse && gateway.unknownAmountCode == .decline)
        #expect(gateway.voidableFor == .seconds(51 * 3600))
        #expect(!gateway.checksCheckDigit && !gateway.masksCheckDigitOrders && gateway.defaultCountry == "DE")
        #expect(gateway.defaultPostalCode == "1" && gateway.fixedAuthorizationCodes)
        #expect(gateway.refundAuthorizationCode == "R" && gateway.voidAuthorizationCode == "V")
        #expect(gateway.acceptsRealCardNumbers && gateway.unauthorizedBody == "no" && gateway.serverHeader == "S")
        #expect(gateway.longMembers == .cut && gateway.mistypedMembers == .refuse)
        #expect(gateway.userFieldsForm == .array && gateway.repeatsUserFieldsAtOnce)
        #expect(gateway.members["name"]?.longest == 30 && gateway.members["name"]?.kind == .text)
        #expect(gateway.members["items"]?.kind == .list && gateway.members["items"]?.longest == nil)
        #expect(gateway.members["nam"] == nil && gateway.members["n"] == nil && gateway.members[""] == nil)
        #expect(behavior.settlement.checksPurchases && behavior.settlement.itemSums == .formatError)
        #expect(!gateway.verifiesDefaultPostalCode && gateway.swipedChipCards == .swiped)
        #expect(gateway.authentication?.flags == ["05"] && gateway.authentication?.exemptions == ["ivr"])
        let profiles = gateway.profiles
        #expect(profiles.phoneLength == 3 && profiles.joinsAddressLines && !profiles.showsAccountOnUpdate)
        #expect(profiles.areSharedBySite && profiles.longTexts == .refuse && profiles.missing == .array)
        #expect(!profiles.findsDuplicates && profiles.accountsPerProfile == 5)
        let triggers = behavior.triggers
        #expect(triggers.cardholder && triggers.order && triggers.header == "X-Outcome")
        #expect(behavior.randomize == .seeded(dummyMembers: 5...5) && behavior.seed == .max)
    }

    @Test("reads JSON, too")
    func json() throws {
        let text = """
            {"understudy":"scenario/1","name":"json",
            \t"extends":"uat", "seed":7, "summary":"\\u00e9\\/\\"",
            "rules":[{"when":{"operation":"capture","attempt":2},"then":{"timeout":{"after":"32s"}}},
            {"when":{"amount":[1.00,{"from":2.00}]},"then":{"approve":null}}]}
            """
        let outcome = ScenarioLoader.load(
            "main.json", folder: MemoryFiles(texts: ["main.json": text]), shipped: Shipped.files,
            fingerprints: Shipped.fingerprints)
        let behavior = try #require(outcome.behavior, "\(outcome.text)")
        #expect(behavior.seed == 7 && behavior.rules.rules.count == 2)
    }

    @Test("has a key for every setting")
    func complete() throws {
        func keys(_ name: String) throws -> Set<String> {
            guard case .section(let section)? = ScenarioLoader.shape.members.first(where: { $0.key == name })?.shape
            else { throw RuleReadingTests.Unexpected() }
            return Set(section.members.map(\.key))
        }
        func properties(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        #expect(try keys("gateway") == properties(GatewaySettings()))
        #expect(try keys("limits") == properties(LimitSettings()))
        #expect(
            try keys("tokenizer").subtracting(["faults"]) == properties(TokenizerSettings()),
            "the faults are a part of their own")
        #expect(try keys("tokens").union(["known"]) == properties(TokenSettings()))
        let clock = properties(ClockSettings())
        #expect(try keys("clock").union(["settlementSecondOfDay", "settlesByItself"]) == clock.union(["settlement"]))
        #expect(
            properties(BehaviorParts(fingerprints: Shipped.fingerprints)).count == 30,
            "a new part of a behavior needs a key, and then this number")
    }

    @Test("is described for a schema")
    func shape() throws {
        let shape = ScenarioLoader.shape
        #expect(shape.members.map(\.key).contains("rules"))
        let rules = try #require(shape.members.first { $0.key == "rules" })
        guard case .list(.section(let rule)) = rules.shape,
            case .section(let when)? = rule.members.first(where: { $0.key == "when" })?.shape
        else {
            Issue.record("rules are a list of sections")
            return
        }
        #expect(rule.members.first { $0.key == "then" }?.isRequired == true)
        let conditions = Mirror(reflecting: RuleConditions()).children.count
        #expect(when.members.count == conditions + 1, "every condition has a key, amounts have two")
        #expect(when.members.allSatisfy { !$0.summary.isEmpty })
    }
}
