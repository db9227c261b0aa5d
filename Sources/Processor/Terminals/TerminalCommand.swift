package import Payments

/// A request about one terminal, with or without a session.
package struct TerminalCommand: Command {
    package enum Action: Hashable, Sendable {
        case pair
        case connect(force: Bool, pairingCode: String?)
        case disconnect
        case ping
        case display(String)
        case setTime(String)
        case tellVersion
        case tellActivationCode
        case cancel
        case printReceipt(OrderID)
        case ask(TerminalTask)

        var operation: String {
            switch self {
            case .pair: "preconnect"
            case .connect: "connect"
            case .disconnect: "disconnect"
            case .ping: "ping"
            case .display(let text): text.isEmpty ? "clearDisplay" : "display"
            case .setTime: "dateTime"
            case .tellVersion: "getPanPadVersion"
            case .tellActivationCode: "terminalActivationCode"
            case .cancel: "cancel"
            case .printReceipt: "printReceipt"
            case .ask(let task): task.operation
            }
        }
    }

    package var service: String
    package var terminal: TerminalKey
    package var merchant: MerchantID
    package var action: Action
    package var needsSession: Bool
    package var sessionKey: TerminalSessionKey?
    package var wire: any WireFacts

    package init(
        service: String, terminal: TerminalKey, merchant: MerchantID, action: Action, needsSession: Bool,
        sessionKey: TerminalSessionKey? = nil, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.terminal = terminal
        self.merchant = merchant
        self.action = action
        self.needsSession = needsSession
        self.sessionKey = sessionKey
        self.wire = wire
    }

    package var operation: String { action.operation }

    package typealias Outcome = Result<TerminalReply, TerminalFault>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        var subject = RuleSubject(service: service, operation: operation, scope: terminal.scope, wire: wire)
        subject.merchant = merchant
        if case .ask(let task) = action { subject.amount = task.question?.amount }
        var decision = ordinary(in: context)
        if case .failure(let fault) = decision.outcome {
            decision.effects.reasons.append(.terminalFault(fault, context.behavior.terminals.faults[fault]?.source))
        }
        return context.ruling(for: subject).applied(to: decision)
    }

    private func ordinary(in context: DecisionContext) -> Decision<Outcome> {
        guard let known = context.terminal(terminal), known.merchant == merchant else {
            return .refused(.otherMerchantsTerminal)
        }
        let device = context.books.terminals[terminal]
        if let fault = sessionFault(device, in: context) { return .refused(fault) }
        if let fault = deviceFault(known) { return .refused(fault) }
        var decision = carryOut(known, device, in: context)
        if needsSession, context.behavior.terminals.sessionExtendsOnUse, action != .disconnect {
            let until = context.now + context.behavior.terminals.sessionLifetime
            decision.effects.events.append(.terminal(.sessionUsed(terminal, until: until)))
        }
        return decision
    }

    private func sessionFault(_ device: Terminals.Device, in context: DecisionContext) -> TerminalFault? {
        guard needsSession else { return nil }
        guard let sessionKey else { return .sessionKeyRequired }
        if let session = device.session, session.key == sessionKey, session.expiresAt > context.now { return nil }
        return action == .disconnect ? .sessionKeyInvalidOnDisconnect : .sessionKeyInvalid
    }

    private func deviceFault(_ terminal: Terminal) -> TerminalFault? {
        if terminal.connection == .unregistered { return .neverRegistered }
        if action == .ping { return nil }
        if terminal.connection == .offline { return .notConnected }
        return terminal.isInMerchantMode ? .merchantMode : nil
    }
}

/// What a terminal, or the service in front of it, answers.
package enum TerminalReply: Sendable {
    /// Perhaps it has ended another request.
    case done(ending: TerminalRequestID?)
    case session(TerminalSession, ending: TerminalRequestID?)
    case pairing(code: String)
    case connected(Bool)
    case version(String)
    case activationCode(String)
    case receipt(Transaction, isPrinted: Bool)
    /// The request is over.
    case ended(TerminalResult)
    /// It waits for the cardholder; the books tell when it is over.
    case waiting(TerminalRequestID, until: Instant)
}

extension Decision where Outcome == TerminalCommand.Outcome {
    static func refused(_ fault: TerminalFault) -> Decision {
        Decision(outcome: .failure(fault))
    }

    static func reply(_ reply: TerminalReply, _ events: [Event] = [], _ reasons: [Reason] = []) -> Decision {
        Decision(events: events, outcome: .success(reply), reasons: reasons)
    }
}
