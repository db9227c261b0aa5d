package import HTTP

/// An entry of a table of paths.
package protocol PathRoute: Sendable {
    var pattern: PathPattern { get }
    var methods: [HTTPMethod] { get }
}

/// Method and path → the place of a route. Of two that fit, the earlier one counts; only those with as many segments
/// are looked at. It knows nothing of what a route is beyond that: a generic table would look up its types for every
/// request.
package struct RouteTable: Sendable {
    package enum Match {
        /// Where the route stands among those that the table was made of.
        case route(at: Int, PathParameters)
        /// The path is there, for other methods.
        case otherMethods([HTTPMethod])
        case nothing
    }

    private struct Entry: Sendable {
        let place: Int
        let pattern: PathPattern
        let methods: [HTTPMethod]
    }

    /// By the number of segments, in the order of the table.
    private let entries: [[Entry]]

    package init(_ routes: [some PathRoute]) {
        let longest = routes.map(\.pattern.count).max() ?? 0
        var entries: [[Entry]] = Array(repeating: [], count: longest + 1)
        for place in routes.indices {
            let route = routes[place]
            entries[route.pattern.count].append(Entry(place: place, pattern: route.pattern, methods: route.methods))
        }
        self.entries = entries
    }

    package func match(_ method: HTTPMethod, _ path: [String]) -> Match {
        entries.withUnsafeBufferPointer { entries in
            guard entries.indices.contains(path.count) else { return .nothing }
            return entries[path.count].withUnsafeBufferPointer { Self.match(method, path, among: $0) }
        }
    }

    /// Through a pointer, for what is read through it is not copied.
    private static func match(
        _ method: HTTPMethod, _ path: [String], among entries: UnsafeBufferPointer<Entry>
    ) -> Match {
        var allowed: [HTTPMethod] = []
        for index in entries.indices {
            guard let parameters = entries[index].pattern.match(path) else { continue }
            if entries[index].methods.contains(method) { return .route(at: entries[index].place, parameters) }
            allowed += entries[index].methods
        }
        return allowed.isEmpty ? .nothing : .otherMethods(allowed)
    }
}
