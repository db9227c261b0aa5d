import Payments

/// Writes down what came of sending a message, and plans the next attempt where there is one.
package struct FinishWebhook: Command {
    package let number: Int
    package let result: WebhookResult

    package init(_ number: Int, _ result: WebhookResult) {
        self.number = number
        self.result = result
    }

    package var operation: String { "webhook" }

    package func decide(in context: DecisionContext) -> Decision<Void> {
        let book = context.books.gateway.webhooks
        // It may be gone: the world was rewound, or its hook switched off.
        guard book.isReady(number), let message = book.message(number), let attempts = book.attempts(number) else {
            return Decision(outcome: (), reasons: [.note("message \(number) waits no longer")])
        }
        var events: [Event] = [.gateway(.webhook(.attempted(number, result)))]
        let attempt = "attempt \(attempts + 1) of message \(number)"
        if result.isReceived(message.kind) {
            events.append(.gateway(.webhook(.left(number))))
            return Decision(events: events, outcome: (), reasons: [.note("\(attempt) was received")])
        }
        let retries = context.behavior.accounts.policy.webhookRetries
        if message.kind != .test, attempts < retries.count {
            events.append(.agenda(.planned(.webhook(number), at: context.now + retries[attempts])))
            return Decision(events: events, outcome: (), reasons: [.note("\(attempt) failed: \(result.words)")])
        }
        events.append(.gateway(.webhook(.left(number))))
        guard message.kind != .test else {
            return Decision(events: events, outcome: (), reasons: [.note("the test failed: \(result.words)")])
        }
        events.append(.gateway(.webhook(.switchedOff(message.hook))))
        return Decision(
            events: events, outcome: (),
            reasons: [.note("\(attempt) failed: \(result.words); it was the last one, and the hook is off")])
    }
}

extension WebhookResult {
    fileprivate var words: String {
        switch self {
        case .answered(let status): "status \(status)"
        case .failed(let why): why
        }
    }
}

/// Sends a message once more, as somebody may ask for who has missed it: a message of its own with the same content.
package struct ReplayWebhook: Command {
    package enum Fault: Error, Hashable, Sendable { case unknown, off, full }

    package let number: Int

    package init(_ number: Int) { self.number = number }

    package var operation: String { "replayWebhook" }

    package func decide(in context: DecisionContext) -> Decision<Result<WebhookMessage, Fault>> {
        let book = context.books.gateway.webhooks
        guard let first = book.knownMessage(number), first.kind != .test else {
            return Decision(outcome: .failure(.unknown))
        }
        guard !book.hook(first.hook).isOff else { return Decision(outcome: .failure(.off)) }
        guard book.hasRoom else { return Decision(outcome: .failure(.full)) }
        var message = WebhookMessage(
            number: book.nextNumber, event: book.nextEvent, account: first.account, hook: first.hook,
            kind: first.kind, subject: first.subject, at: first.at, url: first.url)
        message.replayOf = first.replayOf ?? first.event
        return Decision(
            events: [.gateway(.webhook(.queued(Boxed(message), isDue: true)))], outcome: .success(message),
            reasons: [.note("message \(message.number) repeats message \(number)")])
    }
}

/// Sends a message without content, to see whether an address is there.
package struct TestWebhook: Command {
    package enum Fault: Error, Hashable, Sendable { case unknownHook, full }

    package let account: GatewayAccount
    package let hook: ObjectID?
    package let url: String?

    /// - Parameters:
    ///   - hook: whose address is tried, unless there is a `url`.
    package init(of account: GatewayAccount, hook: ObjectID?, url: String?) {
        self.account = account
        self.hook = hook
        self.url = url
    }

    package var operation: String { "testWebhook" }

    package func decide(in context: DecisionContext) -> Decision<Result<WebhookMessage, Fault>> {
        let book = context.books.gateway.webhooks
        guard book.hasRoom else { return Decision(outcome: .failure(.full)) }
        let known = hook.flatMap { id in account.webhooks.first { $0.id == id } }
        guard known != nil || (hook == nil && url != nil) else { return Decision(outcome: .failure(.unknownHook)) }
        let message = WebhookMessage(
            number: book.nextNumber, event: book.nextEvent, account: account.id, hook: known?.id ?? "", kind: .test,
            subject: .nothing, at: context.now, url: url ?? known?.url)
        return Decision(
            events: [.gateway(.webhook(.queued(Boxed(message), isDue: true)))], outcome: .success(message))
    }
}

/// Changes the secret of a hook, or ends the time in which the one before counts as well.
package struct ChangeWebhookSecret: Command {
    package enum Change: Hashable, Sendable {
        /// The secret before goes on signing for so long.
        case rotate(overlap: Duration)
        case expirePrevious
    }

    package let account: GatewayAccount
    package let hook: ObjectID
    package let change: Change

    package init(of account: GatewayAccount, hook: ObjectID, _ change: Change) {
        self.account = account
        self.hook = hook
        self.change = change
    }

    package var operation: String {
        switch change {
        case .rotate: "rotateWebhookSecret"
        case .expirePrevious: "expireWebhookSecret"
        }
    }

    /// The hook as it is afterwards; nil for a hook of nobody.
    package struct Changed: Sendable {
        package let hook: WebhookEndpoint
        package let state: WebhookBook.Hook
    }

    package func decide(in context: DecisionContext) -> Decision<Changed?> {
        guard let known = account.webhooks.first(where: { $0.id == hook }) else { return Decision(outcome: nil) }
        let event: WebhookEvent
        switch change {
        case .rotate(let overlap): event = .secretRotated(hook, until: context.now + overlap)
        case .expirePrevious: event = .previousSecretExpired(hook)
        }
        var book = context.books.gateway.webhooks
        book.apply(event)
        return Decision(
            events: [.gateway(.webhook(event))], outcome: Changed(hook: known, state: book.hook(hook)))
    }
}

extension ScheduledWork {
    /// The time of a message has come, if it still waits.
    static func send(_ number: Int, in context: DecisionContext) -> Effects {
        let book = context.books.gateway.webhooks
        guard book.waits(number), !book.isReady(number) else { return Effects(events: [], reasons: []) }
        return Effects(events: [.gateway(.webhook(.due(number)))], reasons: [])
    }
}
