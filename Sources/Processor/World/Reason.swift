package import Payments

/// Why an answer is as it is: which row or default decided. Texts are made only when somebody reads them.
package enum Reason: Hashable, Sendable {
    case rule(name: String, SourceLine?)
    case amountCode(Money, ResponseCode, SourceLine?)
    case amountCodeUnknown(Money, code: String)
    case card(DecisionStep, ResponseCode?, SourceLine?)
    case approvedByDefault(ProcessorName)
    case avsTrigger(AVSResult, SourceLine?)
    case avsDefault(ProcessorName)
    case cvvTrigger(CVVResult, SourceLine?)
    case cvvDefault(ProcessorName)
    case refusal(Refusal, SourceLine?)
    case knownToken(SourceLine?)
    case generatedToken
    case devicePayload(SourceLine?)
    case tokenizerError(code: Int, text: String, SourceLine?)
    case heldVerificationUsed
    case partOfProduction
    case testCardInProduction(SourceLine?)
    case trigger(String)
    case settled(batches: Int)
    /// A bank sends a payment back.
    case bankReturn(ReturnCode, String, SourceLine?)
    /// A card network tells of an enrolled account.
    case accountUpdate(AccountChange, CardToken, SourceLine?)
    /// An entry of the script of the cardholder at a terminal.
    case cardholder(SourceLine?)
    case terminalFault(TerminalFault, SourceLine?)
    case note(String)

    package var source: SourceLine? {
        switch self {
        case .rule(_, let source), .amountCode(_, _, let source), .card(_, _, let source),
            .avsTrigger(_, let source), .cvvTrigger(_, let source), .refusal(_, let source), .knownToken(let source),
            .devicePayload(let source), .tokenizerError(_, _, let source),
            .bankReturn(_, _, let source), .accountUpdate(_, _, let source), .cardholder(let source),
            .terminalFault(_, let source),
            .testCardInProduction(let source):
            source
        case .amountCodeUnknown, .approvedByDefault, .avsDefault, .cvvDefault, .generatedToken, .heldVerificationUsed,
            .partOfProduction, .settled, .trigger, .note:
            nil
        }
    }

    /// A sentence without the source.
    package var text: String {
        switch self {
        case .rule(let name, _): "rule \(name) matched"
        case .amountCode(let amount, let response, _):
            "amount \(amount.decimalText) asks for \(response.processor) \(response.code) (\(response.text))"
        case .amountCodeUnknown(let amount, let code):
            "amount \(amount.decimalText) asks for code \(code), which the processor does not have"
        case .card(let step, let response, _):
            "a test card decided (\(step.rawValue))" + (response.map { ": \($0.processor) \($0.code)" } ?? "")
        case .approvedByDefault(let processor): "nothing else applied: \(processor) approves"
        case .avsTrigger(let result, _): "address trigger: AVS '\(result)'"
        case .avsDefault(let processor): "no address trigger: default of \(processor)"
        case .cvvTrigger(let result, _): "verification value trigger: CVV '\(result)'"
        case .cvvDefault(let processor): "no verification value trigger: default of \(processor)"
        case .refusal(let refusal, _):
            "the gateway refused: \(refusal.rawValue)" + (refusal.explanation.map { " (\($0))" } ?? "")
        case .knownToken: "published token of this number"
        case .devicePayload: "the table of reader and wallet data chose the card"
        case .tokenizerError(let code, let text, _): "the tokenizer refused: \(code) \(text)"
        case .generatedToken: "token derived from the number, the site and the environment"
        case .heldVerificationUsed: "expiry and verification value came with the token"
        case .partOfProduction: "production environment: nothing is driven by test amounts or cards"
        case .trigger(let words): "the request asks for it: \(words)"
        case .testCardInProduction: "production environment: a published test card declines"
        case .settled(let batches): "settlement closed \(batches) batch(es)"
        case .bankReturn(let code, let meaning, _): "the bank returns it: \(code) (\(meaning))"
        case .accountUpdate(let change, let token, _): "the last digits of \(token) decide: \(change.rawValue)"
        case .cardholder: "the cardholder at the terminal did what the script says"
        case .terminalFault(let fault, _): "the terminal service refused: \(fault.rawValue)"
        case .note(let text): text
        }
    }
}
