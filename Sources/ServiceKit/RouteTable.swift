package import HTTP
import Payments

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

    /// A path without a place for any text, as it is mostly sent, and the route that one method of it leads to.
    private struct PlainPath: Sendable {
        let text: String
        let method: HTTPMethod
        let place: Int
    }

    /// By the number of segments, in the order of the table.
    private let entries: [[Entry]]
    /// By the number of bytes.
    private let plain: [[PlainPath]]

    package init(_ routes: [some PathRoute]) {
        let longest = routes.map(\.pattern.count).max() ?? 0
        var entries: [[Entry]] = Array(repeating: [], count: longest + 1)
        for place in routes.indices {
            let route = routes[place]
            entries[route.pattern.count].append(Entry(place: place, pattern: route.pattern, methods: route.methods))
        }
        self.entries = entries
        plain = Self.plain(routes, entries)
    }

    private static func plain(_ routes: [some PathRoute], _ entries: [[Entry]]) -> [[PlainPath]] {
        var plain: [[PlainPath]] = []
        for route in routes {
            guard let segments = route.pattern.plain else { continue }
            let text = segments.map { "/" + $0 }.joined()
            while plain.count <= text.utf8.count { plain.append([]) }
            for method in route.methods {
                // An earlier route that takes any text there needs the text.
                guard case .route(let place, _) = match(method, segments, among: entries),
                    routes[place].pattern.plain != nil
                else { continue }
                plain[text.utf8.count].append(PlainPath(text: text, method: method, place: place))
            }
        }
        return plain
    }

    /// The place of the route for a path that is spelled as in the table and takes no text: without taking it apart.
    ///
    /// - Parameter prefix: what the paths of the table follow.
    /// - Returns: nil when ``match(_:_:)`` has to say.
    package func place(_ method: HTTPMethod, _ path: Substring, behind prefix: StaticString) -> Int? {
        path.withBytes { bytes in
            guard bytes.begins(with: prefix) else { return nil }
            let rest = UnsafeBufferPointer(rebasing: bytes[prefix.utf8CodeUnitCount...])
            return plain.withUnsafeBufferPointer { plain in
                guard rest.count < plain.count else { return nil }
                return plain[rest.count].withUnsafeBufferPointer { Self.place(method, rest, among: $0) }
            }
        }
    }

    private static func place(
        _ method: HTTPMethod, _ path: UnsafeBufferPointer<UInt8>, among plain: UnsafeBufferPointer<PlainPath>
    ) -> Int? {
        for index in plain.indices where plain[index].text.withBytes({ $0.isSame(as: path) }) {
            if plain[index].method == method { return plain[index].place }
        }
        return nil
    }

    package func match(_ method: HTTPMethod, _ path: [String]) -> Match {
        Self.match(method, path, among: entries)
    }

    private static func match(_ method: HTTPMethod, _ path: [String], among entries: [[Entry]]) -> Match {
        entries.withUnsafeBufferPointer { entries in
            guard entries.indices.contains(path.count) else { return .nothing }
            return entries[path.count].withUnsafeBufferPointer { match(method, path, among: $0) }
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
