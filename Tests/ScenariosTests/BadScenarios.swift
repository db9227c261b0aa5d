import Scenarios

/// One bad scenario for every kind of mistake.
enum BadScenarios {
    static let all =
        structure + scalars + presentation + settlement + names + rules + files + tables + warnings + people + tokenizer

    /// Ten mistakes of ten kinds in one file.
    static let tenMistakes = """
        understudy: scenario/1
        name: ten-mistakes
        extends: uat
        clock: { zone: «America/NewYork» }
        gateway: { processorTimeout: «32» }
        sites:
          - name: mine
            environments: [{ environment: UAT, hosts: [mine.test] }]
            «credentils»: [{ user: a, password: b }]
            merchants:
              - { id: "1", processor: «FNRO» }
              - { id: "2", processor: RPCT, refundsUnsettled: «yes» }
        rules:
          - when: { operation: «captur» }
            then: { timeout: { after: 32s } }
          - when: { operation: refund, environment: «uat» }
            then: { approve: {} }
          - when: { operation: authorization, merchant: "496160873888" }
            then: { decline: «insuficientFunds» }
          - when: { operation: authorization, amount: { from: «20.00», through: 10.00 } }
            then: { approve: {} }
          - when: { operation: authorization, amount: «"12,50"» }
            then: { approve: {} }
        """

    private static func whole(
        _ name: String, _ text: String, _ message: String, suggestion: String? = nil
    ) -> BadScenario {
        BadScenario(
            name, files: ["main.yaml": text],
            [BadScenario.Expected(severity: .error, message: message, suggestion: suggestion)])
    }

    private static let structure: [BadScenario] = [
        whole("empty file", "«»", "a scenario is a mapping", suggestion: nil),
        whole("a list", "«»- a\n", "a scenario is a mapping"),
        whole(
            "no format", "«name»: x\nextends: uat\n", "the format is missing",
            suggestion: "start with 'understudy: scenario/1'"),
        whole(
            "format not first", "«name»: x\nunderstudy: scenario/1\nextends: uat\n", "the format has to come first",
            suggestion: "start with 'understudy: scenario/1'"),
        whole(
            "another format", "understudy: «scenario/2»\nname: x\nextends: uat\n", "this version reads the format",
            suggestion: "did you mean 'scenario/1'?"),
        whole("no name", "«»understudy: scenario/1\nsites: []\n", "a scenario needs 'name'"),
        whole("no YAML", "understudy: scenario/1\nname: [1, 2\nrules«»: 1\n", "no YAML"),
        whole("tab as indentation", "understudy: scenario/1\nsites:\n«»\t- name: x\n", "no YAML"),
        whole(
            "control character", "understudy: scenario/1\nname: «\u{1}»\n",
            "unreadable text: control characters are not allowed"),
        whole("two documents", "understudy: scenario/1\nname: x\n«---»\nname: y\n", "a scenario is one document"),
        whole("unknown anchor", "understudy: scenario/1\nname: «*nam»\n", "unknown anchor 'nam'"),
        BadScenario("key twice", "seed: 1\n«seed»: 2\n", "the key 'seed' stands here twice"),
        BadScenario("key that is no text", "? «[»a, b]\n: 1\n", "a key has to be a text, not a list"),
        BadScenario("tag", "seed: «!!int 1»\n", "tags have no meaning"),
        BadScenario("merge of a text", "gateway: { <<: «abc» }\n", "'<<' takes a mapping"),
        BadScenario(
            "unknown key", "«seeed»: 1\n", "unknown key 'seeed' in a scenario", suggestion: "did you mean 'seed'?"),
        BadScenario(
            "unknown key far from all", "clock: { «colour»: red }\n", "unknown key 'colour' in the clock",
            suggestion: "known: mode, start, zone, settlement"),
        BadScenario("mapping instead of list", "rules: «{» a: b }\n", "expected a list, found a mapping"),
        BadScenario("text instead of mapping", "clock: «soon»\n", "expected a mapping (the clock), found 'soon'"),
        BadScenario("list instead of text", "summary: «[»a]\n", "expected any text, found a list"),
        BadScenario("nothing", "seed:«»\n", "expected a whole number that is not negative, found nothing"),
    ]

    private static let scalars: [BadScenario] = [
        BadScenario("not a number", "limits: { tokens: «many» }\n", "expected a whole number, found 'many'"),
        BadScenario(
            "number too large", "limits: { worlds: «100001» }\n", "100001 is not in the range from 1 through 100000"),
        BadScenario("negative seed", "seed: «-1»\n", "expected a whole number that is not negative"),
        BadScenario(
            "yes", "gateway: { checksCheckDigit: «yes» }\n", "expected true or false, found 'yes'",
            suggestion: "did you mean 'true'?"),
        BadScenario("no truth", "gateway: { checksCheckDigit: «maybe» }\n", "expected true or false, found 'maybe'"),
        BadScenario(
            "duration without unit", "gateway: { processorTimeout: «32» }\n", "expected a duration",
            suggestion: "did you mean '32s'?"),
        BadScenario(
            "duration with a long unit", "gateway: { processorTimeout: «2 minutes» }\n", "expected a duration",
            suggestion: "did you mean '2m'?"),
        BadScenario("duration upside down", "gateway: { processorTimeout: «5s 1m» }\n", "expected a duration"),
        BadScenario(
            "instant without zone", "clock: { start: «2030-01-02T10:00:00» }\n", "expected an instant",
            suggestion: "did you mean '2030-01-02T10:00:00Z'?"),
        BadScenario("day that does not exist", "clock: { start: «2030-02-30T10:00:00Z» }\n", "expected an instant"),
        BadScenario(
            "hour that does not exist", "clock: { settlement: { at: «\"24:00\"» } }\n", "expected a time of day"),
        BadScenario(
            "unknown zone", "clock: { zone: «America/Chicgo» }\n", "unknown time zone 'America/Chicgo'",
            suggestion: "did you mean 'America/Chicago'?"),
        BadScenario(
            "unknown clock mode", "clock: { mode: «frosen» }\n", "unknown clock mode",
            suggestion: "did you mean 'frozen'?"),
        BadScenario("factor of zero", "clock: { mode: { faster: «0» } }\n", "a factor is more than 0"),
        BadScenario("no factor", "clock: { mode: { faster: «fast» } }\n", "expected a factor"),
        BadScenario(
            "unknown randomization", "randomize: «seded»\n", "unknown randomization",
            suggestion: "did you mean 'seeded'?"),
        BadScenario(
            "range of numbers upside down", "randomize: { dummyMembers: { from: «6», through: 3 } }\n",
            "the range is the wrong way round", suggestion: "swap 'from' and 'through'"),
        BadScenario("empty range", "randomize: { dummyMembers: «{»} }\n", "a range needs 'from', 'through' or both"),
        BadScenario(
            "currency in small letters",
            "sites:\n  - name: fts\n    merchants: [{ id: \"496160873888\", currency: «usd» }]\n",
            "expected a currency of three capital letters", suggestion: "did you mean 'USD'?"),
        BadScenario(
            "unknown word", "gateway: { secondVoid: «aproveAgain» }\n", "unknown second void",
            suggestion: "did you mean 'approveAgain'?"),
    ]

    private static let presentation: [BadScenario] = [
        BadScenario(
            "unknown wallet", "processors: { FNOR: { wallets: [«samsungPay»] } }\n", "unknown wallet 'samsungPay'",
            suggestion: "known: applePay, googlePay"),
        BadScenario(
            "unknown brand of stripes", "processors: { FNOR: { contactlessStripes: [«Vissa»] } }\n",
            "unknown card brand 'Vissa'", suggestion: "did you mean 'Visa'?"),
        BadScenario(
            "unknown practice", "processors: { RPCT: { storedCredentials: { «scheduled»: true } } }\n",
            "unknown key 'scheduled' in the stored credentials",
            suggestion:
                "known: recurringNeedsInitiation, scheduledIsRecurring, ignoresOriginRecurring, keysRetailFollowUps"),
        BadScenario(
            "unknown treatment of chip cards", "gateway: { swipedChipCards: «refused» }\n",
            "unknown treatment of swiped chip cards 'refused'", suggestion: "did you mean 'refuse'?"),
        BadScenario(
            "authentication as a flag", "gateway: { authentication: «true» }\n",
            "expected a mapping (the checks of cardholder authentication)"),
        BadScenario(
            "retail as a word",
            "sites: [{ name: fts, merchants: [{ id: \"496160873888\", retail: «shop» }] }]\n",
            "expected true or false, found 'shop'"),
    ]

    private static let names: [BadScenario] = [
        BadScenario(
            "unknown response code", "processors: { FNOR: { approval: «\"0\"» } }\n",
            "unknown response code '0' of FNOR",
            suggestion: "did you mean '00'?"),
        BadScenario(
            "unknown code of a refusal", "refusals: { invalidCard: «\"012\"» }\n", "unknown response code '012' of PPS",
            suggestion: "did you mean '01'?"),
        BadScenario(
            "refusal of nobody",
            files: [
                "main.yaml":
                    "understudy: scenario/1\nname: «x»\nresponseCodes: c.csv\nrefusals: { invalidCard: «\"11\"» }\n",
                "c.csv": "processor,code,status,text\nA,11,declined,No\n",
            ],
            [
                BadScenario.Expected(
                    severity: .warning, message: "without sites",
                    suggestion: "add 'extends: uat' for the shipped ones"),
                BadScenario.Expected(
                    severity: .error, message: "whose code this is", suggestion: "add 'refusalProcessor'"),
            ]),
        BadScenario(
            "unknown refusal", "refusals: { «invalidCrd»: \"11\" }\n", "unknown refusal 'invalidCrd'",
            suggestion: "did you mean 'invalidCard'?"),
        BadScenario(
            "unknown brand", "processors: { FNOR: { onlineRefunds: [«Viza»] } }\n", "unknown card brand 'Viza'",
            suggestion: "did you mean 'Visa'?"),
        BadScenario(
            "unknown decision step", "processors: { FNOR: { decisionOrder: [«amountCode»] } }\n",
            "unknown decision step",
            suggestion: "did you mean 'amountCodes'?"),
        BadScenario(
            "decision step twice", "processors: { FNOR: { decisionOrder: «[»amountCodes, amountCodes] } }\n",
            "a decision step stands here twice"),
        BadScenario(
            "two forms of authorization code",
            "processors: { FNOR: { authorizationCode: «{» digits: 3, fixed: A } } }\n",
            "an authorization code has"),
        BadScenario(
            "amount rule upside down",
            "processors: { FNOR: { amountCodes: [{ operation: refund, from: «2.00», through: 1.00, digits: 2 }] } }\n",
            "the range is the wrong way round", suggestion: "swap 'from' and 'through'"),
        BadScenario(
            "amount rule without digits",
            "processors: { FNOR: { amountCodes: [«{» operation: refund, from: 1.00, through: 2.00 }] } }\n",
            "an amount rule needs 'digits'"),
        BadScenario(
            "account lengths upside down",
            "processors:\n  PSTR:\n"
                + "    ach: «{» badRoutingNumber: \"99\", badAccountLength: \"99\", shortestAccount: 18 }\n",
            "'shortestAccount' is more than 'longestAccount'"),
        BadScenario(
            "new processor without title", "processors: { NEXT: «{» approval: { processor: FNOR, code: \"00\" } } }\n",
            "a processor needs 'title'"),
        BadScenario(
            "prefixes of two lengths",
            "brands: [{ brand: X, prefixes: «{» from: \"1\", through: \"22\" }, lengths: 16 }]\n",
            "equally many digits"),
    ]

    private static let people: [BadScenario] = [
        BadScenario("site without merchants", "sites: [«{» name: x, environments: [] }]\n", "a site needs 'merchants'"),
        BadScenario(
            "site twice",
            "sites:\n  - { name: a, environments: [], merchants: [] }\n"
                + "  - { name: «a», environments: [], merchants: [] }\n",
            "a second site 'a'"),
        BadScenario(
            "merchant twice",
            "sites:\n  - name: a\n    environments: []\n"
                + "    merchants: [{ id: x, processor: FNOR }, { id: «x», processor: FNOR }]\n",
            "a second merchant 'x'"),
        BadScenario(
            "host twice",
            "sites: [{ name: «a», environments: [{ environment: UAT, hosts: FTS.cardpointe.com }], merchants: [] }]\n",
            "the host 'FTS.cardpointe.com' means two things"),
        BadScenario(
            "unknown ACH merchant",
            "sites: [{ name: fts, merchants: [{ id: \"496160873888\", achMerchant: «\"542042\"» }] }]\n",
            "unknown merchant '542042' of this site", suggestion: "did you mean '542041'?"),
        BadScenario(
            "unknown merchant of a fee",
            "sites: [{ name: fts, merchants: [{ id: \"542041\", fee: { kind: service, flat: 1.00, "
                + "merchant: «\"542098\"» } }] }]\n",
            "unknown merchant '542098' of this site", suggestion: "did you mean '542099'?"),
        BadScenario(
            "separate surcharge",
            "sites: [{ name: fts, merchants: [{ id: \"542041\", fee: «{» kind: surcharge, percent: 3.0, "
                + "separate: true } }] }]\n",
            "a surcharge is part of the payment"),
        BadScenario(
            "fee of another merchant within the payment",
            "sites: [{ name: fts, merchants: [{ id: \"542041\", fee: «{» kind: service, flat: 1.00, "
                + "merchant: \"542099\", separate: false } }] }]\n",
            "a fee that is part of the payment is booked with it"),
        BadScenario(
            "unknown merchant of a credential",
            "sites: [{ name: «fts», credentials: [{ user: a, password: b, merchants: [\"542042\"] }] }]\n",
            "unknown merchant '542042' in a credential of this site", suggestion: "did you mean '542041'?"),
        BadScenario(
            "unknown environment", "sites: [{ name: a, environments: [{ environment: «Prod» }], merchants: [] }]\n",
            "unknown environment 'Prod'", suggestion: "did you mean 'PROD'?"),
    ]

    static let tokenizer: [BadScenario] = [
        BadScenario(
            "fault with a text and no code", "tokenizer: { faults: { empty: «{» text: Nothing } } }\n",
            "a fault of the tokenizer needs 'code'"),
        BadScenario(
            "long fault without a code of the table", "tokenizer: { faults: { empty: { code: «1234», text: x } } }\n",
            "unknown tokenizer error '1234'"),
        BadScenario(
            "fault without a code", "tokenizer: { faults: { empty: «1234» } }\n", "unknown tokenizer error '1234'"),
        BadScenario(
            "unknown fault", "tokenizer: { faults: { «emty»: 14 } }\n", "unknown tokenizer fault 'emty'",
            suggestion: "did you mean 'empty'?"),
        BadScenario(
            "unknown failure status", "tokenizer: { failureStatus: «okay» }\n", "unknown failure status 'okay'",
            suggestion: "known: listed, ok"),
        BadScenario(
            "rule with an unknown error of the tokenizer", "rules: [{ then: { tokenizerError: «1234» } }]\n",
            "unknown tokenizer error '1234'"),
        BadScenario(
            "no private key", "sites: [{ name: fts, privateKey: «\"-----BEGIN NOTHING-----\"» }]\n",
            "this is no RSA private key", suggestion: "make one with: openssl genpkey -algorithm RSA -out key.pem"),
        BadScenario(
            "missing key file", "sites: [{ name: fts, privateKey: «key.pem» }]\n", "there is no key file 'key.pem'"),
        BadScenario(
            "reader data without a card",
            files: [
                "main.yaml": "understudy: scenario/1\nname: bad\nextends: uat\ndeviceData: t.csv\n",
                "t.csv": "handlers,pattern\n«r»eader,*\n",
            ],
            [.init(severity: .error, message: "needs 'cards' or 'error'", suggestion: nil)]),
        BadScenario(
            "webhook to another machine",
            "fluidpay: { accounts: [{ id: «other», webhooks: [{ id: h, url: \"http://10.0.0.1/\", secret: s }] }] }\n",
            "messages may not be sent to '10.0.0.1': name it in 'switches.webhookHosts'"),
        BadScenario(
            "webhook without an address",
            "fluidpay: { accounts: [{ id: «other», webhooks: [{ id: h, url: localhost, secret: s }] }] }\n",
            "the webhook address 'localhost' is no http address"),
        BadScenario(
            "unknown handler",
            files: [
                "main.yaml": "understudy: scenario/1\nname: bad\nextends: uat\ndeviceData: t.csv\n",
                "t.csv": "handlers,pattern,error\n«samsungPay»,*,78\n",
            ],
            [
                .init(
                    severity: .error, message: "unknown handler 'samsungPay'",
                    suggestion: "known: reader, applePay, googlePay")
            ].map { $0 }),
    ]
}
