import Payments

/// Where a tester may write the outcome that is wanted. Nothing of this is the real service's; all of it is off unless
/// a scenario says otherwise.
package struct TriggerSettings: Hashable, Sendable {
    /// The name of the cardholder, for the payment and for what is done to it later.
    package var cardholder = false
    /// The order id, in the same way.
    package var order = false
    /// A header field of this name, for the request that carries it.
    package var header: String?

    package init() {}

    package var areOff: Bool { !cardholder && !order && header == nil }

    /// What a request asks for: by header, else by order id, else by name.
    func trigger(in subject: RuleSubject) -> Trigger? {
        if let header, let text = subject.wire.header(header), let trigger = Trigger(text, operation: subject.operation)
        {
            return trigger
        }
        let texts = [order ? subject.orderID?.text : nil, cardholder ? subject.cardholder : nil]
        return texts.lazy.compactMap { text in
            text.flatMap { Trigger($0, operation: "authorization") }
        }.first { $0.operation == subject.operation }
    }
}

/// An outcome in words: `DECLINE 51`, `CAPTURE-TIMEOUT`, `REFUND DECLINE 05`.
///
/// Words are parted by blanks, hyphens or underscores; upper and lower case do not matter, and what follows is left to
/// the tester, so that an order id can be unique.
package struct Trigger: Sendable {
    package let operation: String
    package let action: RuleAction
    /// The outcome as it was understood.
    package let words: String

    private static let operations = [
        "AUTH": "authorization", "CAPTURE": "capture", "VOID": "void", "REFUND": "refund", "INQUIRE": "inquiry",
        "TOKENIZE": "tokenization",
    ]

    /// - Parameter operation: the one that is meant when the text names none.
    package init?(_ text: String, operation: String) {
        guard text.utf8.count <= 64 else { return nil }
        var words = text.split { $0 == " " || $0 == "-" || $0 == "_" }[...]
        if let named = words.first.flatMap({ Self.operations[$0.uppercased()] }) {
            self.operation = named
            words.removeFirst()
        } else {
            self.operation = operation
        }
        guard let outcome = words.first?.uppercased(),
            let (action, argument) = Self.action(
                outcome, words.dropFirst().first.map(String.init), self.operation == "tokenization")
        else { return nil }
        self.action = action
        self.words = argument.map { "\(outcome) \($0)" } ?? outcome
    }

    /// - Parameter isTokenizing: codes and refusals are those of the tokenizer, and the gateway's mean nothing.
    private static func action(
        _ outcome: String, _ argument: String?, _ isTokenizing: Bool
    ) -> (RuleAction, argument: String?)? {
        switch outcome {
        case "DECLINE" where isTokenizing:
            guard let code = argument.flatMap({ Int($0) }), (1...9999).contains(code) else { return nil }
            return (RuleAction(answer: .tokenizerError(code: code)), argument)
        case "REFUSE" where isTokenizing:
            let fault = TokenizerFault.allCases.first { $0.rawValue.isSameWord(argument ?? "") }
            return fault.map { (RuleAction(answer: .tokenizerFault($0)), $0.rawValue) }
        // There is no part of a token: as APPROVE.
        case "PARTIAL" where isTokenizing: return (RuleAction(answer: .approve), nil)
        case "APPROVE": return (RuleAction(answer: .approve), nil)
        case "PARTIAL":
            guard let argument, let minorUnits = minorUnits(argument) else { return nil }
            return (RuleAction(answer: .approvePartially(minorUnits: minorUnits)), argument)
        case "DECLINE":
            guard let argument, isCode(argument) else { return nil }
            return (RuleAction(answer: .respond(code: argument, text: nil)), argument)
        case "REFUSE":
            let refusal = Refusal.allCases.first { $0.rawValue.isSameWord(argument ?? "") }
            return refusal.map { (RuleAction(answer: .refuse($0)), $0.rawValue) }
        case "TIMEOUT": return (RuleAction(answer: .timeout(after: nil)), nil)
        case "HTTP":
            guard let argument, let status = Int(argument), (200...599).contains(status) else { return nil }
            let answer = RuleAction.Answer.http(status: status, contentType: "application/json", body: "")
            return (RuleAction(answer: answer), argument)
        case "LOSE": return (RuleAction(delivery: Delivery(loss: .dropped)), nil)
        case "RESET": return (RuleAction(delivery: Delivery(loss: .reset)), nil)
        case "MALFORMED": return (RuleAction(delivery: Delivery(loss: .malformed)), nil)
        case "DELAY":
            guard let argument, let seconds = Int(argument), (1...3600).contains(seconds) else { return nil }
            return (RuleAction(delivery: Delivery(delay: .seconds(seconds))), argument)
        default: return nil
        }
    }

    private static func isCode(_ text: String) -> Bool {
        text.utf8.count <= 4
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }

    /// With a point major units, without one minor units, as amounts are on the wire.
    private static func minorUnits(_ text: String) -> Int64? {
        guard text.utf8.count <= 12 else { return nil }
        do throws(DecimalText.Fault) {
            let minorUnits = try DecimalText.impliedMinorUnits(text, decimals: 2)
            return minorUnits > 0 ? minorUnits : nil
        } catch {
            return nil
        }
    }
}
