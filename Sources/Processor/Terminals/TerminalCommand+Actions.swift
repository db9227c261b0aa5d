import Cryptography
import Payments

extension TerminalCommand {
    func carryOut(_ known: Terminal, _ device: Terminals.Device, in context: DecisionContext) -> Decision<Outcome> {
        switch action {
        case .pair: pair(known, device, in: context)
        case .connect(let force, let code): connect(known, device, force: force, pairingCode: code, in: context)
        case .disconnect: .reply(.done(ending: nil), [.terminal(.sessionEnded(terminal))])
        case .ping: ping(known, in: context)
        case .display(let text):
            whenFree(known, device, context) { .reply(.done(ending: nil), [.terminal(.displayed(terminal, text))]) }
        case .setTime(let time):
            whenFree(known, device, context) { .reply(.done(ending: nil), [.terminal(.timeSet(terminal, time))]) }
        case .tellVersion:
            whenFree(known, device, context) {
                known.model.family == .ingenico
                    ? .reply(.version(known.model.programVersion)) : .refused(.notSupportedByDevice)
            }
        case .tellActivationCode: tellActivationCode(known)
        case .cancel: cancel(known, device, in: context)
        case .printReceipt(let order): whenFree(known, device, context) { printReceipt(order, known, in: context) }
        case .ask(let task): whenFree(known, device, context) { ask(task, known, device, in: context) }
        }
    }

    /// One command at a time.
    private func whenFree(
        _ known: Terminal, _ device: Terminals.Device, _ context: DecisionContext, _ then: () -> Decision<Outcome>
    ) -> Decision<Outcome> {
        let isBusy =
            device.request != nil || known.isHeldElsewhere || device.busyUntil.map { $0 > context.now } ?? false
        return isBusy ? .refused(.inUse) : then()
    }

    // MARK: - Sessions

    private func pair(_ known: Terminal, _ device: Terminals.Device, in context: DecisionContext) -> Decision<Outcome> {
        guard context.behavior.terminals.terms(of: merchant).requiresPairing else { return .refused(.noTwoFactor) }
        guard known.model.family == .ingenico else { return .refused(.notSupportedByDevice) }
        var random = random("pairing", context)
        let code = String(random.uniform(below: 1_000_000) + 1_000_000).dropFirst()
        let pairing = TerminalPairing(
            code: String(code), until: context.now + context.behavior.terminals.pairingLifetime)
        return .reply(.pairing(code: pairing.code), [.terminal(.pairingShown(terminal, pairing))])
    }

    private func connect(
        _ known: Terminal, _ device: Terminals.Device, force: Bool, pairingCode: String?, in context: DecisionContext
    ) -> Decision<Outcome> {
        let settings = context.behavior.terminals
        if settings.terms(of: merchant).requiresPairing, known.model.family == .ingenico {
            guard let pairing = device.pairing, pairing.until > context.now, pairing.code == pairingCode else {
                return .refused(.incorrectToken)
            }
        }
        let isHeld = device.session.map { $0.expiresAt > context.now } ?? false
        if isHeld, !force { return .refused(.sessionExists) }
        var events: [Event] = []
        var reasons: [Reason] = []
        var ended: TerminalRequestID?
        if force, let run = cancelled(known, device, in: context) {
            events = run.events
            reasons = run.reasons
            ended = run.request.id
        }
        var random = random("session", context)
        let session = TerminalSession(
            key: TerminalSessionKey(Self.hex(random.next()) + Self.hex(random.next())),
            merchant: MerchantKey(scope: terminal.scope, id: merchant),
            expiresAt: context.now + settings.sessionLifetime)
        return .reply(
            .session(session, ending: ended), events + [.terminal(.sessionBegan(terminal, session))], reasons)
    }

    /// Another stream for every session of every terminal.
    private func random(_ purpose: String, _ context: DecisionContext) -> SeededRandom {
        let device = context.books.terminals[terminal]
        return SeededRandom(
            seed: context.seed,
            label: "terminal \(purpose) \(terminal) \(device.sessionCount) \(context.now.nanoseconds)")
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    // MARK: - The device

    private func ping(_ known: Terminal, in context: DecisionContext) -> Decision<Outcome> {
        guard known.connection == .offline else { return .reply(.connected(true)) }
        var decision = Decision<Outcome>.reply(.connected(false))
        decision.effects.delivery.delay = context.behavior.terminals.offlinePingDelay
        return decision
    }

    private func tellActivationCode(_ known: Terminal) -> Decision<Outcome> {
        known.model.family == .clover
            ? .reply(.activationCode(known.activationCode)) : .refused(.notSupportedByDevice)
    }

    private func cancel(_ known: Terminal, _ device: Terminals.Device, in context: DecisionContext) -> Decision<Outcome>
    {
        guard let run = cancelled(known, device, in: context) else { return .reply(.done(ending: nil)) }
        return .reply(.done(ending: run.request.id), run.events, run.reasons)
    }

    /// The end of what the device is busy with; nil when it is idle.
    private func cancelled(
        _ known: Terminal, _ device: Terminals.Device, in context: DecisionContext
    ) -> TerminalRun? {
        guard let id = device.request, let request = context.books.terminals.request(id) else { return nil }
        var run = TerminalRun(request, at: known, in: context, isKnown: true)
        _ = run.cancel()
        return run
    }

    private func printReceipt(
        _ order: OrderID, _ known: Terminal, in context: DecisionContext
    ) -> Decision<Outcome> {
        guard known.model.family == .clover else { return .refused(.notSupportedByDevice) }
        guard let newest = context.ledger.newest(order: context.storable(order), in: terminal.scope),
            let transaction = context.ledger[newest]
        else { return .refused(.unknownReceipt) }
        return .reply(.receipt(transaction, isPrinted: known.printsNow))
    }

    // MARK: - The cardholder

    private func ask(
        _ task: TerminalTask, _ known: Terminal, _ device: Terminals.Device, in context: DecisionContext
    ) -> Decision<Outcome> {
        if let fault = refusal(of: task, known, in: context) { return .refused(fault) }
        let request = TerminalRequest(
            id: context.books.terminals.nextRequest, terminal: terminal,
            merchant: MerchantKey(scope: terminal.scope, id: merchant), service: service, task: task,
            startedAt: context.now, deadline: context.now + context.behavior.terminals.cardholderTimeout)
        var run = TerminalRun(request, at: known, in: context, isKnown: false)
        guard let result = run.advance() else {
            let due = run.context.books.agenda.due(.terminal(request.id)) ?? request.deadline
            return .reply(.waiting(request.id, until: due), run.events, run.reasons)
        }
        var decision = Decision<Outcome>.reply(.ended(result), run.events, run.reasons)
        decision.effects.delivery = result.delivery
        return decision
    }

    /// What the device cannot do, or the merchant must not.
    private func refusal(of task: TerminalTask, _ known: Terminal, in context: DecisionContext) -> TerminalFault? {
        if case .sign = task, !known.model.capturesSignatures { return .noSignatureCapture }
        guard let asked = task.question else { return nil }
        if asked.asksSignature, asked.requiresSignature, !known.model.capturesSignatures { return .noSignatureCapture }
        let isClover = known.model.family == .clover
        if isClover, asked.isManual {
            if case .read = task { return .notSupportedByDevice }
            if asked.asksAddress || asked.asksCardCode { return .failure }
        }
        let payee = task.terms?.merchant ?? MerchantKey(scope: terminal.scope, id: merchant)
        if asked.isDebit || asked.asksPIN, !isClover,
            !context.behavior.terminals.terms(of: payee.id).allowsPINDebit
        {
            return .noPINDebit
        }
        return nil
    }
}
