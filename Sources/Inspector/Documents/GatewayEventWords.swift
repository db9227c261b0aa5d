import JSON
import Payments
import Processor

/// Events of a gateway of accounts and orders in words: ids and names, never a secret.
enum GatewayEventWords {
    static func text(_ event: GatewayEvent) -> String {
        switch event {
        case .numbered(let account, let count): "account \(account) has given \(count) ids"
        case .access(let event): text(event)
        case .processorChanged(let id, _): "processor \(id) was changed"
        case .charge(let event): text(event)
        case .recurring(let event): text(event)
        case .fileBatch(let event): text(event)
        case .webhook(let event): text(event)
        case .record(.kept(let record)): "\(record.value.kind.rawValue) \(record.value.id) was kept"
        case .record(.deleted(let id)): "\(id) was deleted"
        }
    }

    /// Which part of the books it belongs to, and the id that it is about.
    static func facts(_ event: GatewayEvent) -> [(String, JSONValue)] {
        switch event {
        case .numbered(let account, let count):
            [("part", "ids"), ("account", .string(account.text)), ("count", JSONValue(count))]
        case .access: [("part", "access")]
        case .processorChanged(let id, _): [("part", "processors"), ("processor", .string(id.text))]
        case .charge: [("part", "charges")]
        case .recurring: [("part", "recurring")]
        case .fileBatch: [("part", "fileBatches")]
        case .webhook: [("part", "webhooks")]
        case .record: [("part", "records")]
        }
    }

    private static func text(_ event: AccessEvent) -> String {
        switch event {
        case .userKept(let user): "user \(user.username) (\(user.id)) was kept"
        case .userDeleted(let id): "user \(id) was deleted"
        case .keyMade(let key): "a \(key.kind.rawValue) key \(key.id) was made for user \(key.user)"
        case .keyDeleted(let id): "key \(id) was deleted"
        case .signedIn(let session): "user \(session.user) signed in: session \(session.id)"
        case .sessionUsed(let id, _): "session \(id) was used"
        case .signedOut(let id): "session \(id) was ended"
        case .resetRequested(let id, let reset): "user \(id) may set a password until \(InstantText.utc(reset.until))"
        case .resetUsed(let id): "user \(id) has set a password"
        }
    }

    private static func text(_ event: RecurringEvent) -> String {
        switch event {
        case .modifierKept(let kind, _, let modifier): "the \(name(kind)) \(modifier.value.id) was kept"
        case .modifierDeleted(let kind, _, let id): "the \(name(kind)) \(id) was deleted"
        case .planKept(_, let plan): "plan \(plan.value.id) was kept"
        case .planDeleted(_, let id): "plan \(id) was deleted"
        case .subscriptionKept(let boxed):
            "subscription \(boxed.value.id) is now \(boxed.value.status.rawValue), with \(boxed.value.billed) bills"
        case .subscriptionDeleted(_, let id): "subscription \(id) was deleted"
        }
    }

    private static func name(_ kind: RecurringModifier.Kind) -> String { kind == .addOn ? "add-on" : "discount" }

    private static func text(_ event: WebhookEvent) -> String {
        switch event {
        case .queued(let message, let isDue):
            "message \(message.value.number) to hook \(message.value.hook) (\(message.value.kind.rawValue)) "
                + (isDue ? "is to be sent" : "waits")
        case .due(let number): "message \(number) is to be sent"
        case .attempted(let number, .answered(let status)): "message \(number) was answered with \(status)"
        case .attempted(let number, .failed(let why)): "message \(number) was not answered: \(why)"
        case .left(let number): "message \(number) is done"
        case .lost(let hook): "a message to hook \(hook) was lost: the outbox is full"
        case .switchedOff(let hook): "hook \(hook) was switched off"
        case .secretRotated(let hook, _): "hook \(hook) has a new secret"
        case .previousSecretExpired(let hook): "the previous secret of hook \(hook) counts no longer"
        }
    }

    private static func text(_ event: FileBatchEvent) -> String {
        switch event {
        case .uploaded(let batch): "file batch \(batch.value.id) with \(batch.value.rows.value.count) rows was uploaded"
        case .processed(let id, let results, _): "\(results.count) rows of file batch \(id) are done"
        case .failed(let id, _): "file batch \(id) has failed"
        }
    }

    private static func text(_ event: ChargeEvent) -> String {
        switch event {
        case .charged(let id, let account, _, _): "transaction \(id.number) belongs to account \(account)"
        case .related(let id, _, .customer(let customer), _):
            "transaction \(id.number) belongs to customer \(customer)"
        case .related(let id, _, .subscription(let subscription), _):
            "transaction \(id.number) belongs to subscription \(subscription)"
        case .repeatable(_, let account, let id, _):
            "a second request of account \(account) with the same key means transaction \(id.number)"
        case .tokenMade(let token): "a temporary token stands for \(token.card.token)"
        case .accountUpdated(let id, let payment, let customer):
            "with transaction \(id.number) came a new expiry of account \(payment) of customer \(customer)"
        case .tokenUsed: "a temporary token was used up"
        }
    }
}
