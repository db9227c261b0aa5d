/// Looking at texts as bytes in a row. The collection operations on `String.UTF8View` cost some hundred times more, and
/// every request passes here.
extension StringProtocol {
    /// Whether the text begins with another one.
    package func begins(with prefix: StaticString) -> Bool {
        let found = utf8.withContiguousStorageIfAvailable { bytes in
            bytes.count >= prefix.utf8CodeUnitCount
                && (0..<prefix.utf8CodeUnitCount).allSatisfy { bytes[$0] == prefix.utf8Start[$0] }
        }
        return found ?? hasPrefix(prefix.description)
    }
}

extension Substring {
    /// The path is this one, or begins with it and a slash.
    package func isBelow(_ base: StaticString) -> Bool {
        guard begins(with: base) else { return false }
        let rest = utf8.dropFirst(base.utf8CodeUnitCount)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }
}

/// Splits paths at their slashes.
enum PathSegments {
    /// The decoded segments behind the first `skipped` bytes; an empty one where two slashes follow each other.
    static func split(_ path: Substring, skipping skipped: Int) -> [String] {
        let bytes = Array(path.utf8)
        var segments: [String] = []
        guard bytes.count > skipped else { return segments }
        var start = skipped + 1
        var needsDecoding = false
        for position in (skipped + 1)...bytes.count {
            if position == bytes.count || bytes[position] == UInt8(ascii: "/") {
                let text = String(decoding: bytes[start..<position], as: UTF8.self)
                segments.append(needsDecoding ? PercentCoding.decode(text) : text)
                start = position + 1
                needsDecoding = false
            } else if bytes[position] == UInt8(ascii: "%") {
                needsDecoding = true
            }
        }
        return segments
    }
}
