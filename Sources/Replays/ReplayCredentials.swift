/// `Basic user:password` in clear, as replay files have it.
package enum ReplayCredentials {
    /// Encodes what is in clear (RFC 7617 §2); anything else stays as it is.
    package static func encoded(_ value: String) -> String {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", parts[1].contains(":") else { return value }
        return "\(parts[0]) \(base64(Array(parts[1].utf8)))"
    }

    /// The value of the `Authorization` field for `user:password`.
    package static func basic(_ pair: String) -> String { "Basic " + base64(Array(pair.utf8)) }

    /// RFC 4648 §4.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }
}
