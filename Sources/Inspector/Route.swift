import HTTP
import JSON

/// One thing that can be asked. The table of routes routes requests, checks them, and becomes the OpenAPI document.
struct Route: Sendable {
    typealias Handler = @Sendable (ControlCall) throws(ControlFault) -> ControlAnswer

    let method: HTTPMethod
    /// Segments in braces take any text: `/v1/worlds/{world}`.
    let path: String
    /// Its name in the OpenAPI document.
    let id: String
    let group: String
    let about: String
    /// Answers without the token.
    var isOpen = false
    var query: [Schema.Field] = []
    /// Nil: a body is neither needed nor read, but may be an empty object.
    var body: Schema.Component?
    /// The status and shape of success; nil shape: no content.
    let success: (status: Int, about: String, schema: Schema?)
    /// The statuses of its own errors; those that every route can have are added.
    var faults: [Int] = []
    let answer: Handler

    var segments: [Substring] { Route.split(path[...]) }

    /// The names in braces, in order.
    var parameters: [String] { segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) } }

    static func split(_ path: Substring) -> [Substring] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }
}

/// Finds the route of a request.
struct RouteTable: Sendable {
    let routes: [Route]
    private let segments: [[Substring]]

    init(_ routes: [Route]) {
        self.routes = routes
        segments = routes.map(\.segments)
    }

    struct Match: Sendable {
        let route: Route
        /// The segments in braces by name, still percent-encoded.
        let parameters: [String: Substring]
    }

    enum Result: Sendable {
        case found(Match)
        /// The path is known, with these methods.
        case otherMethods([String])
        case unknownPath
    }

    /// HEAD goes where GET goes (RFC 9110 §9.3.2); the server sends the head only.
    func find(_ method: HTTPMethod, _ path: Substring) -> Result {
        let asked = Route.split(path)
        let wanted = method == .head ? .get : method
        var others: [String] = []
        for (route, pattern) in zip(routes, segments) {
            guard let parameters = Self.match(pattern, asked) else { continue }
            if route.method == wanted { return .found(Match(route: route, parameters: parameters)) }
            others += route.method == .get ? ["GET", "HEAD"] : [route.method.token]
        }
        return others.isEmpty ? .unknownPath : .otherMethods(others)
    }

    private static func match(_ pattern: [Substring], _ asked: [Substring]) -> [String: Substring]? {
        guard pattern.count == asked.count else { return nil }
        var parameters: [String: Substring] = [:]
        for (expected, segment) in zip(pattern, asked) {
            if expected.hasPrefix("{") {
                parameters[String(expected.dropFirst().dropLast())] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }
}
