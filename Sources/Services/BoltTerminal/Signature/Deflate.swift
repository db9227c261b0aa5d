/// Compression of line drawings (RFC 1951): one block with the fixed codes, and repetitions of the byte or of the row
/// before, which is nearly all that such an image is made of.
struct Deflate {
    private var output: [UInt8] = []
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0

    private static let longestMatch = 258
    private static let shortestMatch = 3
    /// Smallest length and extra bits of the codes from 257 on (RFC 1951 §3.2.5).
    private static let lengths: [(base: Int, extra: UInt32)] = [
        (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2),
        (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5),
        (163, 5), (195, 5), (227, 5), (258, 0),
    ]
    private static let distances: [(base: Int, extra: UInt32)] = [
        (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4), (65, 5),
        (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9), (2049, 10),
        (3073, 10), (4097, 11), (6145, 11), (8193, 12), (12_289, 12), (16_385, 13), (24_577, 13),
    ]

    static func bytes(_ input: [UInt8], rowDistance: Int) -> [UInt8] {
        var writer = Deflate()
        writer.write(1, 1)
        writer.write(1, 2)
        var position = 0
        while position < input.count {
            let candidates = [1, rowDistance].filter { $0 > 0 && $0 <= min(position, 32_768) }
            let best = candidates.map { (distance: $0, length: matchLength(input, position, $0)) }
                .max { $0.length < $1.length }
            if let best, best.length >= shortestMatch {
                writer.match(best.length, best.distance)
                position += best.length
            } else {
                writer.symbol(Int(input[position]))
                position += 1
            }
        }
        writer.symbol(256)
        return writer.finish()
    }

    private static func matchLength(_ input: [UInt8], _ position: Int, _ distance: Int) -> Int {
        var length = 0
        while length < longestMatch, position + length < input.count,
            input[position + length] == input[position + length - distance]
        {
            length += 1
        }
        return length
    }

    private mutating func match(_ length: Int, _ distance: Int) {
        let code = Self.lengths.lastIndex { $0.base <= length } ?? 0
        symbol(257 + code)
        write(UInt32(length - Self.lengths[code].base), Self.lengths[code].extra)
        let place = Self.distances.lastIndex { $0.base <= distance } ?? 0
        code5(UInt32(place))
        write(UInt32(distance - Self.distances[place].base), Self.distances[place].extra)
    }

    /// The fixed codes of RFC 1951 §3.2.6, most significant bit first.
    private mutating func symbol(_ symbol: Int) {
        let value = UInt32(symbol)
        switch symbol {
        case ..<144: reversed(0x30 + value, 8)
        case ..<256: reversed(0x190 + value - 144, 9)
        case ..<280: reversed(value - 256, 7)
        default: reversed(0xC0 + value - 280, 8)
        }
    }

    private mutating func code5(_ value: UInt32) { reversed(value, 5) }

    private mutating func reversed(_ value: UInt32, _ count: UInt32) {
        for place in (0..<count).reversed() { write(value >> place & 1, 1) }
    }

    private mutating func write(_ value: UInt32, _ count: UInt32) {
        bits |= value << bitCount
        bitCount += count
        while bitCount >= 8 {
            output.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }

    private consuming func finish() -> [UInt8] {
        var output = output
        if bitCount > 0 { output.append(UInt8(truncatingIfNeeded: bits)) }
        return output
    }
}
