import JSON
import Payments
import Processor
import ServiceKit

/// States and moments of an application, on the wire.
enum StatusText {
    static func merchant(_ application: MerchantApplication, _ call: CoPilotCall) -> JSONValue {
        func moment(_ status: MerchantApplication.Status) -> JSONValue {
            application.changedAt[status].map { .string(time($0, call)) } ?? .null
        }
        return [
            "approvedDatetime": moment(.boarding), "boardedDatetime": moment(.boarded),
            "cancelledDatetime": moment(.cancelled), "declinedDatetime": moment(.declined),
            "liveDatetime": moment(.live), "boardingProcessPendingFlg": .bool(application.status == .boarding),
            "boardingProcessStatusCd": .string(application.status.rawValue),
            "gatewayBoardingStatusCd": application.isAtGateway ? "BOARDED" : "NOT_BOARDED",
        ]
    }

    static func signature(_ application: MerchantApplication, _ call: CoPilotCall, timeName: String) -> JSONValue {
        .object(JSONObject(pairs: signaturePairs(application, call, timeName: timeName)))
    }

    static func signaturePairs(
        _ application: MerchantApplication, _ call: CoPilotCall, timeName: String
    ) -> [(String, JSONValue)] {
        let isSigned = application.signature == .signed
        return [
            ("signedSiteUserId", isSigned ? JSONValue(application.number.number) : .null),
            (timeName, application.signedAt.map { .string(time($0, call)) } ?? .null),
            ("signer", signer(application)), ("signatureUrl", url(application).map { .string($0) } ?? .null),
            ("signatureStatusCd", .string(application.signature.rawValue)),
        ]
    }

    /// Whoever was named; else, once it is signed, the owner.
    private static func signer(_ application: MerchantApplication) -> JSONValue {
        if let signer = application.signer { return .object(ApplicationDocument.object(signer)) }
        guard application.signature == .signed else { return .null }
        return .object(ApplicationDocument.object(Signer.owner(of: ApplicationDocument(application))))
    }

    static func url(_ application: MerchantApplication) -> String? {
        application.signatureKey.map {
            "https://cardpointe-uat.cardconnect.com\(SigningPage.path)#/password/\($0)?newuser"
        }
    }

    /// `MM/DD/YYYY hh:mm:ss AM`.
    static func time(_ instant: Instant, _ call: CoPilotCall) -> String {
        let civil = call.request.behavior.clock.zone.civilTime(instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hour = civil.hour % 12 == 0 ? 12 : civil.hour % 12
        let date = "\(two(civil.month))/\(two(civil.day))/\(civil.year)"
        let time = "\(two(hour)):\(two(civil.minute)):\(two(civil.second))"
        return "\(date) \(time) \(civil.hour < 12 ? "AM" : "PM")"
    }
}
