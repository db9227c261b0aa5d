/// A coding of a message's content (RFC 9110 §8.4.1) besides `identity`.
package enum ContentCoding: String, Hashable, Sendable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// RFC 1950, the zlib format. Some clients send the bare RFC 1951 under this name; that is read too.
    case deflate

    /// Names compare without case; `x-gzip` is an old name of `gzip` (RFC 9110 §8.4.1.3).
    package init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default: return nil
        }
    }

    package var name: String { rawValue }

    /// zlib's `windowBits`: 15 for the largest window, 16 more for the gzip format.
    var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .deflate: 15
        }
    }
}
