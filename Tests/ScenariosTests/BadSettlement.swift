import Scenarios

extension BadScenarios {
    private static func rule(
        _ name: String, _ when: String, _ then: String, _ message: String, suggestion: String? = nil
    ) -> BadScenario {
        BadScenario(
            name, "rules:\n  - when: \(when)\n    then: \(then)\n", message, suggestion: suggestion)
    }

    /// What can be wrong about settlement, returns, and the other keys of batches.
    static let settlement: [BadScenario] = [
        rule(
            "unknown result of settlement", "{ operation: settlement }", "{ settle: «acepted» }",
            "unknown settlement result 'acepted'", suggestion: "did you mean 'accepted'?"),
        rule(
            "unknown return code", "{ operation: settlement }", "{ return: «R99» }", "unknown return code 'R99'",
            suggestion: "did you mean 'R09'?"),
        rule(
            "return without a code", "{ operation: settlement }", "{ return: «{» after: 3d } }", "needs 'code'"),
        rule(
            "return after no time", "{ operation: settlement }", "{ return: { code: R01, after: «soon» } }",
            "expected a duration"),
        rule(
            "settlement that approves", "{ «operation»: settlement }", "{ approve: {} }",
            "settlement asks only for 'settle' or 'return'"),
        rule(
            "payment that settles", "{ «operation»: authorization }", "{ settle: rejected }",
            "'settle' and 'return' belong to the operations 'settlement' and 'batch'"),
        BadScenario(
            "unknown moment", "settlement: { closedBatches: «later» }\n", "unknown moment 'later'",
            suggestion: "known: immediately, cutOff"),
        BadScenario(
            "unknown batch", "settlement: { unknownBatchSource: «noBatch» }\n", "unknown batch 'noBatch'",
            suggestion: "did you mean 'newBatch'?"),
        BadScenario(
            "payout after too long", "settlement: { fundingAfterDays: «61» }\n",
            "61 is not in the range from 0 through 60"),
        BadScenario(
            "confirmation without a unit", "settlement: { confirmAfter: «1» }\n", "expected a duration",
            suggestion: "did you mean '1s'?"),
        BadScenario(
            "return amounts upside down", "settlement: { returnAmounts: { from: «20.00», through: 10.00 } }\n",
            "the range is the wrong way round", suggestion: "swap 'from' and 'through'"),
        BadScenario(
            "host batch numbers without digits", "processors: { RPCT: { hostBatchNumbers: { digits: «0» } } }\n",
            "0 is not in the range from 1 through 16"),
        BadScenario(
            "limit of inquiries of zero", "gateway: { inquiriesPerMinute: «0» }\n", "0 is not in the range from 1"),
        BadScenario(
            "trigger header as a list", "triggers: { header: «[»X-Outcome] }\n", "found a list"),
    ]
}
