import HTTP
import JSON
import Processor
import ServiceKit

/// A request whose path, query and body fit what its route says.
struct ControlCall: Sendable {
    let api: ControlAPI
    private let parameters: [String: String]
    private let query: [String: JSONValue]
    let body: JSONObject

    init(_ request: HTTPRequest, _ match: RouteTable.Match, _ api: ControlAPI) throws(ControlFault) {
        self.api = api
        parameters = match.parameters.mapValues { PercentCoding.decode($0) }
        query = try Self.query(of: request, match.route)
        body = try Self.body(of: request, match.route, limit: api.configuration.bodyBytes)
    }

    /// A segment of the path that the route has in braces.
    func parameter(_ name: String) -> String {
        guard let text = parameters[name] else { preconditionFailure("the route's path has {\(name)}") }
        return text
    }

    func queryInteger(_ name: String) -> Int? { query[name]?.integer }
    func queryText(_ name: String) -> String? { query[name]?.stringValue }

    /// The world that the path names.
    func world() throws(ControlFault) -> WorldHandle {
        do throws(WorldRegistry.Fault) {
            return try api.worlds.find(parameter("world"))
        } catch {
            throw .world(error)
        }
    }

    // MARK: - Reading

    /// Each parameter is known, is there once at most, and fits its schema.
    private static func query(of request: HTTPRequest, _ route: Route) throws(ControlFault) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        let names = route.query.map(\.name)
        let pairs = request.query.map { FormCoding.pairs($0) } ?? []
        for (name, text) in pairs {
            guard let field = route.query.first(where: { $0.name == name }) else {
                let expected = names.isEmpty ? "no parameters" : "one of \(names.joined(separator: ", "))"
                throw .parameter(
                    Schema.Misfit(path: name, expected: expected, found: "an unknown parameter", allowed: names))
            }
            guard result[name] == nil else {
                throw .parameter(Schema.Misfit(path: name, expected: "it once", found: "it twice"))
            }
            let value = field.schema.value(ofText: text)
            if let misfit = field.schema.misfit(value, at: name) { throw .parameter(misfit) }
            result[name] = value
        }
        return result
    }

    private static func body(
        of request: HTTPRequest, _ route: Route, limit: Int
    ) throws(ControlFault) -> JSONObject {
        guard request.body.count <= limit else { throw .bodyTooLarge(limit: limit) }
        let schema = route.body.map { Schema.named($0) } ?? .object([])
        guard !request.body.isEmpty else {
            if route.body != nil { throw .bodyMissing }
            return JSONObject()
        }
        let type = request.headers["Content-Type"]
        guard let type, MediaType.isJSON(type) else { throw .mediaType(type) }
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: request.body, limits: limits(limit)) } catch {
            throw .unreadable(error)
        }
        let present = value.withoutNullMembers
        if let misfit = schema.misfit(present) { throw .field(misfit) }
        return present.object ?? JSONObject()
    }

    private static func limits(_ bytes: Int) -> JSONLimits {
        JSONLimits(maximumBytes: bytes, maximumDepth: 16, duplicateMembers: .refuse)
    }
}

extension Schema {
    /// A query parameter is text; where a number is expected, it is one when it looks like one.
    func value(ofText text: String) -> JSONValue {
        switch self {
        case .integer, .thousandths: JSONValue(numberLiteral: text) ?? .string(text)
        case .text, .choice, .formatted, .boolean, .list, .object, .map, .anything, .nullable, .named: .string(text)
        }
    }
}

extension JSONValue {
    /// `null` counts as absent: many clients write every member that they know.
    fileprivate var withoutNullMembers: JSONValue {
        guard case .object(let object) = self else { return self }
        return .object(
            JSONObject(
                object.members.filter { !$0.value.isNull }
                    .map { JSONObject.Member($0.name, $0.value.withoutNullMembers) }))
    }
}

enum MediaType {
    /// `application/json` and `application/…+json`, with or without parameters (RFC 6838 §4.2.8).
    static func isJSON(_ field: String) -> Bool {
        let essence = field.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        return essence == "application/json" || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
    }
}
