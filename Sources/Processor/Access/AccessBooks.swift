import HashTreeCollections
package import Payments

/// Users, keys and sessions as far as requests have changed them; the rest is in the scenario.
package struct AccessBooks: Equatable, Sendable {
    /// A signed-in user. It lapses when it is not used.
    package struct Session: Hashable, Sendable {
        package let id: ObjectID
        package let user: ObjectID
        package var lastUsed: Instant
    }

    /// A code that was asked for, with which a user's password can be set once.
    package struct Reset: Hashable, Sendable {
        package let code: SecretDigest
        package let until: Instant
    }

    /// Nil: deleted.
    private var users: TreeDictionary<ObjectID, AccessUser?> = [:]
    private var usersByName: TreeDictionary<String, ObjectID> = [:]
    private var keys: TreeDictionary<ObjectID, AccessKey?> = [:]
    private var keysByDigest: TreeDictionary<SecretDigest, ObjectID> = [:]
    private var sessions: TreeDictionary<ObjectID, Session> = [:]
    /// By user; at most one each.
    private var resets: TreeDictionary<ObjectID, Reset> = [:]
    /// Oldest first, so that sessions that nobody ended do not stay for ever.
    private var sessionOrder = PersistentArray<ObjectID>()

    private let sessionLimit: Int

    init(sessions limit: Int) { sessionLimit = limit }

    /// Outer nil: as in the scenario.
    package func change(of user: ObjectID) -> AccessUser?? { users[user] }
    package func change(ofKey key: ObjectID) -> AccessKey?? { keys[key] }
    package func id(ofUser name: String) -> ObjectID? { usersByName[name.lowercased()] }
    package func id(ofKey digest: SecretDigest) -> ObjectID? { keysByDigest[digest] }
    package func session(_ id: ObjectID) -> Session? { sessions[id] }
    func reset(of user: ObjectID) -> Reset? { resets[user] }

    package var changedUsers: [AccessUser] {
        users.values.compactMap { $0 }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    package var changedKeys: [AccessKey] {
        keys.values.compactMap { $0 }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    mutating func apply(_ event: AccessEvent) {
        switch event {
        case .userKept(let user):
            users[user.id] = .some(user)
            usersByName[user.username.lowercased()] = user.id
        case .userDeleted(let id):
            users[id] = .some(nil)
            resets[id] = nil
        case .keyMade(let key):
            keys[key.id] = .some(key)
            keysByDigest[key.digest] = key.id
        case .keyDeleted(let id): keys[id] = .some(nil)
        case .signedIn(let session):
            sessions[session.id] = session
            sessionOrder.append(session.id)
            forgetOldestSessions()
        case .sessionUsed(let id, let instant): sessions[id]?.lastUsed = instant
        case .signedOut(let id): sessions[id] = nil
        case .resetRequested(let user, let reset): resets[user] = reset
        case .resetUsed(let user): resets[user] = nil
        }
    }

    private mutating func forgetOldestSessions() {
        while sessions.count > sessionLimit, let oldest = sessionOrder[sessionOrder.start] {
            sessions[oldest] = nil
            sessionOrder.removeFirst()
        }
        // Who has signed out still has a place in the order.
        guard sessionOrder.count > 2 * sessionLimit else { return }
        var order = PersistentArray<ObjectID>()
        for place in sessionOrder.start..<sessionOrder.end {
            if let id = sessionOrder[place], sessions[id] != nil { order.append(id) }
        }
        sessionOrder = order
    }
}

package enum AccessEvent: Hashable, Sendable {
    /// A user came to be or was changed.
    case userKept(AccessUser)
    case userDeleted(ObjectID)
    case keyMade(AccessKey)
    case keyDeleted(ObjectID)
    case signedIn(AccessBooks.Session)
    case sessionUsed(ObjectID, at: Instant)
    case signedOut(ObjectID)
    /// A code for a new password was asked for; the one before counts no more.
    case resetRequested(ObjectID, AccessBooks.Reset)
    case resetUsed(ObjectID)
}

extension DecisionContext {
    /// A user as the scenario and later changes have it; nil when there is none (any more).
    package func user(_ id: ObjectID) -> AccessUser? {
        books.gateway.access.change(of: id) ?? behavior.accounts.user(id)
    }

    package func user(named name: String) -> AccessUser? {
        let id = books.gateway.access.id(ofUser: name) ?? behavior.accounts.user(named: name)?.id
        return id.flatMap { user($0) }
    }

    /// Those of an account, those of the scenario first.
    package func users(of account: ObjectID) -> [AccessUser] {
        let access = books.gateway.access
        let listed = behavior.accounts.users.compactMap { user($0.id) }
        let known = Set(behavior.accounts.users.map(\.id))
        let added = access.changedUsers.filter { !known.contains($0.id) }
        return (listed + added).filter { $0.account == account }
    }

    package func key(_ digest: SecretDigest) -> AccessKey? {
        let access = books.gateway.access
        guard
            let key = access.id(ofKey: digest).flatMap({ access.change(ofKey: $0) ?? nil })
                ?? behavior.accounts.key(digest)
        else { return nil }
        return access.change(ofKey: key.id) ?? key
    }

    /// Those of a user, those of the scenario first.
    package func keys(of user: ObjectID) -> [AccessKey] {
        let access = books.gateway.access
        let listed = behavior.accounts.keys.compactMap { access.change(ofKey: $0.id) ?? $0 }
        return (listed + access.changedKeys).filter { $0.user == user }
    }
}
