import JSON
import Payments
import Processor

/// Events of a gateway of accounts and orders in words: ids and names, never a secret.
enum GatewayEventWords {
    static func text(_ event: GatewayEvent) -> String {
        switch event {
        case .numbered(let account, let count): "account \(account) has given \(count) ids"
        case .access(let event): text(event)
        case .charge(let event): text(event)
        case .fileBatch(let event): text(event)
        }
    }

    /// Which part of the books it belongs to, and the id that it is about.
    static func facts(_ event: GatewayEvent) -> [(String, JSONValue)] {
        switch event {
        case .numbered(let account, let count):
            [("part", "ids"), ("account", .string(account.text)), ("count", JSONValue(count))]
        case .access: [("part", "access")]
        case .charge: [("part", "charges")]
        case .fileBatch: [("part", "fileBatches")]
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
        }
    }

    private static func text(_ event: FileBatchEvent) -> String {
        switch event {
        case .uploaded(let batch): "file batch \(batch.value.id) with \(batch.value.rows.value.count) rows was uploaded"
        case .processed(let id, let results, _): "\(results.count) rows of file batch \(id) are done"
        }
    }

    private static func text(_ event: ChargeEvent) -> String {
        switch event {
        case .charged(let id, let account): "transaction \(id.number) belongs to account \(account)"
        case .repeatable(_, let account, let id, _):
            "a second request of account \(account) with the same key means transaction \(id.number)"
        case .tokenMade(let token): "a temporary token stands for \(token.card.token)"
        case .tokenUsed: "a temporary token was used up"
        }
    }
}
