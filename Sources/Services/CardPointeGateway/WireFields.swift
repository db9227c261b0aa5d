import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The members of a request body. `null` and the empty text count as absent.
struct WireFields: WireFacts {
    let object: JSONObject
    /// Whose body they are in. A reference, and no copy of its headers: so the whole is small enough for a command to
    /// hold it where it stands.
    private let request: ServiceRequest

    init(_ object: JSONObject, of request: ServiceRequest) {
        self.object = object
        self.request = request
    }

    /// The members of an object within the same request.
    func inside(_ object: JSONObject) -> WireFields { WireFields(object, of: request) }

    /// The same with another value of one member.
    func replacing(_ name: String, with value: JSONValue) -> WireFields {
        var object = object
        object[name] = value
        return inside(object)
    }

    var isEmpty: Bool { object.isEmpty }

    /// The text of a string or the literal of a number.
    func text(_ name: FieldName) -> String? {
        guard let text = object.text(name.member), !text.isEmpty else { return nil }
        return text
    }

    /// The same for a name that does not stand in the code; not preferred, so that a literal is a ``FieldName``.
    @_disfavoredOverload
    func text(_ name: String) -> String? {
        guard let text = object.text(name), !text.isEmpty else { return nil }
        return text
    }

    /// `Y` or `y`.
    func isYes(_ name: FieldName) -> Bool { text(name)?.isSameWord("Y") == true }

    /// A member as it is, for answers that repeat it; what could be a card number is masked.
    func memo(_ name: FieldName) -> TransactionDetails.Memo? {
        object.present(name.member).map {
            TransactionDetails.Memo(
                name: name.member.description, text: CardNumberGuard.masked($0).serializedText())
        }
    }

    /// The member is there, but is neither a text nor a number.
    func isMistyped(_ name: String) -> Bool {
        guard let value = object.present(name) else { return false }
        return value.text == nil
    }

    /// An amount: with a point major units, without one minor units.
    func amount(_ name: FieldName, decimals: Int) -> Authorize.AmountEntry? {
        amount(text(name), isMistyped: isMistyped(name.member.description), decimals: decimals)
    }

    /// The same for a name that does not stand in the code.
    @_disfavoredOverload
    func amount(_ name: String, decimals: Int) -> Authorize.AmountEntry? {
        amount(text(name), isMistyped: isMistyped(name), decimals: decimals)
    }

    private func amount(
        _ text: String?, isMistyped: @autoclosure () -> Bool, decimals: Int
    ) -> Authorize.AmountEntry? {
        guard let text else { return isMistyped() ? .unreadable(.notADecimal) : nil }
        guard text.utf8.count <= WireFields.longestAmount else { return .unreadable(.tooLarge) }
        do throws(DecimalText.Fault) {
            return .minorUnits(try DecimalText.impliedMinorUnits(text, decimals: decimals))
        } catch {
            return .unreadable(error)
        }
    }

    private static let longestAmount = 14

    // MARK: - WireFacts

    func field(_ name: String) -> String? {
        Self.recording.secret.contains(name) ? nil : text(name)
    }

    func header(_ name: String) -> String? {
        name.lowercased() == "authorization" ? nil : request.http.headers[name]
    }

    /// What of a request the journal keeps: the documented members, without card data.
    static let recording = RecordingPolicy(
        known: [
            "merchid", "amount", "expiry", "currency", "capture", "orderid", "postal", "name", "address", "address2",
            "street", "city", "region", "country", "phone", "email", "company", "ecomind", "cof", "cofscheduled",
            "cofpermission", "profile", "acctid", "auoptout", "tokenize", "bin", "receipt", "authcode", "accttype",
            "achEntryCode", "achDescription", "termid", "userfields", "invoiceid", "ponumber", "taxamnt", "taxexempt",
            "frtamnt", "dutyamnt", "discamnt", "orderdate", "shiptozip", "shipfromzip", "shiptocountry", "items",
            "secureflag", "securedstid", "secureexemption", "batchsource", "frontendid", "retref", "profileupdate",
            "defaultacct", "batchid", "date", "bankaba",
        ],
        secret: [
            "account", "cvv2", "track", "signature", "securevalue", "securexid", "pin", "pinblock", "ksn", "devicedata",
            "gsacard", "ssnl4", "license",
        ])
}

/// The name of a member, written in the code.
struct FieldName: ExpressibleByStringLiteral {
    let member: MemberName

    /// Inlined, so that nothing is left to do when the program runs.
    @inline(__always)
    init(stringLiteral text: StaticString) { member = MemberName(stringLiteral: text) }
}
