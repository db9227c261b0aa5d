import ServiceKit

/// The base path: a page that says that the credentials are good. Source: reference §1.
enum CredentialPage {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        call.answer(body: Array("<h1>CardConnect REST Servlet</h1>".utf8), contentType: "text/html")
    }
}
