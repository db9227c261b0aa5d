import HTTP
import ServiceKit

/// Stored accounts, and what is known of cards and merchants.
extension Routes {
    static let lookUps: [Route] = [
        Route(
            pattern: ["bin", ":merchid", ":token"], methods: [.get], operation: "binInquiry",
            answer: BINEndpoint.answer),
        Route(pattern: ["surcharge"], methods: [.get], operation: "surchargeInquiry", answer: SurchargeEndpoint.answer),
        Route(
            pattern: ["inquireMerchant", ":merchid"], methods: [.get], operation: "merchantInquiry",
            answer: InquireMerchantEndpoint.answer),
        Route(pattern: ["sigcap"], methods: writing, operation: "signature", answer: SignatureEndpoint.answer),
    ]

    static let updater: [Route] = [
        Route(
            pattern: ["v2", "updater"], methods: [.put], operation: "accountEnrolment",
            answer: UpdaterEnrolEndpoint.answer),
        Route(
            pattern: ["v2", "updater"], methods: [.get], operation: "accountUpdates",
            answer: UpdaterReportEndpoint.answer),
        Route(
            pattern: ["v2", "updater"], methods: [.delete], operation: "accountRemoval",
            answer: UpdaterRemoveEndpoint.answer),
    ]

    static let customers: [Route] = [
        Route(pattern: ["profile"], methods: writing, operation: "profile", answer: ProfileEndpoint.answer),
        Route(
            pattern: ["profile", ":profileid", ":acctid", ":merchid"], methods: [.get], operation: "profileInquiry",
            answer: ProfileReadEndpoint.answer),
        Route(
            pattern: ["profile", ":profileid", ":acctid", ":merchid"], methods: [.delete],
            operation: "profileDeletion", answer: ProfileDeleteEndpoint.answer),
    ]
}
