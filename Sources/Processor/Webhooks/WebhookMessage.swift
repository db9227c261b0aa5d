package import Payments

/// Something that an address of an account is told. Source: reference of Fluid Pay, §15.
package struct WebhookMessage: Equatable, Sendable {
    /// What it is about, as it was at that moment.
    package enum Subject: Equatable, Sendable {
        case transaction(Boxed<TransactionState>)
        case batch(BatchID)
        case nothing
    }

    /// A payment with what followed from the books around it.
    package struct TransactionState: Equatable, Sendable {
        let transaction: Transaction
        let status: ChargeStatus
        let batch: BatchID?
        let settledAt: Instant?
    }

    /// Within the world's outbox, from 1.
    package let number: Int
    /// Of the thing that happened: the same in a duplicate.
    package let event: Int
    package let account: ObjectID
    package let hook: ObjectID
    package let kind: WebhookEventKind
    package let subject: Subject
    package let at: Instant
    /// Other than that of the hook: a test may name its own.
    package let url: String?
    /// The event of the message that this one repeats, because somebody wants it again.
    package var replayOf: Int?

    /// The payment as it was, for whoever writes the message.
    package func charged(_ behavior: Behavior) -> Charged? {
        guard case .transaction(let state) = subject, let order = state.value.transaction.order?.value else {
            return nil
        }
        let account = behavior.accounts.account(order.account)
        return Charged(
            transaction: state.value.transaction, order: order, status: state.value.status, batch: state.value.batch,
            settledAt: state.value.settledAt,
            processor: account?.processor(ObjectID(state.value.transaction.merchant.id.text)),
            accountName: account?.name ?? "")
    }
}

/// What came of sending a message once.
package enum WebhookResult: Hashable, Sendable {
    case answered(Int)
    /// There was no answer; why, for people.
    case failed(String)

    /// A test wants exactly 200; everything else is received with 200 to 204.
    package func isReceived(_ kind: WebhookEventKind) -> Bool {
        guard case .answered(let status) = self else { return false }
        return kind == .test ? status == 200 : (200...204).contains(status)
    }
}
