import Payments

/// Looking at texts as bytes in a row. The collection operations on `String.UTF8View` cost some hundred times more, and
/// every request passes here.
extension Substring {
    /// Whether the text begins with another one.
    package func begins(with prefix: StaticString) -> Bool {
        withBytes { $0.begins(with: prefix) }
    }

    /// The path is this one, or begins with it and a slash.
    package func isBelow(_ base: StaticString) -> Bool {
        withBytes { bytes in
            let count = base.utf8CodeUnitCount
            return bytes.begins(with: base) && (bytes.count == count || bytes[count] == UInt8(ascii: "/"))
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    func begins(with prefix: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        return count >= wanted.count && UnsafeBufferPointer(rebasing: self[..<wanted.count]).isSame(as: wanted)
    }
}

/// Splits paths at their slashes.
enum PathSegments {
    /// The decoded segments behind the first `skipped` bytes; an empty one where two slashes follow each other.
    static func split(_ path: Substring, skipping skipped: Int) -> [String] {
        path.withBytes { split($0, skipping: skipped) }
    }

    private static func split(_ bytes: UnsafeBufferPointer<UInt8>, skipping skipped: Int) -> [String] {
        var segments: [String] = []
        guard bytes.count > skipped else { return segments }
        var start = skipped + 1
        var needsDecoding = false
        for position in (skipped + 1)...bytes.count {
            if position == bytes.count || bytes[position] == UInt8(ascii: "/") {
                let text = String(
                    decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
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
