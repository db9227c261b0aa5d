import Payments

/// Finds out, of what has just happened, who has to be told.
struct WebhookPlanner {
    private let before: DecisionContext
    private let after: DecisionContext
    private var book: WebhookBook
    private var events: [Event] = []
    private var lost = 0

    /// Adds the messages that effects cause; nothing where nobody wants to hear of them.
    static func tell(_ effects: inout Effects, in context: DecisionContext) {
        guard context.behavior.accounts.hasWebhooks, effects.events.contains(where: \.isTold) else { return }
        var planner = WebhookPlanner(context, effects.events)
        planner.plan(effects.events)
        effects.events += planner.events
        if planner.lost > 0 {
            effects.reasons.append(.note("the outbox for webhooks is full: \(planner.lost) message(s) are lost"))
        }
    }

    init(_ context: DecisionContext, _ happened: [Event] = []) {
        before = context
        after = happened.isEmpty ? context : context.following(happened)
        book = context.books.gateway.webhooks
    }

    private mutating func plan(_ happened: [Event]) {
        var created: Set<TransactionID> = []
        var changed: [TransactionID: WebhookEventKind] = [:]
        var order: [TransactionID] = []
        func change(_ id: TransactionID, _ kind: WebhookEventKind) {
            guard !created.contains(id) else { return }
            if changed[id] == nil { order.append(id) }
            // What has a name of its own says more than that something is different.
            if changed[id] == nil || changed[id] == .transactionUpdate { changed[id] = kind }
        }
        for event in happened {
            switch event {
            case .gateway(.charge(.charged(let id, _, _, _))):
                order.removeAll { $0 == id }
                created.insert(id)
                changed[id] = nil
                tell(.transactionCreate, of: id)
            case .gateway(.charge(.accountUpdated(let id, _, _))): tell(.accountUpdater, of: id)
            case .ledger(.captured(let id, _, _, _)): change(id, .transactionCapture)
            case .ledger(.voided(let id, _)):
                if created.contains(id) { tell(.transactionVoid, of: id) } else { change(id, .transactionVoid) }
            case .ledger(.refunded(let id, _)), .ledger(.amended(let id, _)), .ledger(.adjusted(let id, _)),
                .ledger(.returned(let id, _, _)):
                change(id, .transactionUpdate)
            case .ledger(.batchSettled(let batch, _, _, _)): tell(settled: batch)
            default: break
            }
        }
        for id in order { if let kind = changed[id] { tell(kind, of: id) } }
    }

    private mutating func tell(settled batch: BatchID) {
        guard let found = before.behavior.accounts.account(booking: batch.merchant),
            let settled = after.books.ledger[batch]
        else { return }
        // Members that were voided stay in the list, and do not settle.
        for id in settled.members.all where after.books.ledger[id]?.batch == batch {
            tell(.transactionSettlement, of: id)
        }
        tell(.settlementBatch, .batch(batch), found.account)
    }

    private mutating func tell(_ kind: WebhookEventKind, of id: TransactionID) {
        guard let transaction = after.books.ledger[id], let charged = after.charged(transaction),
            let account = before.behavior.accounts.account(charged.order.account), !account.webhooks.isEmpty
        else { return }
        let state = WebhookMessage.TransactionState(
            transaction: transaction, status: charged.status, batch: charged.batch, settledAt: charged.settledAt)
        tell(kind, .transaction(Boxed(state)), account)
    }

    private mutating func tell(
        _ kind: WebhookEventKind, _ subject: WebhookMessage.Subject, _ account: GatewayAccount
    ) {
        for hook in account.webhooks where hook.events.isEmpty || hook.events.contains(kind) {
            guard !book.hook(hook.id).isOff else { continue }
            queue(kind, subject, to: hook, of: account.id)
        }
    }

    // MARK: - The outbox

    /// Puts a message into the outbox, with the faults that the scenario asks for.
    mutating func queue(
        _ kind: WebhookEventKind, _ subject: WebhookMessage.Subject, to hook: WebhookEndpoint, of account: ObjectID
    ) {
        let event = book.nextEvent
        // Every other message is held back, so that the next one overtakes it.
        let isHeldBack = hook.faults.contains(.outOfOrder) && book.hook(hook.id).events.isMultiple(of: 2)
        let delay = hook.faults.contains(.delayed) || isHeldBack ? hook.delay : .zero
        for _ in 0..<(hook.faults.contains(.duplicate) ? 2 : 1) {
            let message = WebhookMessage(
                number: book.nextNumber, event: event, account: account, hook: hook.id, kind: kind, subject: subject,
                at: before.now, url: nil)
            add(message, after: delay)
        }
    }

    private mutating func add(_ message: WebhookMessage, after delay: Duration) {
        guard book.hasRoom else {
            lost += 1
            return record(.lost(message.hook))
        }
        record(.queued(Boxed(message), isDue: delay == .zero))
        if delay > .zero { events.append(.agenda(.planned(.webhook(message.number), at: before.now + delay))) }
    }

    private mutating func record(_ event: WebhookEvent) {
        book.apply(event)
        events.append(.gateway(.webhook(event)))
    }
}

extension Event {
    /// Whether it can be one that somebody is told of.
    fileprivate var isTold: Bool {
        switch self {
        case .gateway(.charge(.charged)), .ledger(.captured), .ledger(.voided), .ledger(.refunded), .ledger(.amended),
            .ledger(.returned), .ledger(.batchSettled):
            true
        default: false
        }
    }
}
