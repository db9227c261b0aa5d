import JSON
import Payments
import Processor

/// Events of customer profiles in words: ids, tokens and dates; nothing of the person.
extension EventWords {
    static let profileTypes = [
        "profileCreated", "profileAccountStored", "profileDefaultChosen", "profileAccountRemoved", "profileRemoved",
        "customerOpened", "customerKept",
    ]

    func words(_ event: ProfileEvent) -> Words {
        switch event {
        case .created(let key, let account):
            let text = "profile \(key.id) of \(key.owner) was created with \(Self.text(account.value))"
            return Words("profileCreated", text, Self.facts(key) + Self.facts(account.value))
        case .accountStored(let key, let account):
            return Words(
                "profileAccountStored",
                "account \(account.value.number) of profile \(key.id) is now \(Self.text(account.value))",
                Self.facts(key) + Self.facts(account.value))
        case .opened(let key, _):
            return Words("customerOpened", "customer \(key.id) of \(key.owner) was created", Self.facts(key))
        case .recordKept(let key, _):
            return Words("customerKept", "the record of customer \(key.id) was changed", Self.facts(key))
        case .defaultChosen(let key) where key.number == 0:
            return Words(
                "profileDefaultChosen", "profile \(key.profile.id) has no default account any more", Self.facts(key))
        case .defaultChosen(let key):
            return Words(
                "profileDefaultChosen", "account \(key.number) of profile \(key.profile.id) is now the default one",
                Self.facts(key))
        case .accountRemoved(let key):
            return Words(
                "profileAccountRemoved", "account \(key.number) of profile \(key.profile.id) was removed",
                Self.facts(key))
        case .removed(let key):
            return Words("profileRemoved", "profile \(key.id) of \(key.owner) was removed", Self.facts(key))
        }
    }

    private static func text(_ account: StoredAccount) -> String {
        "token \(account.token)" + (account.expiry.map { ", expiry \($0.monthYear)" } ?? "")
    }

    private static func facts(_ key: ProfileKey) -> [(String, JSONValue)] {
        [("profile", .string(key.id.text)), ("owner", .string(key.owner.description))]
    }

    private static func facts(_ key: StoredAccountKey) -> [(String, JSONValue)] {
        facts(key.profile) + [("account", JSONValue(key.number))]
    }

    private static func facts(_ account: StoredAccount) -> [(String, JSONValue)] {
        [
            ("account", JSONValue(account.number)), ("token", .string(account.token.text)),
            ("expiry", account.expiry.map { .string($0.monthYear) } ?? .null),
        ]
    }
}
