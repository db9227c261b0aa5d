import HTTP
import JSON

/// The description of the API (OpenAPI 3.1), made from the table that routes requests and the schemas that check them.
struct OpenAPIDocument {
    private let routes: [Route]
    private let version: VersionInfo
    private let hasToken: Bool

    init(_ api: ControlAPI) {
        routes = api.table.routes
        version = api.version
        hasToken = api.access.hasToken
    }

    var json: JSONValue {
        [
            "openapi": "3.1.0", "info": info, "servers": [["url": "/"]], "tags": tags, "paths": paths,
            "components": [
                "schemas": schemas,
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "The control token, when the server was started with one.",
                    ]
                ],
            ],
        ]
    }

    private var info: JSONValue {
        [
            "title": "Understudy control API", "version": .string(version.version),
            "description": "Worlds, their clocks and their journals. On a port of its own, never on an emulated one.",
        ]
    }

    private var tags: JSONValue {
        var names: [String] = []
        for route in routes where !names.contains(route.group) { names.append(route.group) }
        return .array(names.map { ["name": .string($0)] })
    }

    private var paths: JSONValue {
        var paths = JSONObject()
        for route in routes {
            var item = paths[route.path]?.object ?? JSONObject()
            item[route.method.token.lowercased()] = operation(route)
            paths[route.path] = .object(item)
        }
        return .object(paths)
    }

    private func operation(_ route: Route) -> JSONValue {
        var operation: JSONObject = [
            "operationId": .string(route.id), "tags": [.string(route.group)], "summary": .string(route.about),
        ]
        let parameters =
            route.parameters.compactMap { Shapes.pathParameters[$0] }.map { parameter($0, in: "path") }
            + route.query.map { parameter($0, in: "query") }
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = route.body {
            operation["requestBody"] = ["required": true, "content": content(.named(body))]
        }
        operation["responses"] = responses(route)
        operation["security"] = route.isOpen ? [] : hasToken ? [["token": []]] : [[:], ["token": []]]
        return .object(operation)
    }

    private func parameter(_ field: Schema.Field, in place: String) -> JSONValue {
        [
            "name": .string(field.name), "in": .string(place), "required": .bool(field.isRequired),
            "description": .string(field.about), "schema": field.schema.document,
        ]
    }

    private func responses(_ route: Route) -> JSONValue {
        var responses = JSONObject()
        var success: JSONObject = ["description": .string(route.success.about)]
        if route.success.status == 201 {
            success["headers"] = ["Location": ["description": "The path of the world.", "schema": ["type": "string"]]]
        }
        if let schema = route.success.schema { success["content"] = content(schema) }
        responses.append(String(route.success.status), .object(success))
        for status in route.everyFault {
            responses.append(
                String(status),
                ["description": .string(StatusWords.text(status)), "content": content(.named(Shapes.error))])
        }
        responses.append(
            "default", ["description": "Any other error.", "content": content(.named(Shapes.error))])
        return .object(responses)
    }

    private func content(_ schema: Schema) -> JSONValue { ["application/json": ["schema": schema.document]] }

    private var schemas: JSONValue {
        var schemas = JSONObject()
        let used = routes.flatMap { ($0.body.map { [$0] } ?? []) + ($0.success.schema?.components ?? []) }
        let inner = (used + [Shapes.error]).flatMap { Schema.named($0).components }
        for component in inner.sorted(by: { $0.name < $1.name }) where schemas[component.name] == nil {
            var document = component.schema.document.object ?? JSONObject()
            document["description"] = .string(component.about)
            schemas.append(component.name, .object(document))
        }
        return .object(schemas)
    }
}

extension Route {
    /// Its own errors, and those that come with what it takes.
    var everyFault: [Int] {
        var statuses = Set(faults)
        if !isOpen { statuses.formUnion([401, 403]) }
        if body != nil { statuses.formUnion([400, 413, 415, 422]) }
        if !query.isEmpty || parameters.contains("sequence") { statuses.insert(422) }
        return statuses.sorted()
    }
}

/// What an error status means here.
enum StatusWords {
    static func text(_ status: Int) -> String {
        switch status {
        case 400: "The body is missing or is not JSON."
        case 401: "The token is missing or wrong."
        case 403: "The host or the origin of the request is not allowed."
        case 404: "There is no such world or entry."
        case 409: "The world exists, there are too many, or it has to stay."
        case 413: "The body is too long."
        case 415: "The body is not declared as JSON."
        case 422: "A field or parameter does not fit."
        case 503: "Nothing can be taken or kept at the moment."
        default: "Refused."
        }
    }
}
