import Scenarios

extension BadScenarios {
    private static func rule(
        _ name: String, when: String = "{ operation: authorization }", then: String = "{ approve: {} }",
        _ message: String, suggestion: String? = nil, severity: Diagnostic.Severity = .error
    ) -> BadScenario {
        BadScenario(
            name, "rules:\n  - when: \(when)\n    then: \(then)\n", message, suggestion: suggestion, severity: severity)
    }

    /// Passes the check digit and is published nowhere; in two parts, so that no scan takes it for somebody's.
    static let unpublishedNumber = "40000566" + "55665556"

    static let rules: [BadScenario] = [
        BadScenario("rule without action", "rules:\n  - «»when: { operation: refund }\n", "a rule needs 'then'"),
        rule("action without anything", then: "«{»}", "a rule that does nothing"),
        rule(
            "unknown condition", when: "{ «merchnt»: \"1\" }", "unknown key 'merchnt' in the conditions",
            suggestion: "did you mean 'merchant'?"),
        rule(
            "condition by another name", when: "{ «zip»: \"1\" }", "unknown key 'zip'",
            suggestion: "did you mean 'postal'?"),
        rule(
            "unknown action", then: "{ «aprove»: {} }", "unknown key 'aprove' in the action",
            suggestion: "did you mean 'approve'?"),
        rule(
            "operation by another name", when: "{ operation: «auth» }", "unknown operation 'auth'",
            suggestion: "did you mean 'authorization'?"),
        rule(
            "unknown service", when: "{ service: «cardsecur» }", "unknown service 'cardsecur'",
            suggestion: "did you mean 'cardsecure'?"),
        rule("unknown site", when: "{ site: «fst» }", "unknown site 'fst'", suggestion: "did you mean 'fts'?"),
        rule(
            "unknown merchant", when: "{ merchant: [«\"496160873889\"»] }", "unknown merchant '496160873889'",
            suggestion: "did you mean '496160873888'?"),
        rule(
            "unknown processor", when: "{ processor: «FNRO» }", "unknown processor",
            suggestion: "did you mean 'FNOR'?"),
        rule(
            "unknown entry mode", when: "{ entryMode: «kyed» }", "unknown entry mode",
            suggestion: "did you mean 'keyed'?"),
        rule("card number with letters", when: "{ card: «4111x» }", "expected a card number of 12 to 19 digits"),
        rule("last four of three", when: "{ lastFour: «\"123\"» }", "expected four digits"),
        rule("long BIN", when: "{ bin: «\"41111111\"» }", "expected one to six leading digits"),
        rule(
            "amount without point", when: "{ amount: «1200» }", "the amount '1200' has no point",
            suggestion: "did you mean '1200.00'?"),
        rule(
            "amount with comma", when: "{ amount: «\"12,00\"» }", "expected an amount with a point",
            suggestion: "did you mean '12.00'?"),
        rule("amount with three decimals", when: "{ amount: «12.005» }", "at most two decimals"),
        rule("amount too large", when: "{ amount: «99999999999999999999.00» }", "the amount is too large"),
        rule(
            "amount range upside down", when: "{ amount: { from: «2.00», through: 1.00 } }",
            "the range is the wrong way round", suggestion: "swap 'from' and 'through'"),
        rule("amount twice", when: "{ amount: 1.00, «minorUnits»: 100 }", "'amount' and 'minorUnits' say the same"),
        rule("minor units with a point", when: "{ minorUnits: «1.00» }", "expected a whole number of minor units"),
        rule("empty list", when: "{ amount: «[»] }", "the list is empty"),
        rule(
            "unknown pattern", when: "{ postal: { «prefx»: \"1\" }, order: x }", "unknown key 'prefx'",
            suggestion: "did you mean 'prefix'?"),
        rule("two patterns", when: "{ postal: { prefix: \"1\", «suffix»: \"2\" } }", "a pattern has one of"),
        rule("attempt zero", when: "{ attempt: «0» }", "0 is not in the range"),
        rule(
            "attempts upside down", when: "{ attempt: { from: «3», through: 2 } }", "the range is the wrong way round",
            suggestion: "swap 'from' and 'through'"),
        rule("attempt without number", when: "{ attempt: «{» per: order } }", "an attempt needs"),
        rule("attempt two ways", when: "{ attempt: «{» number: 1, from: 2 } }", "an attempt has 'number', or"),
        rule(
            "unknown scope", when: "{ attempt: { number: 1, per: «ordr» } }", "unknown scope",
            suggestion: "did you mean 'order'?"),
        rule("probability of a text", when: "{ probability: «often» }", "expected a probability"),
        rule(
            "probability above one", when: "{ probability: «25» }", "a probability is between 0 and 1",
            suggestion: "did you mean '25%'?"),
        rule("presence of a text", when: "{ field: { cvv2: { present: «never» } } }", "expected true or false"),
        rule(
            "two answers", then: "{ approve: {}, «decline»: \"51\" }",
            "'approve' and 'decline' cannot both be the answer"),
        rule(
            "two losses", then: "{ loseResponse: afterProcessing, «reset»: }",
            "'loseResponse' and 'reset' cannot both happen"),
        rule(
            "two moments", then: "{ loseResponse: afterProcessing, «strikes»: beforeProcessing }",
            "'loseResponse' and 'strikes' contradict each other"),
        rule(
            "unknown moment", then: "{ loseResponse: «afterProcesing» }", "unknown moment",
            suggestion: "did you mean 'afterProcessing'?"),
        rule(
            "unknown decline reason", then: "{ decline: «insuficientFunds» }",
            "unknown decline reason 'insuficientFunds'",
            suggestion: "did you mean 'insufficientFunds'?"),
        rule(
            "decline code without zero", when: "{ processor: FNOR }", then: "{ decline: «\"5\"» }",
            "unknown decline reason '5' of FNOR", suggestion: "did you mean '05'?"),
        rule(
            "decline with an approval", when: "{ processor: FNOR }", then: "{ decline: «\"00\"» }",
            "which is approved", suggestion: "did you mean 'respond'?"),
        rule(
            "decline with a retry", when: "{ processor: FNOR }", then: "{ decline: «\"28\"» }", "which is retry",
            suggestion: "did you mean 'retry'?"),
        rule(
            "attempts over different codes", when: "{ «attempt»: 2 }", then: "{ decline: doNotHonor }",
            "attempts cannot be counted over processors", suggestion: "name one 'processor', or count per merchant"),
        rule(
            "unknown refusal", then: "{ refuse: «invalidCart» }", "unknown refusal",
            suggestion: "did you mean 'invalidCard'?"),
        rule("status that is none", then: "{ http: { status: «99» } }", "99 is not in the range from 200 through 599"),
        rule("slow without pause", then: "{ slow: «{» bytes: 10 } }", "a slow answer needs 'pause'"),
        rule("approve something", then: "{ approve: «all» }", "expected no value"),
        BadScenario(
            "rule name twice",
            "rules:\n  - { name: a, when: { order: x }, then: { approve: } }\n"
                + "  - { name: «a», when: { order: y }, then: { approve: } }\n",
            "a second rule with the name 'a'"),
    ]

    static let warnings: [BadScenario] = [
        rule(
            "card that fails the check digit", when: "{ card: «\"4111111111111112\"» }", "…1112 fails the check digit",
            severity: .warning),
        rule(
            "card that is not published", when: "{ card: «\"\(unpublishedNumber)\"» }",
            "…5556 is not a published test number",
            suggestion: "never use a real card number; add test numbers to a 'cards' table", severity: .warning),
        rule("never by chance", when: "{ probability: «0» }", "never matches", severity: .warning),
        rule(
            "merchant of another site", when: "{ site: boltgw, «merchant»: \"496160873888\" }",
            "the site has no such merchant", severity: .warning),
        rule(
            "merchant of another processor", when: "{ merchant: \"496160873888\", «processor»: RPCT }",
            "boarded to another processor", severity: .warning),
        rule(
            "merchant of another currency", when: "{ merchant: \"496160873888\", «currency»: EUR }",
            "another currency", severity: .warning),
        rule(
            "card of another brand", when: "{ card: \"4111111111111111\", «brand»: Amex }",
            "the card has another brand",
            severity: .warning),
        rule(
            "card with another end", when: "{ card: \"4111111111111111\", «lastFour»: \"2222\" }",
            "the card ends otherwise",
            severity: .warning),
        rule(
            "card with another start", when: "{ card: \"4111111111111111\", «bin»: \"42\" }",
            "the card starts otherwise",
            severity: .warning),
        rule(
            "code of a processor at the tokenizer", when: "{ operation: tokenization }",
            then: "{ «refuse»: invalidToken }", "'refuse' has no effect here: the tokenizer answers with",
            severity: .warning),
        rule(
            "time-out of a query about settlement", when: "{ operation: [settlementStatus, funding] }",
            then: "{ «timeout»: {} }",
            "'timeout' has no effect here: funding and settlementStatus can be answered with 'http' only",
            severity: .warning),
        rule(
            "error of the tokenizer elsewhere", when: "{ operation: [authorization, void] }",
            then: "{ «tokenizerError»: 54 }", "'tokenizerError' has no effect here: only the tokenizer",
            severity: .warning),
        BadScenario(
            "rule behind one that takes everything",
            "rules:\n  - then: { approve: }\n  - «»when: { order: x }\n    then: { decline: doNotHonor }\n",
            "this rule never matches: rules[0] (main.yaml:5) takes every request before it", severity: .warning),
        BadScenario(
            "rule behind a wider one",
            """
            rules:
              - { when: { operation: authorization, amount: { from: 1.00 } }, then: { approve: } }
              - { when: { operation: capture, amount: 3.00 }, then: { approve: } }
              - «{» when: { operation: authorization, amount: [2.00, 3.00], processor: FNOR }, then: { decline: "51" } }
            """, "this rule never matches: rules[0]", severity: .warning),
        BadScenario(
            "rule behind the same card",
            """
            rules:
              - { when: { card: ["4111111111111111", "4444333322221111"], postal: { prefix: 9 } }, then: { approve: } }
              - «{» when: { card: "4444333322221111", postal: "90001" }, then: { approve: } }
              - { when: { card: "4444333322221111", postal: "80001" }, then: { approve: } }
            """, "this rule never matches: rules[0]", severity: .warning),
        BadScenario(
            "without sites", files: ["main.yaml": "understudy: scenario/1\nname: «empty»\n"],
            [
                .init(
                    severity: .warning, message: "a scenario without sites",
                    suggestion: "add 'extends: uat' for the shipped ones")
            ]),
    ]
}
