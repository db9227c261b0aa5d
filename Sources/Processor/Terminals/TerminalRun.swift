import Payments

/// A request on its way through a terminal: one question after the other, as far as the clock has come.
///
/// Each step happens in books of its own copy, so that the next one sees it; all events together are the decision.
struct TerminalRun {
    private(set) var context: DecisionContext
    let terminal: Terminal
    var request: TerminalRequest
    private(set) var events: [Event] = []
    private(set) var reasons: [Reason] = []
    /// The books hold the request already.
    private var isKnown: Bool

    var settings: TerminalSettings { context.behavior.terminals }

    /// - Parameter isKnown: it waited before.
    init(_ request: TerminalRequest, at terminal: Terminal, in context: DecisionContext, isKnown: Bool) {
        self.request = request
        self.terminal = terminal
        self.context = context
        self.isKnown = isKnown
    }

    mutating func happen(_ happened: [Event], _ why: [Reason] = []) {
        reasons += why
        guard !happened.isEmpty else { return }
        events += happened
        var books = context.books
        books.apply(happened)
        context = DecisionContext(
            behavior: context.behavior, books: books, now: context.now, seed: context.seed,
            ruleObserver: context.ruleObserver)
    }

    // MARK: - Going on

    /// Goes on until the request is over, or waits for its cardholder: then nil, and the agenda goes on with it.
    mutating func advance() -> TerminalResult? {
        while true {
            if needsPayment, let ending = pay() { return end(ending) }
            guard let question = nextQuestion else { return end(conclusion) }
            if request.question != question {
                request.question = question
                request.askedAt = context.now
            }
            let (entry, number) = entry(for: question)
            let answeredAt = entry.action == .leave ? nil : request.askedAt + entry.after
            let due = answeredAt.map { min($0, request.deadline) } ?? request.deadline
            if context.now < due {
                wait(until: due)
                return nil
            }
            guard let answeredAt, answeredAt < request.deadline else { return end(failed(.timedOut)) }
            if let number { happen([.terminal(.acted(terminal.key, entry: number))]) }
            if let source = entry.source { reasons.append(.cardholder(source)) }
            if let ending = act(entry.action, question) { return end(ending) }
            request.question = nil
        }
    }

    /// Ends the request from outside: somebody cancelled it.
    mutating func cancel() -> TerminalResult { end(cancelled(.commandCancelled)) }

    /// Ends the request because the device has dropped out.
    mutating func drop() { _ = end(failed(.unexpectedResponse)) }

    /// Somebody answers the question that is asked, in place of the script.
    ///
    /// - Returns: false when it is no answer to this question; nothing has happened then.
    mutating func answer(_ action: CardholderAction, _ question: CardholderQuestion) -> Bool {
        guard action != .leave, action.suits(question), fits(action) else { return false }
        if let ending = act(action, question) {
            _ = end(ending)
        } else {
            request.question = nil
            _ = advance()
        }
        return true
    }

    /// What is asked next; nil when everything is known.
    private var nextQuestion: CardholderQuestion? {
        switch request.task {
        case .confirm: return .confirmation
        case .enter: return .input
        case .sign: return .signature
        case .tip: return .tip
        case .read(let asked), .authorize(let asked, _):
            let confirms = asked.confirmsAmount && !request.amountIsConfirmed
            if confirms, !asked.confirmsBehindCard { return .amount }
            if request.card == nil { return asked.isManual ? .cardNumber : .card }
            if confirms { return .amount }
            let mayBeSigned = request.payment.map { $0.told.status == .approved } ?? true
            let signs = asked.asksSignature && terminal.model.capturesSignatures
            return signs && !request.isSigned && mayBeSigned ? .signature : nil
        }
    }

    private var needsPayment: Bool {
        guard case .authorize(let asked, _) = request.task, request.card != nil, request.payment == nil else {
            return false
        }
        return !asked.confirmsAmount || request.amountIsConfirmed
    }

    private var conclusion: TerminalResult.Ending {
        guard let card = request.card else { return .failed(.failure, nil, nil) }
        if let payment = request.payment { return .paid(payment, card, isSigned: request.isSigned) }
        return .read(card, isSigned: request.isSigned)
    }

    /// What the cardholder does: the script's entry with its number, else the scenario's default.
    private func entry(for question: CardholderQuestion) -> (CardholderScript.Entry, number: Int?) {
        if terminal.isOperated { return (CardholderScript.Entry(action: .leave), nil) }
        let uses = context.books.terminals[terminal.key].scriptUses
        for (number, entry) in terminal.script.entries.enumerated() where entry.suits(question) && fits(entry.action) {
            if entry.uses.map({ uses[number, default: 0] < $0 }) ?? true { return (entry, number) }
        }
        let entry = settings.defaults.entries.first { $0.suits(question) }
        return (entry ?? CardholderScript.Entry(action: .leave), nil)
    }

    /// What does not fit, the device would not take.
    private func fits(_ action: CardholderAction) -> Bool {
        guard case .enter(let text) = action, case .enter(let format) = request.task else { return true }
        return text.isEmpty || format.accepts(text)
    }

    // MARK: - Waiting and ending

    private mutating func wait(until due: Instant) {
        let waiting = Boxed(request)
        happen([
            .terminal(isKnown ? .moved(waiting) : .asked(waiting)),
            .agenda(.planned(.terminal(request.id), at: due)),
        ])
        isKnown = true
    }

    func failed(_ fault: TerminalFault) -> TerminalResult.Ending { .failed(fault, request.payment, request.card) }

    private mutating func end(_ ending: TerminalResult.Ending) -> TerminalResult {
        if case .failed(.timedOut, _, _) = ending { request.delivery.delay += settings.timeoutAnswerDelay }
        if case .paid = ending, let terms = request.task.terms { request.delivery.delay += terms.answerDelay }
        if case .failed(let fault, _, _) = ending {
            reasons.append(.terminalFault(fault, settings.faults[fault]?.source))
        }
        let result = TerminalResult(
            request: request.id, ending: ending, endedAt: context.now, delivery: request.delivery)
        var busyUntil: Instant?
        if case .confirmed = ending, settings.confirmationPause > .zero {
            busyUntil = context.now + settings.confirmationPause
        }
        if isKnown { happen([.agenda(.cancelled(.terminal(request.id)))]) }
        happen([.terminal(.ended(terminal.key, Boxed(result), busyUntil: busyUntil))])
        return result
    }
}

extension ScheduledWork {
    /// The cardholder's time has come, or is over.
    static func goOn(_ id: TerminalRequestID, in context: DecisionContext) -> Effects {
        guard let request = context.books.terminals.request(id), let terminal = context.terminal(request.terminal)
        else { return Effects(events: [], reasons: []) }
        var run = TerminalRun(request, at: terminal, in: context, isKnown: true)
        _ = run.advance()
        return Effects(events: run.events, reasons: run.reasons)
    }
}
