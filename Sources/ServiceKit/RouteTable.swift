package import HTTP

/// An entry of a table of paths.
package protocol PathRoute: Sendable {
    var pattern: PathPattern { get }
    var methods: [HTTPMethod] { get }
}

/// Method and path → route. Of two that fit, the earlier one counts; only routes with as many segments, and the same
/// first ones, are looked at.
package struct RouteTable<Route: PathRoute>: Sendable {
    package enum Match {
        case route(Route, PathParameters)
        /// The path is there, for other methods.
        case otherMethods([HTTPMethod])
        case nothing
    }

    private struct Key: Hashable, Sendable {
        let count: Int
        /// Nil: any text.
        let start: [String]?
    }

    /// With their places in the table.
    private let filed: [Key: [(place: Int, route: Route)]]

    package init(_ routes: [Route]) {
        filed = Dictionary(grouping: routes.enumerated().map { (place: $0.offset, route: $0.element) }) { entry in
            Key(count: entry.route.pattern.count, start: entry.route.pattern.start(Self.width))
        }
    }

    /// Paths begin alike more often than not: two words tell most of them apart.
    private static var width: Int { 2 }

    package func match(_ method: HTTPMethod, _ path: [String]) -> Match {
        let exact = filed[Key(count: path.count, start: Array(path.prefix(Self.width)))] ?? []
        let open = filed[Key(count: path.count, start: nil)] ?? []
        var allowed: [HTTPMethod] = []
        for (_, route) in open.isEmpty ? exact : (exact + open).sorted(by: { $0.place < $1.place }) {
            guard let parameters = route.pattern.match(path) else { continue }
            if route.methods.contains(method) { return .route(route, parameters) }
            allowed += route.methods
        }
        return allowed.isEmpty ? .nothing : .otherMethods(allowed)
    }
}
