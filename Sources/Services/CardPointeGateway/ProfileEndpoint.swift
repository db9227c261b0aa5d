import JSON
import Payments
import Processor
import ServiceKit

/// `profile` by PUT or POST: creates a profile, adds an account to one, or changes an account (reference §11).
enum ProfileEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        var command = SaveProfile(
            service: "cardpointe", merchant: call.merchant, target: target(call.fields),
            content: ProfileFields.content(call.fields), wire: call.fields)
        command.keepsTheRest = call.fields.isYes("profileupdate")
        command.makesDefault = call.fields.isYes("defaultacct")
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command)
            let reply = object(performed.outcome, command.target, call)
            var answer = call.answer(reply, replacing: recordedAccount(performed.outcome, call.fields))
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    /// `Y` or nothing creates; an id alone adds an account, or with `profileupdate` changes the default one.
    private static func target(_ fields: WireFields) -> SaveProfile.Target {
        guard let text = fields.text("profile"), !text.isSameWord("Y") else { return .new }
        guard let name = ProfileName(text, account: fields.text("acctid")) else { return .unreadable }
        if name.number == nil, !fields.isYes("profileupdate") { return .added(to: name.id) }
        return .stored(name.id, number: name.number)
    }

    private static func object(
        _ outcome: SaveProfile.Outcome, _ target: SaveProfile.Target, _ call: GatewayCall
    ) -> AnswerObject {
        var object = AnswerObject()
        FollowUpCall.addCodes(outcome.told, to: &object)
        guard let saved = outcome.saved else { return object }
        ProfileFields.addIDs(saved.key, to: &object)
        object.add("defaultacct", saved.isDefault ? "Y" : "N")
        var isUpdate = false
        if case .stored = target { isUpdate = true }
        if !isUpdate || call.request.behavior.gateway.profiles.showsAccountOnUpdate {
            ProfileFields.addAccount(saved.account, call, to: &object)
        }
        ProfileFields.addHolder(saved.account, to: &object)
        object.add("gsacard", "N")
        object.add("auoptout", saved.account.optsOutOfUpdates ? "Y" : "N")
        // Two old members that are repeated, and kept nowhere.
        for name in ["ssnl4", "license"] {
            if let text = call.fields.text(name) {
                object.add(name, secret: text, recordedAs: "(\(text.utf8.count) characters)")
            }
        }
        return object
    }

    private static func recordedAccount(_ outcome: SaveProfile.Outcome, _ fields: WireFields) -> RecordedText? {
        guard let sent = fields.text("account") else { return nil }
        return RecordedText(of: "account", outcome.saved?.account.token.text ?? "(\(sent.utf8.count) characters)")
    }
}

/// `profile/{profileid}/{acctid}/{merchid}` by GET: one account, or with an empty `acctid` all; always an array.
enum ProfileReadEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let name = ProfileName(call.parameters) else { return unknown(call) }
        let command = ReadProfile(
            service: "cardpointe", merchant: call.merchant, id: name.id, number: name.number, wire: call.fields)
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command)
            var answer = body(performed.outcome, call)
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    private static func body(_ outcome: ReadProfile.Outcome, _ call: GatewayCall) -> ServiceAnswer {
        switch outcome {
        case .refused(let response): refused(response, call)
        case .found(let profile, let accounts): call.answer(accounts.map { object($0, of: profile, call) })
        }
    }

    private static func object(
        _ account: StoredAccount, of profile: CustomerProfile, _ call: GatewayCall
    ) -> AnswerObject {
        var object = AnswerObject()
        ProfileFields.addIDs(StoredAccountKey(profile.key, account.number), to: &object)
        object.add("defaultacct", profile.defaultNumber == account.number ? "Y" : "N")
        ProfileFields.addAccount(account, call, to: &object)
        ProfileFields.addHolder(account, to: &object)
        object.add("gsacard", "N")
        object.add("auoptout", account.optsOutOfUpdates ? "Y" : "N")
        object.add("cofpermission", account.permitsStoring ? "Y" : "n")
        return object
    }

    private static func refused(_ response: ResponseCode, _ call: GatewayCall) -> ServiceAnswer {
        var object = AnswerObject()
        FollowUpCall.addCodes(response, to: &object)
        switch call.request.behavior.gateway.profiles.missing {
        case .object: return call.answer(object)
        case .array: return call.answer([object])
        }
    }

    /// A name that no profile can have finds none.
    private static func unknown(_ call: GatewayCall) -> ServiceAnswer {
        let row = call.request.behavior.refusals.answer(to: .profileNotFound)
        var answer = refused(row.response, call)
        answer.reasons = [.refusal(.profileNotFound, row.source)]
        return answer
    }
}

/// `profile/{profileid}/{acctid}/{merchid}` by DELETE: one account, or with an empty `acctid` the profile.
enum ProfileDeleteEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let name = ProfileName(call.parameters) else {
            return FollowUpCall.refuse(.profileNotFound, call) { _ in }
        }
        let command = DeleteProfile(
            service: "cardpointe", merchant: call.merchant, id: name.id, number: name.number, wire: call.fields)
        return FollowUpCall.perform(command, call) { response in
            var object = AnswerObject()
            FollowUpCall.addCodes(response, to: &object)
            return object
        }
    }
}
