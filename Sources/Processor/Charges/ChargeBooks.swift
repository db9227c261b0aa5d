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

    /// A payment's place in the order of time; of two of one moment the one that was recorded first comes first.
    private struct Moment: Comparable, Sendable {
        let at: Instant
        let number: Int

        static func < (a: Moment, b: Moment) -> Bool { a.at == b.at ? a.number < b.number : a.at < b.at }
    }

    private struct PartyKey: Hashable, Sendable {
        let account: ObjectID
        let party: ChargeParty
    }

    private typealias Timeline = PersistentSortedMap<Moment, [ChargeParty]>

    private let limit: Int
    private var byAccount: TreeDictionary<ObjectID, Timeline> = [:]
    private var byParty: TreeDictionary<PartyKey, Timeline> = [:]
    private var repeats: TreeDictionary<RepeatKey, Repeat> = [:]
    private var repeatOrder = PersistentArray<RepeatedKey>()
    private var tokens: TreeDictionary<String, TemporaryToken> = [:]
    private var tokenOrder = PersistentArray<String>()

    private struct RepeatedKey: Hashable, Sendable {
        let key: RepeatKey
        let until: Instant
    }

    init(limit: Int) { self.limit = limit }

    /// The payments of an account that came to be within a time, newest first; some may be forgotten by the ledger.
    ///
    /// - Parameter party: only those that belong to it.
    package func transactions(
        of account: ObjectID, within range: ClosedRange<Instant>, party: ChargeParty? = nil
    ) -> some Sequence<TransactionID> {
        let found = party.map { byParty[PartyKey(account: account, party: $0)] } ?? byAccount[account]
        let timeline = found ?? Timeline()
        let start = timeline.position(of: Moment(at: range.lowerBound, number: .min))
        let end = timeline.position(of: Moment(at: range.upperBound, number: .max))
        return (start..<end).reversed().lazy.compactMap { position in
            timeline.element(at: position).map { TransactionID($0.key.number) }
        }
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
        case .charged(let id, let account, let parties, let now):
            keep(Moment(at: now, number: id.number), parties, of: account)
        case .related(let id, let account, let party, let then):
            relate(Moment(at: then, number: id.number), party, of: account)
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
        // The vault has what is new.
        case .accountUpdated: break
        }
    }

    private mutating func keep(_ moment: Moment, _ parties: [ChargeParty], of account: ObjectID) {
        for party in parties { byParty[PartyKey(account: account, party: party), default: Timeline()][moment] = [] }
        var timeline = byAccount[account] ?? Timeline()
        timeline[moment] = parties
        defer { byAccount[account] = timeline }
        guard timeline.count > limit, let oldest = timeline.first else { return }
        timeline[oldest.key] = nil
        for party in oldest.value {
            let key = PartyKey(account: account, party: party)
            byParty[key]?[oldest.key] = nil
            if byParty[key]?.isEmpty == true { byParty[key] = nil }
        }
    }

    private mutating func relate(_ moment: Moment, _ party: ChargeParty, of account: ObjectID) {
        guard let parties = byAccount[account]?[moment], !parties.contains(party) else { return }
        byAccount[account]?[moment] = parties + [party]
        byParty[PartyKey(account: account, party: party), default: Timeline()][moment] = []
    }

    private mutating func keep(_ key: RepeatKey, _ value: Repeat) {
        repeats[key] = value
        repeatOrder.append(RepeatedKey(key: key, until: value.until))
        guard repeatOrder.count > limit, let oldest = repeatOrder[repeatOrder.start] else { return }
        if repeats[oldest.key]?.until == oldest.until { repeats[oldest.key] = nil }
        repeatOrder.removeFirst()
    }
}

/// Whose payment it is, for finding it.
package enum ChargeParty: Hashable, Sendable {
    case customer(ObjectID)
    case subscription(ObjectID)
}

extension PaymentOrder {
    var parties: [ChargeParty] {
        (customer.text.isEmpty ? [] : [.customer(customer)])
            + (subscription.text.isEmpty ? [] : [.subscription(subscription)])
    }
}

package enum ChargeEvent: Hashable, Sendable {
    /// A payment of an account was recorded in the ledger, for a customer or a subscription or neither.
    case charged(TransactionID, account: ObjectID, parties: [ChargeParty], at: Instant)
    /// A payment that was recorded at an instant belongs to somebody from now on.
    case related(TransactionID, account: ObjectID, ChargeParty, since: Instant)
    case repeatable(key: String, account: ObjectID, TransactionID, until: Instant)
    case tokenMade(TemporaryToken)
    case tokenUsed(String)
    /// A payment brought news of a customer's stored account.
    case accountUpdated(TransactionID, payment: ObjectID, customer: ObjectID)
}
