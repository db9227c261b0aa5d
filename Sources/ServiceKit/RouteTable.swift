package import HTTP

/// An entry of a table of paths.
package protocol PathRoute: Sendable {
    var pattern: PathPattern { get }
    var methods: [HTTPMethod] { get }
}

/// Method and path → route. Of two that fit, the earlier one counts; only routes with as many segments are looked at.
package struct RouteTable<Route: PathRoute>: Sendable {
    package enum Match {
        case route(Route, PathParameters)
        /// The path is there, for other methods.
        case otherMethods([HTTPMethod])
        case nothing
    }

    private let routes: [Route]
    /// By the number of segments, in the order of the table. Apart from the routes, which would be copied one after the
    /// other to be looked at.
    private let patterns: [[(place: Int, pattern: PathPattern)]]

    package init(_ routes: [Route]) {
        self.routes = routes
        let longest = routes.map(\.pattern.count).max() ?? 0
        var patterns: [[(place: Int, pattern: PathPattern)]] = Array(repeating: [], count: longest + 1)
        for place in routes.indices {
            let pattern = routes[place].pattern
            patterns[pattern.count].append((place, pattern))
        }
        self.patterns = patterns
    }

    package func match(_ method: HTTPMethod, _ path: [String]) -> Match {
        guard patterns.indices.contains(path.count) else { return .nothing }
        var allowed: [HTTPMethod] = []
        for (place, pattern) in patterns[path.count] {
            guard let parameters = pattern.match(path) else { continue }
            let route = routes[place]
            if route.methods.contains(method) { return .route(route, parameters) }
            allowed += route.methods
        }
        return allowed.isEmpty ? .nothing : .otherMethods(allowed)
    }
}
