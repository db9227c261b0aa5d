package import Payments

/// What a request shows to say who sends it.
package enum PresentedCredential: Hashable, Sendable {
    case none
    case key(SecretDigest)
    /// A session whose token has a good signature.
    case session(ObjectID)
    /// Something that is neither.
    case unreadable
}

/// Who sends a request.
package struct Caller: Sendable {
    package let user: AccessUser
    package let account: GatewayAccount
    package let session: ObjectID?
    package let keyKind: AccessKey.Kind?
}

/// What a caller must have to do something.
package struct AccessNeed: Sendable {
    package var permission: Permission?
    /// Pages may do it, too.
    package var allowsPublishedKeys = false
    /// Only pages do it: a private key would be one that was given away.
    package var requiresPublishedKey = false
    /// Which kind of account does it.
    package var account: GatewayAccount.Kind?

    package init(
        _ permission: Permission? = nil, allowsPublishedKeys: Bool = false, account: GatewayAccount.Kind? = .merchant
    ) {
        self.permission = permission
        self.allowsPublishedKeys = allowsPublishedKeys
        self.account = account
    }

    /// Either kind of account.
    package static let anybody = AccessNeed(account: nil)

    /// Pages of a merchant, and nobody else.
    package static var page: AccessNeed {
        var need = AccessNeed(allowsPublishedKeys: true)
        need.requiresPublishedKey = true
        return need
    }
}

/// Why a request is not even looked at.
package enum AccessFault: Error, Hashable, Sendable {
    case unauthorized(Why)
    case forbidden(Permission)
    case tooManyRequests(retryAfter: Int)

    package enum Why: String, Hashable, Sendable {
        case missing = "no credentials"
        case unknownKey = "no such key"
        case publishedKey = "a public key where a private one is needed"
        case secretKey = "a private key where a public one is needed"
        case expiredSession = "the session has lapsed or was ended"
        case disabledUser = "the user is disabled or gone"
        case otherAccountKind = "a partner's credentials on a merchant's call, or the reverse"
        case otherEnvironment = "the account belongs to another site or environment"
        case unreadable = "neither a key nor a token"
    }
}

/// A command behind the credentials that its request shows: both are looked at in the same books.
package struct Authenticated<Inner: Command>: Command {
    package let operation: String
    package let credential: PresentedCredential
    package let scope: SiteScope
    package let need: AccessNeed
    package let make: @Sendable (Caller) -> Inner

    package init(
        _ operation: String, _ credential: PresentedCredential, in scope: SiteScope, _ need: AccessNeed,
        _ make: @escaping @Sendable (Caller) -> Inner
    ) {
        self.operation = operation
        self.credential = credential
        self.scope = scope
        self.need = need
        self.make = make
    }

    package typealias Outcome = Result<Inner.Outcome, AccessFault>

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let caller: Caller
        do throws(AccessFault) {
            caller = try context.caller(credential, in: scope, need)
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note(error.words)])
        }
        let counted = context.counting(caller)
        if case .refused(let seconds) = counted.outcome {
            let fault = AccessFault.tooManyRequests(retryAfter: seconds)
            return Decision(outcome: .failure(fault), reasons: [.note(fault.words)])
        }
        let inner = make(caller).decide(in: context)
        var decision = Decision<Outcome>(outcome: .success(inner.outcome))
        decision.effects = inner.effects
        if !counted.effects.events.isEmpty {
            decision.effects.events.insert(contentsOf: counted.effects.events, at: 0)
        }
        if let session = caller.session {
            decision.effects.events.insert(.gateway(.access(.sessionUsed(session, at: context.now))), at: 0)
        }
        return decision
    }
}

extension AccessFault {
    fileprivate var words: String {
        switch self {
        case .unauthorized(let why): "unauthorized: \(why.rawValue)"
        case .forbidden(let permission): "forbidden: the user lacks \(permission.rawValue)"
        case .tooManyRequests: "more requests in this minute than the account may send"
        }
    }
}

extension DecisionContext {
    /// Counts a request of an account whose requests are limited.
    fileprivate func counting(_ caller: Caller) -> Decision<CountRequest.Outcome> {
        guard let limit = caller.account.requestsPerMinute else { return Decision(outcome: .allowed(remaining: .max)) }
        let key = RateWindows.Key(endpoint: "fluidpay", client: caller.account.id.text)
        return CountRequest(key, perMinute: limit).decide(in: self)
    }

    /// Finds who sends a request, and whether they may.
    package func caller(
        _ credential: PresentedCredential, in scope: SiteScope, _ need: AccessNeed
    ) throws(AccessFault) -> Caller {
        var session: ObjectID?
        var kind: AccessKey.Kind?
        let userID: ObjectID
        switch credential {
        case .none: throw .unauthorized(.missing)
        case .unreadable: throw .unauthorized(.unreadable)
        case .key(let digest):
            guard let key = key(digest) else { throw .unauthorized(.unknownKey) }
            guard key.kind == .secret || need.allowsPublishedKeys else { throw .unauthorized(.publishedKey) }
            guard key.kind == .published || !need.requiresPublishedKey else { throw .unauthorized(.secretKey) }
            userID = key.user
            kind = key.kind
        case .session(let id):
            guard let found = books.gateway.access.session(id),
                now - found.lastUsed <= behavior.accounts.policy.sessionIdle
            else { throw .unauthorized(.expiredSession) }
            userID = found.user
            session = id
        }
        guard let user = user(userID), user.isActive, let account = account(user.account),
            account.isEnabled
        else { throw .unauthorized(.disabledUser) }
        guard account.scope == scope else { throw .unauthorized(.otherEnvironment) }
        if let needed = need.account, needed != account.kind { throw .unauthorized(.otherAccountKind) }
        if let permission = need.permission, !user.may(permission) { throw .forbidden(permission) }
        return Caller(user: user, account: account, session: session, keyKind: kind)
    }
}
