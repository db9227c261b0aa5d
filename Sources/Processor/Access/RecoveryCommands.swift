package import Payments

/// Asks for the names of the users with an e-mail address. Nothing is sent from a sandbox: the journal says what would
/// have been. Source: reference of Fluid Pay, §3.3.
package struct RemindOfUsername: Command {
    package let email: String
    package let scope: SiteScope

    package init(email: String, scope: SiteScope) {
        self.email = email
        self.scope = scope
    }

    package var operation: String { "forgotUsername" }

    /// The outcome is the same whether or not there is somebody, so that nobody finds out who is.
    package func decide(in context: DecisionContext) -> Decision<Void> {
        let names = context.behavior.accounts.accounts.filter { $0.scope == scope }
            .flatMap { context.users(of: $0.id) }
            .filter { $0.isActive && $0.email.isSameWord(email) }.map(\.username)
        let words =
            names.isEmpty
            ? "no user has this address: nothing would have been sent"
            : "the message would have named: \(names.joined(separator: ", "))"
        return Decision(outcome: (), reasons: [.note(words)])
    }
}

/// Asks for a code with which a user's password can be set. The journal shows the code in place of a message.
package struct RequestPasswordReset: Command {
    package let username: String
    package let scope: SiteScope

    package init(username: String, scope: SiteScope) {
        self.username = username
        self.scope = scope
    }

    package var operation: String { "forgotPassword" }

    /// The outcome is the same whether or not there is such a user.
    package func decide(in context: DecisionContext) -> Decision<Void> {
        guard let user = context.signingIn(username, scope) else {
            return Decision(outcome: (), reasons: [.note("no such user: nothing would have been sent")])
        }
        let policy = context.behavior.accounts.policy
        var mint = context.mint(user.account)
        let code = policy.resetCode ?? AccessUser.resetCode(mint.next(), context.seed)
        let reset = AccessBooks.Reset(
            code: SecretDigest(of: code), until: context.now + policy.resetCodeLife)
        return Decision(
            events: mint.events + [.gateway(.access(.resetRequested(user.id, reset)))], outcome: (),
            reasons: [.note("the message would have carried the reset code \(code)")])
    }
}

/// Sets a password with a code, which works once.
package struct ResetPassword: Command {
    package let username: String
    package let code: SecretDigest
    package let new: ShownSecret
    package let scope: SiteScope

    package init(of username: String, code: SecretDigest, new: ShownSecret, scope: SiteScope) {
        self.username = username
        self.code = code
        self.new = new
        self.scope = scope
    }

    package var operation: String { "resetPassword" }

    package func decide(in context: DecisionContext) -> Decision<Result<Void, UserFault>> {
        guard var user = context.signingIn(username, scope),
            let reset = context.books.gateway.access.reset(of: user.id), reset.code == code, reset.until > context.now
        else { return Decision(outcome: .failure(.wrongResetCode), reasons: [.note("no such code, or not any more")]) }
        guard new.withClearText(NameRule.isPassword) else { return Decision(outcome: .failure(.badPassword)) }
        user.password = new.digest
        user.isPasswordExpired = false
        user.updatedAt = context.now
        return Decision(
            events: [.gateway(.access(.userKept(user))), .gateway(.access(.resetUsed(user.id)))],
            outcome: .success(()))
    }
}

extension DecisionContext {
    /// A user by name who may sign in at a site.
    fileprivate func signingIn(_ name: String, _ scope: SiteScope) -> AccessUser? {
        guard let user = user(named: name), user.isActive, let account = behavior.accounts.account(user.account),
            account.isEnabled, account.scope == scope
        else { return nil }
        return user
    }
}

extension AccessUser {
    /// Eight letters and digits out of the world's seed.
    fileprivate static func resetCode(_ id: ObjectID, _ seed: UInt64) -> String {
        var source = IdentifierSource(
            seed: seed, merchant: MerchantKey(scope: SiteScope(site: "", environment: .uat), id: MerchantID(id.text)),
            counter: 1)
        return source.alphanumerics(8)
    }
}
