package import Payments

/// The accounts of a gateway as the scenario has them: who may sign in, with what, for whom. A class, so that every
/// request can look at it without a copy.
package final class GatewayDirectory: Sendable {
    package let accounts: [GatewayAccount]
    package let users: [AccessUser]
    package let keys: [AccessKey]
    package let policy: GatewayPolicy
    /// Whether anybody wants to be told of anything.
    package let hasWebhooks: Bool
    /// Where its accounts are, each once.
    private let scopes: [SiteScope]
    private let accountsByID: [ObjectID: Int]
    private let usersByID: [ObjectID: Int]
    private let usersByName: [String: Int]
    private let keysByDigest: [SecretDigest: Int]

    package init(
        accounts: [GatewayAccount] = [], users: [AccessUser] = [], keys: [AccessKey] = [],
        policy: GatewayPolicy = GatewayPolicy()
    ) {
        self.accounts = accounts
        self.users = users
        self.keys = keys
        self.policy = policy
        hasWebhooks = accounts.contains { !$0.webhooks.isEmpty }
        scopes = accounts.reduce(into: []) { if !$0.contains($1.scope) { $0.append($1.scope) } }
        accountsByID = Self.index(accounts, by: \.id)
        usersByID = Self.index(users, by: \.id)
        usersByName = Self.index(users) { $0.username.lowercased() }
        keysByDigest = Self.index(keys, by: \.digest)
    }

    private static func index<Item, Key: Hashable>(_ items: [Item], by key: (Item) -> Key) -> [Key: Int] {
        Dictionary(items.enumerated().map { (key($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    package func account(_ id: ObjectID) -> GatewayAccount? { accountsByID[id].map { accounts[$0] } }

    /// The gateway's own scope, of which a host that no site claims speaks, too.
    package func scope(meantBy scope: SiteScope) -> SiteScope {
        scopes.contains(scope) ? scope : scopes.first ?? scope
    }

    package func user(_ id: ObjectID) -> AccessUser? { usersByID[id].map { users[$0] } }

    package func user(named name: String) -> AccessUser? { usersByName[name.lowercased()].map { users[$0] } }

    package func key(_ digest: SecretDigest) -> AccessKey? { keysByDigest[digest].map { keys[$0] } }

    /// The account that books payments under a merchant id of the ledger.
    package func account(booking merchant: MerchantKey) -> (account: GatewayAccount, processor: GatewayProcessor)? {
        for account in accounts where account.scope == merchant.scope {
            if let processor = account.processor(ObjectID(merchant.id.text)) { return (account, processor) }
        }
        return nil
    }
}
