import Payments

/// Why a user or a key cannot be kept.
package enum UserFault: Error, Hashable, Sendable {
    case notFound, nameTaken, badName, badPassword, wrongPassword, otherUser, yourself, tooManyKeys, tooManyUsers
    case wrongResetCode
}

/// What is new about a user; nil stays.
package struct UserChange: Sendable {
    package var name: String?
    package var phone: String?
    package var email: String?
    package var timezone: String?
    package var isActive: Bool?
    package var role: AccessUser.Role?
    package var permissions: Set<Permission>?

    package init() {}
}

/// A user with keys that were made along, shown once.
package struct MadeUser: Sendable {
    package let user: AccessUser
    package let key: ShownSecret?
    package let publishedKey: ShownSecret?
}

/// Makes a user, perhaps with keys.
package struct CreateUser: Command {
    package var account: GatewayAccount
    package var username: String
    package var password: ShownSecret
    package var change: UserChange
    package var makesKey = false
    package var makesPublishedKey = false

    package init(for account: GatewayAccount, username: String, password: ShownSecret, _ change: UserChange) {
        self.account = account
        self.username = username
        self.password = password
        self.change = change
    }

    package var operation: String { "createUser" }

    package func decide(in context: DecisionContext) -> Decision<Result<MadeUser, UserFault>> {
        guard NameRule.isUsername(username) else { return Decision(outcome: .failure(.badName)) }
        guard password.withClearText(NameRule.isPassword) else { return Decision(outcome: .failure(.badPassword)) }
        guard context.user(named: username) == nil else { return Decision(outcome: .failure(.nameTaken)) }
        guard context.users(of: account.id).count < context.behavior.limits.users else {
            return Decision(outcome: .failure(.tooManyUsers))
        }
        var mint = context.mint(account.id)
        var user = AccessUser(id: mint.next(), account: account.id, password: password.digest)
        user.username = username
        user.createdAt = context.now
        user.apply(change, at: context.now)
        var events: [Event] = [.gateway(.access(.userKept(user)))]
        let secret = makesKey ? AccessKey.made(.secret, "api", user, &mint, &events, context) : nil
        let published = makesPublishedKey ? AccessKey.made(.published, "pub", user, &mint, &events, context) : nil
        return Decision(
            events: mint.events + events,
            outcome: .success(MadeUser(user: user, key: secret, publishedKey: published)))
    }
}

/// One user of an account, all of them, or the caller.
package struct FindUsers: Command {
    package var account: GatewayAccount
    package var id: ObjectID?

    package init(of account: GatewayAccount, id: ObjectID? = nil) {
        self.account = account
        self.id = id
    }

    package var operation: String { "findUsers" }

    package func decide(in context: DecisionContext) -> Decision<[AccessUser]> {
        let users = context.users(of: account.id)
        return Decision(outcome: id.map { id in users.filter { $0.id == id } } ?? users)
    }
}

/// Changes what is known of a user.
package struct UpdateUser: Command {
    package var account: GatewayAccount
    package var id: ObjectID
    package var change: UserChange

    package init(_ id: ObjectID, of account: GatewayAccount, _ change: UserChange) {
        self.id = id
        self.account = account
        self.change = change
    }

    package var operation: String { "updateUser" }

    package func decide(in context: DecisionContext) -> Decision<Result<AccessUser, UserFault>> {
        guard var user = context.user(id), user.account == account.id else {
            return Decision(outcome: .failure(.notFound))
        }
        user.apply(change, at: context.now)
        return Decision(events: [.gateway(.access(.userKept(user)))], outcome: .success(user))
    }
}

package struct DeleteUser: Command {
    package var caller: Caller
    package var id: ObjectID

    package init(_ id: ObjectID, by caller: Caller) {
        self.id = id
        self.caller = caller
    }

    package var operation: String { "deleteUser" }

    package func decide(in context: DecisionContext) -> Decision<Result<Void, UserFault>> {
        guard let user = context.user(id), user.account == caller.account.id else {
            return Decision(outcome: .failure(.notFound))
        }
        guard id != caller.user.id else { return Decision(outcome: .failure(.yourself)) }
        return Decision(events: [.gateway(.access(.userDeleted(id)))], outcome: .success(()))
    }
}

/// Another password for the caller itself.
package struct ChangePassword: Command {
    package var caller: Caller
    package var username: String
    package var current: SecretDigest
    package var new: ShownSecret

    package init(of caller: Caller, username: String, current: SecretDigest, new: ShownSecret) {
        self.caller = caller
        self.username = username
        self.current = current
        self.new = new
    }

    package var operation: String { "changePassword" }

    package func decide(in context: DecisionContext) -> Decision<Result<AccessUser, UserFault>> {
        var user = caller.user
        guard user.username.isSameWord(username) else { return Decision(outcome: .failure(.otherUser)) }
        guard user.password == current else { return Decision(outcome: .failure(.wrongPassword)) }
        guard new.withClearText(NameRule.isPassword) else { return Decision(outcome: .failure(.badPassword)) }
        user.password = new.digest
        user.isPasswordExpired = false
        user.updatedAt = context.now
        return Decision(events: [.gateway(.access(.userKept(user)))], outcome: .success(user))
    }
}

/// A key that was made, with its secret, which is shown once.
package struct MadeKey: Sendable {
    package let key: AccessKey
    package let secret: ShownSecret
}

package struct MakeKey: Command {
    package var caller: Caller
    package var kind: AccessKey.Kind
    package var prefix: String
    package var name: String

    package init(for caller: Caller, _ kind: AccessKey.Kind, prefix: String, name: String) {
        self.caller = caller
        self.kind = kind
        self.prefix = prefix
        self.name = name
    }

    package var operation: String { "makeKey" }

    package func decide(in context: DecisionContext) -> Decision<Result<MadeKey, UserFault>> {
        guard context.keys(of: caller.user.id).count < context.behavior.accounts.policy.keysPerUser else {
            return Decision(outcome: .failure(.tooManyKeys))
        }
        var mint = context.mint(caller.account.id)
        let secret = AccessKey.secret(prefix, mint.next(), context.seed)
        var key = AccessKey(
            id: mint.next(), user: caller.user.id, account: caller.account.id, kind: kind, name: name,
            digest: secret.digest)
        key.createdAt = context.now
        return Decision(
            events: mint.events + [.gateway(.access(.keyMade(key)))],
            outcome: .success(MadeKey(key: key, secret: secret)))
    }
}

package struct FindKeys: Command {
    package var caller: Caller

    package init(of caller: Caller) { self.caller = caller }

    package var operation: String { "findKeys" }

    package func decide(in context: DecisionContext) -> Decision<[AccessKey]> {
        Decision(outcome: context.keys(of: caller.user.id))
    }
}

package struct DeleteKey: Command {
    package var caller: Caller
    package var id: ObjectID

    package init(_ id: ObjectID, by caller: Caller) {
        self.id = id
        self.caller = caller
    }

    package var operation: String { "deleteKey" }

    package func decide(in context: DecisionContext) -> Decision<Result<Void, UserFault>> {
        guard context.keys(of: caller.user.id).contains(where: { $0.id == id }) else {
            return Decision(outcome: .failure(.notFound))
        }
        return Decision(events: [.gateway(.access(.keyDeleted(id)))], outcome: .success(()))
    }
}

extension AccessUser {
    mutating func apply(_ change: UserChange, at now: Instant) {
        if let name = change.name { self.name = CardNumberText.masked(name) }
        if let phone = change.phone { self.phone = phone }
        if let email = change.email { self.email = email }
        if let timezone = change.timezone { self.timezone = timezone }
        if let isActive = change.isActive { self.isActive = isActive }
        if let role = change.role { self.role = role }
        if let permissions = change.permissions { self.permissions = permissions }
        updatedAt = now
    }
}

extension AccessKey {
    /// A prefix, and 27 letters and digits out of the world's seed.
    static func secret(_ prefix: String, _ id: ObjectID, _ seed: UInt64) -> ShownSecret {
        var source = IdentifierSource(
            seed: seed, merchant: MerchantKey(scope: SiteScope(site: "", environment: .uat), id: MerchantID(id.text)),
            counter: 0)
        return ShownSecret(prefix + "_" + source.alphanumerics(27))
    }

    fileprivate static func made(
        _ kind: Kind, _ prefix: String, _ user: AccessUser, _ mint: inout ObjectIDMint, _ events: inout [Event],
        _ context: DecisionContext
    ) -> ShownSecret {
        let secret = secret(prefix, mint.next(), context.seed)
        var key = AccessKey(
            id: mint.next(), user: user.id, account: user.account, kind: kind, name: "created with the user",
            digest: secret.digest)
        key.createdAt = context.now
        events.append(.gateway(.access(.keyMade(key))))
        return secret
    }
}

/// What names and passwords look like. Source: reference of Fluid Pay, §3.1.
enum NameRule {
    /// A letter, then 6 to 50 letters, digits, points and underscores; letters and digits both.
    static func isUsername(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (7...51).contains(bytes.count), isLetter(bytes[0]), bytes.contains(where: Digits.isDigit) else {
            return false
        }
        return bytes.allSatisfy {
            isLetter($0) || Digits.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
    }

    /// At least eight characters, with a capital, a small letter, a digit and something else.
    static func isPassword(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        let capital = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return (8...128).contains(bytes.count) && bytes.contains { small.contains($0) }
            && bytes.contains { capital.contains($0) } && bytes.contains(where: Digits.isDigit)
            && bytes.contains { !isLetter($0) && !Digits.isDigit($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
}
