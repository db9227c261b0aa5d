/// A limit by its name, so that whoever starts a server can set it.
package struct NamedHTTPLimit: Sendable {
    package typealias Path<Value> = any WritableKeyPath<HTTPLimits, Value> & Sendable

    /// What the value counts.
    package enum Kind: Sendable {
        /// Bytes or pieces, from 1 (or 0, where that means something) to a billion.
        case number(Path<Int>, from: Int)
        case time(Path<Duration>)
    }

    package let name: String
    package let kind: Kind

    /// The highest number that a limit may be set to.
    package static let highest = 1_000_000_000
    package static let longest = Duration.seconds(86_400)

    private static func number(
        _ name: String, _ path: Path<Int>, from least: Int = 1
    ) -> NamedHTTPLimit {
        NamedHTTPLimit(name: name, kind: .number(path, from: least))
    }

    private static func time(_ name: String, _ path: Path<Duration>) -> NamedHTTPLimit {
        NamedHTTPLimit(name: name, kind: .time(path))
    }

    /// All of them, in the order of docs/limits.md.
    package static let all: [NamedHTTPLimit] = [
        number("requestLineBytes", \.requestLineBytes, from: 16), number("headBytes", \.headBytes, from: 64),
        number("fieldCount", \.fieldCount), number("bodyBytes", \.bodyBytes, from: 0),
        number("chunkLineBytes", \.chunkLineBytes), number("chunkExtensionBytes", \.chunkExtensionBytes, from: 0),
        time("handshakeTimeout", \.handshakeTimeout), time("headerTimeout", \.headerTimeout),
        time("bodyTimeout", \.bodyTimeout), time("idleTimeout", \.idleTimeout), time("writeTimeout", \.writeTimeout),
        number("bytesPerSecond", \.bytesPerSecond, from: 0), time("rateGrace", \.rateGrace),
        time("lingerTimeout", \.lingerTimeout), time("stopLingerTimeout", \.stopLingerTimeout),
        number("lingerBytes", \.lingerBytes, from: 0),
        number("connections", \.connections), number("requestsInFlight", \.requestsInFlight),
        number("pipelinedRequests", \.pipelinedRequests), number("outputBytes", \.outputBytes),
    ]
}
