import HTTP
import Payments
import ServiceKit
import Testing

/// Paths that are spelled as in the table are found without taking them apart: just as they are otherwise.
@Suite struct RouteTableTests {
    private struct Route: PathRoute {
        let pattern: PathPattern
        let methods: [HTTPMethod]

        init(_ methods: [HTTPMethod], _ words: String...) {
            self.methods = methods
            pattern = PathPattern(words)
        }
    }

    private static let table = RouteTable([
        Route([.get]),
        Route([.put, .post], "auth"),
        Route([.get], "auth"),
        Route([.put], "auth"),
        Route([.get], "inquire", ":reference", ":merchant"),
        Route([.get], ":any", "own"),
        Route([.get, .post], "some", "own"),
        Route([.get], "some", "other"),
    ])

    struct Row: Sendable, CustomTestStringConvertible {
        let method: HTTPMethod
        let path: String
        /// Of the route, when it is found at once.
        let place: Int?
        var testDescription: String { "\(method.token) \(path)" }

        init(_ method: HTTPMethod, _ path: String, _ place: Int?) {
            (self.method, self.path, self.place) = (method, path, place)
        }
    }

    @Test(arguments: [
        Row(.get, "/base", 0), Row(.post, "/base", nil), Row(.get, "/base/", nil),
        Row(.put, "/base/auth", 1), Row(.post, "/base/auth", 1), Row(.get, "/base/auth", 2),
        Row(.delete, "/base/auth", nil), Row(.put, "/base/autH", nil), Row(.put, "/base/aut%68", nil),
        Row(.put, "/base//auth", nil), Row(.put, "/base/auth/", nil), Row(.put, "/base/auths", nil),
        Row(.put, "/bas", nil), Row(.put, "", nil), Row(.put, "/auth", nil),
        Row(.get, "/base/inquire/1/2", nil), Row(.get, "/base/inquire/:reference/:merchant", nil),
        // An earlier route takes any text there, but not with this method.
        Row(.get, "/base/some/own", nil), Row(.post, "/base/some/own", 6), Row(.get, "/base/some/other", 7),
    ])
    func spelledAsInTheTable(_ row: Row) {
        let path = Substring(row.path)
        #expect(Self.table.place(row.method, path, behind: "/base") == row.place)
        guard let place = row.place else { return }
        let segments = path.split(separator: "/").dropFirst().map(String.init)
        guard case .route(let found, _) = Self.table.match(row.method, segments) else {
            Issue.record("there is no route")
            return
        }
        #expect(found == place)
    }
}
