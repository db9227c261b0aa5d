import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `v2/updater` by PUT: enrols accounts with the account updater (reference §12).
enum UpdaterEnrolEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let elements: [JSONValue]
        switch UpdaterCall.accounts(call, atMost: call.request.behavior.updater.mostEnrolledAtOnce) {
        case .success(let found): elements = found
        case .failure(let fault): return UpdaterCall.refuse(fault, call)
        }
        let entries = elements.map { element in
            let object = element.object
            return EnrolAccounts.Entry(
                account: (object?.text("account") ?? element.text).map { AccountText($0) },
                expiry: object?.text("expiry").flatMap { CardExpiry($0) })
        }
        let command = EnrolAccounts(
            service: "cardpointe", merchant: call.merchant, entries: entries, wire: call.fields)
        return SettlementQuery.perform(command, call) { outcome in
            switch outcome {
            case .enrolled(let results): call.answer(object(results, elements, call))
            case .notEnabled: UpdaterCall.refuse(.notEnabled, call)
            case .refused(let response): UpdaterCall.codes(response, call)
            }
        }
    }

    private static func object(
        _ results: [Result<CardToken, EnrolmentFault>], _ elements: [JSONValue], _ call: GatewayCall
    ) -> AnswerObject {
        var tokens: [JSONValue] = []
        var errors: [JSONValue] = []
        for (position, result) in results.enumerated() {
            switch result {
            case .success(let token):
                let sent = elements[position].object?.text("account") ?? elements[position].text ?? ""
                tokens.append(["account": .string(CardNumberGuard.masked(sent)), "token": .string(token.text)])
            case .failure(let fault):
                errors.append(["field": .string("accounts[\(position)]"), "message": .string(text(fault.problem))])
            }
        }
        var object = AnswerObject()
        object.add("merchid", call.merchant.id.text)
        object.add("total", value: .number(String(results.count)))
        object.add("successes", value: .number(String(tokens.count)))
        object.add("failures", value: .number(String(errors.count)))
        object.add("tokens", value: .array(tokens))
        object.add("errors", value: .array(errors))
        return object
    }

    private static func text(_ problem: EnrolAccounts.Problem) -> String {
        switch problem {
        case .invalidCard: "invalid card"
        case .notTokenized: "can not tokenize"
        }
    }
}

/// `v2/updater` by DELETE: takes accounts out, named in the query or in a body.
enum UpdaterRemoveEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let sent: [String]
        switch UpdaterCall.accounts(call, atMost: call.request.behavior.updater.mostRemovedAtOnce) {
        case .success(let found): sent = found.map { $0.object?.text("account") ?? $0.text ?? "" }
        case .failure(let fault): return UpdaterCall.refuse(fault, call)
        }
        let command = RemoveAccounts(
            service: "cardpointe", merchant: call.merchant, accounts: sent.map { AccountText($0) }, wire: call.fields)
        return SettlementQuery.perform(command, call) { outcome in
            switch outcome {
            case .removed(let results): call.answer(object(results, sent, call))
            case .notEnabled: UpdaterCall.refuse(.notEnabled, call)
            case .refused(let response): UpdaterCall.codes(response, call)
            }
        }
    }

    private static func object(_ results: [Bool], _ sent: [String], _ call: GatewayCall) -> AnswerObject {
        let missing = zip(results, sent).filter { !$0.0 }.map { _, account -> JSONValue in
            [
                "account": .string(CardNumberGuard.masked(account)),
                "message": "account/token does not exist in CAU database",
            ]
        }
        var object = AnswerObject()
        object.add("merchid", call.merchant.id.text)
        object.add("total", value: .number(String(results.count)))
        object.add("deleted", value: .number(String(results.count - missing.count)))
        object.add("notDeleted", value: .array(missing))
        return object
    }
}

/// `v2/updater` by GET: the updates of the last days, page by page.
enum UpdaterReportEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let days = number(call, "daysBack", or: 30, upTo: 3650) else {
            return UpdaterCall.refuse(.unreadable("daysBack"), call)
        }
        guard let page = number(call, "page", or: 1, upTo: 1_000_000) else {
            return UpdaterCall.refuse(.unreadable("page"), call)
        }
        let size = call.request.behavior.updater.pageSize
        let command = InquireAccountUpdates(
            service: "cardpointe", merchant: call.merchant, daysBack: days,
            positions: (page - 1) * size..<page * size, wire: call.fields)
        return SettlementQuery.perform(command, call) { outcome in
            switch outcome {
            case .report(let report): call.answer(object(report, page, size, call))
            case .notEnabled: UpdaterCall.refuse(.notEnabled, call)
            case .refused(let response): UpdaterCall.codes(response, call)
            }
        }
    }

    private static func number(_ call: GatewayCall, _ name: String, or absent: Int, upTo most: Int) -> Int? {
        guard let text = call.query(name) else { return absent }
        guard let number = Int(text), (1...most).contains(number) else { return nil }
        return number
    }

    private static func object(
        _ report: InquireAccountUpdates.Report, _ page: Int, _ size: Int, _ call: GatewayCall
    ) -> AnswerObject {
        var object = AnswerObject()
        object.add("pageNumber", value: .number(String(page)))
        object.add("perPageSize", value: .number(String(size)))
        object.add("currentPageSize", value: .number(String(report.updates.count)))
        object.add("totalPages", value: .number(String((report.total + size - 1) / size)))
        object.add("totalUpdates", value: .number(String(report.total)))
        object.add("updatesStartDate", date(report.firstDay))
        object.add("updatesEndDate", date(report.lastDay))
        object.add("updates", value: .array(zip(report.updates, report.bins).map { .object(update($0, $1, call)) }))
        return object
    }

    private static func date(_ day: Int) -> String { CivilTime(daysSince1970: day).compactDate }

    private static func update(_ update: AccountUpdate, _ bin: BIN?, _ call: GatewayCall) -> JSONObject {
        var object: JSONObject = [
            "dateupdated": .string(date(update.day)), "newtoken": .string(update.new?.text ?? ""),
            "oldtoken": .string(update.old.text), "newexpiry": .string(update.expiry ?? ""),
            "status": .string(status(update.change)),
        ]
        if call.query("binInfo")?.isSameWord("true") == true {
            let record = bin.flatMap { bin in call.request.behavior.bins.record(bin).map { ($0, bin) } }
            object.append("binInfo", record.map { BINDocument.object($0, $1, endings: "").wire } ?? [:])
        }
        if call.query("profiles")?.isSameWord("true") == true {
            object.append(
                "profiles",
                .array(
                    update.profiles.map {
                        ["profileid": .string($0.profile.id.text), "acctid": .string(String($0.number))]
                    }))
        }
        return object
    }

    private static func status(_ change: AccountChange) -> String {
        switch change {
        case .number: "UPDATE"
        case .expiry: "EXPIRY"
        case .closed: "CLOSED"
        case .contact: "CONTAC"
        case .invalid: "NOGOOD"
        case .nothing: ""
        }
    }
}

/// What the three have in common.
enum UpdaterCall {
    enum Fault: Error {
        case noAccounts
        case tooMany(Int)
        case notEnabled
        case unreadable(String)
    }

    /// Of the body, or of the query: `accounts=a,b`.
    static func accounts(_ call: GatewayCall, atMost limit: Int) -> Result<[JSONValue], Fault> {
        let found =
            call.fields.object.present("accounts")?.array
            ?? call.query("accounts")?.split(separator: ",").map { .string(String($0)) } ?? []
        guard !found.isEmpty else { return .failure(.noAccounts) }
        return found.count > limit ? .failure(.tooMany(limit)) : .success(found)
    }

    /// A status of 400 with the error as the guide has it.
    static func refuse(_ fault: Fault, _ call: GatewayCall) -> ServiceAnswer {
        let (field, message) =
            switch fault {
            case .noAccounts: ("accounts", "must not be null or missing or empty")
            case .tooMany(let limit): ("accounts", "size must be between 1 and \(limit)")
            case .notEnabled: ("merchid", "Account updater not enabled for merchant")
            case .unreadable(let name): (name, "must be a number greater than 0")
            }
        var object = AnswerObject()
        object.add("errors", value: [["field": .string(field), "message": .string(message)]])
        var answer = call.answer(object)
        answer.response.status = 400
        answer.reasons.append(.note("\(field): \(message)"))
        return answer
    }

    static func codes(_ response: ResponseCode, _ call: GatewayCall) -> ServiceAnswer {
        var object = AnswerObject()
        FollowUpCall.addCodes(response, to: &object)
        return call.answer(object)
    }
}
