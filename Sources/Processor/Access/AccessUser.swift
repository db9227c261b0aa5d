import Cryptography
package import Payments

/// Somebody who may use a gateway: a person, or the program that holds the person's key.
package struct AccessUser: Hashable, Sendable {
    package enum Role: String, Hashable, Sendable, CaseIterable { case admin, standard }

    package var id: ObjectID
    package var account: ObjectID
    package var username = ""
    package var name = ""
    package var phone = ""
    package var email = ""
    package var timezone = "UTC"
    package var role = Role.standard
    package var isActive = true
    /// What a standard user may do; an administrator may do everything.
    package var permissions: Set<Permission> = []
    package var password: SecretDigest
    package var isPasswordExpired = false
    package var createdAt = Instant.earliest
    package var updatedAt = Instant.earliest

    package init(id: ObjectID, account: ObjectID, password: SecretDigest) {
        self.id = id
        self.account = account
        self.password = password
    }

    package func may(_ permission: Permission) -> Bool { role == .admin || permissions.contains(permission) }
}

/// What a user may be allowed to do. Source: reference of Fluid Pay, §3.1.
package enum Permission: String, Hashable, Sendable, CaseIterable {
    case manageUsers, manageApiKeys, viewBillingReports, manageTerminals, manageRuleEngine, viewSettlementBatches
    case processAuthorization, processCapture, processSale, processVoid, processCredit, processRefund
    case processVerification
}

/// A key that stands for a user.
package struct AccessKey: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// For servers.
        case secret = "private"
        /// For pages: makes temporary tokens and nothing else.
        case published = "public"
    }

    package var id: ObjectID
    package var user: ObjectID
    package var account: ObjectID
    package var kind: Kind
    package var name: String
    package var digest: SecretDigest
    package var createdAt = Instant.earliest

    package init(id: ObjectID, user: ObjectID, account: ObjectID, kind: Kind, name: String, digest: SecretDigest) {
        self.id = id
        self.user = user
        self.account = account
        self.kind = kind
        self.name = name
        self.digest = digest
    }
}

/// What is kept of a password or a key: its digest. The text cannot be had back.
package struct SecretDigest: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let digest: Digest256

    package init(of secret: String) { digest = SHA256.hash(secret) }

    package static func == (a: SecretDigest, b: SecretDigest) -> Bool { a.digest == b.digest }

    package var description: String { "secret(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A secret on its way to somebody who is shown it once; nothing else prints it.
package struct ShownSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    package var digest: SecretDigest { SecretDigest(of: text) }

    package func withClearText<Result>(_ body: (String) -> Result) -> Result { body(text) }

    package var description: String { "secret(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
