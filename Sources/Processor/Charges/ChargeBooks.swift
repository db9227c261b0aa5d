import HashTreeCollections
package import Payments

/// The payments of each account in their order, keys that make a second request the first one again, and temporary
/// tokens.
package struct ChargeBooks: Equatable, Sendable {
    private struct RepeatKey: Hashable, Sendable {
        let account: ObjectID
        let key: String
    }

    /// A payment that a second request with the same key means.
    package struct Repeat: Hashable, Sendable {
        package let transaction: TransactionID
        package let until: Instant
    }

    private let limit: Int
    private var byAccount: TreeDictionary<ObjectID, PersistentArray<TransactionID>> = [:]
    private var repeats: TreeDictionary<RepeatKey, Repeat> = [:]
    private var repeatOrder = PersistentArray<RepeatedKey>()
    private var tokens: TreeDictionary<String, TemporaryToken> = [:]
    private var tokenOrder = PersistentArray<String>()

    private struct RepeatedKey: Hashable, Sendable {
        let key: RepeatKey
        let until: Instant
    }

    init(limit: Int) { self.limit = limit }

    /// The payments of an account, oldest first; some may be forgotten by the ledger.
    package func transactions(of account: ObjectID) -> PersistentArray<TransactionID> {
        byAccount[account] ?? PersistentArray()
    }

    package func repeated(_ key: String, of account: ObjectID, at now: Instant) -> TransactionID? {
        guard let found = repeats[RepeatKey(account: account, key: key)], found.until > now else { return nil }
        return found.transaction
    }

    /// A token that is still good.
    package func token(_ text: String, at now: Instant) -> TemporaryToken? {
        tokens[text].flatMap { $0.until > now ? $0 : nil }
    }

    mutating func apply(_ event: ChargeEvent) {
        switch event {
        case .charged(let id, let account):
            byAccount[account, default: PersistentArray()].append(id)
            if let count = byAccount[account]?.count, count > limit { byAccount[account]?.removeFirst() }
        case .repeatable(let key, let account, let id, let until):
            keep(RepeatKey(account: account, key: key), Repeat(transaction: id, until: until))
        case .tokenMade(let token):
            tokens[token.text] = token
            tokenOrder.append(token.text)
            if tokenOrder.count > limit, let oldest = tokenOrder[tokenOrder.start] {
                tokens[oldest] = nil
                tokenOrder.removeFirst()
            }
        case .tokenUsed(let text): tokens[text] = nil
        }
    }

    private mutating func keep(_ key: RepeatKey, _ value: Repeat) {
        repeats[key] = value
        repeatOrder.append(RepeatedKey(key: key, until: value.until))
        guard repeatOrder.count > limit, let oldest = repeatOrder[repeatOrder.start] else { return }
        if repeats[oldest.key]?.until == oldest.until { repeats[oldest.key] = nil }
        repeatOrder.removeFirst()
    }
}

package enum ChargeEvent: Hashable, Sendable {
    /// A payment of an account was recorded in the ledger.
    case charged(TransactionID, account: ObjectID)
    case repeatable(key: String, account: ObjectID, TransactionID, until: Instant)
    case tokenMade(TemporaryToken)
    case tokenUsed(String)
}
