package import Payments

/// Begins a session with name and password.
package struct SignIn: Command {
    package var username: String
    package var password: SecretDigest
    package var scope: SiteScope

    package init(username: String, password: SecretDigest, scope: SiteScope) {
        self.username = username
        self.password = password
        self.scope = scope
    }

    package var operation: String { "signIn" }

    package func decide(in context: DecisionContext) -> Decision<Result<AccessBooks.Session, AccessFault>> {
        guard let user = context.user(named: username), user.isActive, user.password == password,
            let account = context.behavior.accounts.account(user.account), account.isEnabled, account.scope == scope
        else {
            return Decision(
                outcome: .failure(.unauthorized(.unknownKey)), reasons: [.note("no such user, or another password")])
        }
        var mint = context.mint(account.id)
        let session = AccessBooks.Session(id: mint.next(), user: user.id, lastUsed: context.now)
        return Decision(
            events: mint.events + [.gateway(.access(.signedIn(session)))], outcome: .success(session))
    }
}

/// Ends a session; a key has none, and nothing happens.
package struct SignOut: Command {
    package var session: ObjectID?

    package init(session: ObjectID?) { self.session = session }

    package var operation: String { "signOut" }

    package func decide(in context: DecisionContext) -> Decision<Void> {
        Decision(events: session.map { [.gateway(.access(.signedOut($0)))] } ?? [], outcome: ())
    }
}
