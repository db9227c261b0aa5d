/// One complete request, as it came over a connection or as a replay made it.
///
/// The target is kept exactly as sent: nothing is decoded, and `//` is not folded.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// Origin-form, for example `/cardconnect/rest/inquire/1/2?x=%20`.
    package var target: String { didSet { questionMark = Self.questionMark(in: target) } }
    package var headers: HTTPFields
    package var body: [UInt8]
    /// The address of the client, without the port; `in-process` for requests that came over no socket.
    package var peer: String
    /// The name of the listener that accepted the connection.
    package var listener: String
    /// Where the query begins. Looked for once, for it is asked of every request, and those of a connection are alike.
    private var questionMark: String.Index?

    package init(
        method: HTTPMethod, target: String, headers: HTTPFields = HTTPFields(), body: [UInt8] = [],
        peer: String = "in-process", listener: String = "main"
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.peer = peer
        self.listener = listener
        questionMark = Self.questionMark(in: target)
    }

    /// The target up to the first `?`, still percent-encoded.
    package var path: Substring {
        questionMark.map { target[..<$0] } ?? target[...]
    }

    /// What follows the first `?`, still percent-encoded; nil without one.
    package var query: Substring? {
        questionMark.map { target[target.utf8.index(after: $0)...] }
    }

    private static func questionMark(in target: String) -> String.Index? { target.index(ofByte: UInt8(ascii: "?")) }
}

/// The methods of RFC 9110 §9 and RFC 5789; any other token is kept as sent.
package enum HTTPMethod: Hashable, Sendable {
    case get, head, post, put, delete, options, patch, trace, connect
    case other(String)

    package init(_ token: String) {
        switch token {
        case "GET": self = .get
        case "HEAD": self = .head
        case "POST": self = .post
        case "PUT": self = .put
        case "DELETE": self = .delete
        case "OPTIONS": self = .options
        case "PATCH": self = .patch
        case "TRACE": self = .trace
        case "CONNECT": self = .connect
        default: self = .other(token)
        }
    }

    package var token: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .patch: "PATCH"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other(let token): token
        }
    }
}
