package import HTTP
package import JSON
import Cryptography
package import Payments
package import Processor

/// A request with what the way to its service has found out. A class, so that handing it on costs nothing.
package final class ServiceRequest: Sendable {
    package let http: HTTPRequest
    /// The path as sent, without the prefix that names a world; still percent-encoded.
    package let path: Substring
    package let query: Substring?
    package let scope: SiteScope
    package let world: WorldHandle
    package let behavior: Behavior

    package init(
        http: HTTPRequest, path: Substring, query: Substring?, scope: SiteScope, world: WorldHandle,
        behavior: Behavior
    ) {
        self.http = http
        self.path = path
        self.query = query
        self.scope = scope
        self.world = world
        self.behavior = behavior
    }

    /// The body as JSON, within `limits.requestBodyBytes` and the like of the scenario.
    package func document() throws(JSONError) -> JSONValue {
        try JSONValue(parsing: http.body, limits: behavior.limits.ofDocuments)
    }

    /// What a form of several parts may have, as the scenario has it.
    package var formLimits: MultipartLimits {
        var limits = MultipartLimits()
        limits.parts = behavior.limits.requestParts
        limits.headBytes = behavior.limits.requestPartHeadBytes
        return limits
    }

    /// The decoded segments behind a prefix; `//` makes an empty one. Nil when the path does not begin so.
    package func segments(behind prefix: StaticString) -> [String]? {
        path.isBelow(prefix) ? PathSegments.split(path, skipping: prefix.utf8CodeUnitCount) : nil
    }

    /// A merchant of the site, from the scenario or boarded since; nil when nobody knows it.
    package func merchant(_ id: MerchantID) -> Merchant? { merchant(MerchantKey(scope: scope, id: id))?.value }

    /// The same without a copy.
    package func merchant(_ key: MerchantKey) -> Boxed<Merchant>? {
        behavior.directory.merchant(key) ?? world.snapshot.books.boarding.boxedMerchant(key)
    }

    /// The decoded pairs of the query, in order.
    package var queryItems: [(name: String, value: String)] { query.map { FormCoding.pairs($0) } ?? [] }

    package func queryValue(_ name: String) -> String? { queryItems.first { $0.name == name }?.value }

    /// User and password of HTTP Basic (RFC 7617); nil when there are none or they cannot be read.
    package var basicCredentials: (user: String, password: String)? {
        guard let header = http.headers["Authorization"], let blank = header.utf8.firstIndex(of: UInt8(ascii: " ")),
            header[..<blank].lowercased() == "basic", let decoded = Base64.decode(Self.trimmed(header[blank...].utf8)),
            let text = String(validating: decoded, as: UTF8.self),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return (String(text[..<colon]), String(text[text.utf8.index(after: colon)...]))
    }

    /// Without the blanks at either end; inside of a token68 there are none (RFC 9110 §11.2).
    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text.drop { $0 == UInt8(ascii: " ") }
        while rest.last == UInt8(ascii: " ") { rest.removeLast() }
        return rest
    }
}

extension LimitSettings {
    /// What the JSON of a request may have.
    fileprivate var ofDocuments: JSONLimits {
        JSONLimits(
            maximumBytes: requestBodyBytes, maximumDepth: requestDepth, maximumStringBytes: requestTextBytes,
            maximumMembers: requestMembers, maximumElements: requestElements)
    }
}
