import JSON
import Payments
import Processor
import ServiceKit

/// Users and their keys. Reference §3.
enum UserEndpoints {
    private static let manage = AccessNeed(.manageUsers, account: nil)

    static func create(_ call: FluidCall) -> ServiceAnswer {
        let username: String
        let password: ShownSecret
        let change: UserChange
        let makesKey: Bool
        let makesPublished: Bool
        do throws(CallFault) {
            let fields = try call.fields()
            username = try fields.required("username")
            password = ShownSecret(try fields.required("password"))
            for name in ["name", "email", "role"] as [MemberName] { _ = try fields.required(name) }
            change = try self.change(fields)
            makesKey = try fields.flag("create_api_key") ?? false
            makesPublished = try fields.flag("create_pub_api_key") ?? false
        } catch {
            return call.refused(error, manage)
        }
        return call.perform(manage) { caller in
            var command = CreateUser(for: caller.account, username: username, password: password, change)
            command.makesKey = makesKey
            command.makesPublishedKey = makesPublished
            return command
        } answer: { outcome throws(CallFault) in
            let made = try success(outcome)
            let kind = call.request.behavior.accounts.account(made.user.account)?.kind ?? .merchant
            var envelope = Envelope(UserDocument.json(made.user, kind, key: made.key, published: made.publishedKey))
            envelope.recordedData = UserDocument.json(made.user, kind)
            return envelope
        }
    }

    private static func change(_ fields: WireFields) throws(CallFault) -> UserChange {
        var change = UserChange()
        change.name = try fields.text("name", atMost: 100)
        change.phone = try fields.text("phone")
        change.email = try fields.text("email", atMost: 254)
        change.timezone = try fields.text("timezone", atMost: 64)
        if let phone = change.phone, !phone.isEmpty, !AddressReading.isPhone(phone) { throw fields.invalid("phone") }
        if let email = change.email, !AddressReading.isEmail(email) { throw fields.invalid("email") }
        switch try fields.nonempty("status") {
        case nil: break
        case "active": change.isActive = true
        case "disabled": change.isActive = false
        default: throw fields.invalid("status")
        }
        change.role = try fields.choice("role", AccessUser.Role.self)
        if let permissions = try fields.fields("permissions") {
            var allowed: Set<Permission> = []
            for member in permissions.object.members {
                guard let permission = Permission(rawValue: WireName.camel(member.name)) else {
                    throw permissions.invalid(called: member.name)
                }
                if try permissions.flag(called: member.name) == true { allowed.insert(permission) }
            }
            change.permissions = allowed
        }
        return change
    }

    static func current(_ call: FluidCall) -> ServiceAnswer {
        call.perform(.anybody) { caller in
            FindUsers(of: caller.account, id: caller.user.id)
        } answer: { users throws(CallFault) in
            try one(users, call)
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(manage) { caller in
            FindUsers(of: caller.account, id: id)
        } answer: { users throws(CallFault) in
            try one(users, call)
        }
    }

    private static func one(_ users: [AccessUser], _ call: FluidCall) throws(CallFault) -> Envelope {
        guard let user = users.first else { throw .notFound }
        return Envelope(document(user, call))
    }

    private static func document(_ user: AccessUser, _ call: FluidCall) -> JSONValue {
        UserDocument.json(user, call.request.behavior.accounts.account(user.account)?.kind ?? .merchant)
    }

    static func list(_ call: FluidCall) -> ServiceAnswer {
        call.perform(manage) { caller in
            FindUsers(of: caller.account)
        } answer: { users throws(CallFault) in
            Envelope(users.map { document($0, call) }, totalCount: users.count)
        }
    }

    static func update(_ call: FluidCall) -> ServiceAnswer {
        let change: UserChange
        do throws(CallFault) {
            change = try self.change(try call.fields())
        } catch {
            return call.refused(error, manage)
        }
        let id = call.id("id")
        return call.perform(manage) { caller in
            UpdateUser(id, of: caller.account, change)
        } answer: { outcome throws(CallFault) in
            Envelope(document(try success(outcome), call))
        }
    }

    static func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(manage) { caller in
            DeleteUser(id, by: caller)
        } answer: { outcome throws(CallFault) in
            try success(outcome)
            return Envelope(.null)
        }
    }

    static func changePassword(_ call: FluidCall) -> ServiceAnswer {
        let username: String
        let current: SecretDigest
        let new: ShownSecret
        do throws(CallFault) {
            let fields = try call.fields()
            username = try fields.required("username")
            current = SecretDigest(of: try fields.required("current_password"))
            new = ShownSecret(try fields.required("new_password"))
        } catch {
            return call.refused(error, .anybody)
        }
        return call.perform(.anybody) { caller in
            ChangePassword(of: caller, username: username, current: current, new: new)
        } answer: { outcome throws(CallFault) in
            Envelope(document(try success(outcome), call))
        }
    }

    // MARK: - Keys

    static func makeKey(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(.manageApiKeys, account: nil)
        let type: String
        let name: String
        do throws(CallFault) {
            let fields = try call.fields()
            type = try fields.required("type")
            guard type == "api" || type == "pub" else { throw fields.invalid("type") }
            name = try fields.required("name", atMost: 100)
        } catch {
            return call.refused(error, need)
        }
        return call.perform(need) { caller in
            MakeKey(for: caller, type == "api" ? .secret : .published, prefix: type, name: name)
        } answer: { outcome throws(CallFault) in
            let made = try success(outcome)
            var envelope = Envelope(KeyDocument.json(made.key, secret: made.secret, call))
            envelope.recordedData = KeyDocument.json(made.key, secret: nil, call)
            return envelope
        }
    }

    static func keys(_ call: FluidCall) -> ServiceAnswer {
        call.perform(AccessNeed(.manageApiKeys, account: nil)) { caller in
            FindKeys(of: caller)
        } answer: { keys throws(CallFault) in
            Envelope(.array(keys.map { KeyDocument.json($0, secret: nil, call) }), totalCount: keys.count)
        }
    }

    static func deleteKey(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed(.manageApiKeys, account: nil)) { caller in
            DeleteKey(id, by: caller)
        } answer: { outcome throws(CallFault) in
            try success(outcome)
            return Envelope(.null)
        }
    }

    @discardableResult
    private static func success<Value>(_ outcome: Result<Value, UserFault>) throws(CallFault) -> Value {
        switch outcome {
        case .success(let value): return value
        case .failure(let fault): throw self.fault(fault)
        }
    }

    static func fault(_ fault: UserFault) -> CallFault {
        switch fault {
        case .notFound: .notFound
        case .nameTaken: .invalid("username is taken")
        case .badName: .invalid("invalid username")
        case .badPassword: .invalid("password is not complex enough")
        case .wrongPassword: .invalid("invalid current_password")
        case .otherUser: .access(.forbidden(.manageUsers))
        case .yourself: .invalid("a user cannot delete itself")
        case .tooManyKeys: .invalid("the limit of API keys is reached")
        case .tooManyUsers: .invalid("the limit of users is reached")
        case .wrongResetCode: .invalid("invalid reset_code")
        }
    }
}
