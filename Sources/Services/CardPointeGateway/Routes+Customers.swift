import HTTP
import ServiceKit

/// Stored accounts.
extension Routes {
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
