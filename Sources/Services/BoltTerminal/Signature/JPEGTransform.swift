/// The cosine transform of a block, in whole numbers.
enum JPEGTransform {
    /// Places of a block in the order in which they are written (T.81 figure 5).
    static let zigzag: [Int] = [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21,
        28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61,
        54, 47, 55, 62, 63,
    ]

    /// T.81 table K.1.
    static let quantization: [Int] = [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ]

    /// cos(n·π/16), times 4096.
    private static let cosines = [4096, 4017, 3784, 3406, 2896, 2276, 1567, 799, 0]

    /// cos((2x+1)·u·π/16), times 4096.
    private static func cosine(_ x: Int, _ u: Int) -> Int {
        let angle = (2 * x + 1) * u % 32
        switch angle {
        case 0...8: return cosines[angle]
        case 9...16: return -cosines[16 - angle]
        case 17...24: return -cosines[angle - 16]
        default: return cosines[32 - angle]
        }
    }

    private static let basis: [Int] = (0..<64).map { place in
        // Row u, column x; the first row has the factor 1/√2.
        let value = cosine(place % 8, place / 8)
        return place / 8 == 0 ? value * 2896 / 4096 : value
    }

    /// Coefficients, divided by the table and rounded.
    static func quantized(_ samples: [Int]) -> [Int] {
        var rows = [Int](repeating: 0, count: 64)
        for y in 0..<8 {
            for u in 0..<8 {
                rows[y * 8 + u] = (0..<8).reduce(0) { $0 + samples[y * 8 + $1] * basis[u * 8 + $1] }
            }
        }
        return (0..<64).map { place in
            let (v, u) = (place / 8, place % 8)
            let sum = (0..<8).reduce(0) { $0 + rows[$1 * 8 + u] * basis[v * 8 + $1] }
            // A quarter of the double sum, without the two factors 4096.
            let divisor = quantization[place] * 4 * 4096 * 4096
            return (2 * abs(sum) + divisor) / (2 * divisor) * sum.signum()
        }
    }
}

/// The codes of T.81 tables K.3 and K.5.
enum JPEGCodes {
    struct Code {
        var bits: UInt32 = 0
        var length: UInt32 = 0
    }

    static let directCounts: [UInt8] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    static let directValues: [UInt8] = Array(0...11)
    static let alternatingCounts: [UInt8] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125]
    static let alternatingValues: [UInt8] = [
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
        0x14,
        0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72, 0x82,
        0x09,
        0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39,
        0x3A,
        0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0x63, 0x64,
        0x65,
        0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83, 0x84, 0x85, 0x86, 0x87,
        0x88,
        0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8,
        0xA9,
        0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9,
        0xCA,
        0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9,
        0xEA,
        0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
    ]

    static let direct = codes(directCounts, directValues)
    static let alternating = codes(alternatingCounts, alternatingValues)

    /// T.81 annex C: codes of one length follow each other.
    private static func codes(_ counts: [UInt8], _ values: [UInt8]) -> [Code] {
        var codes = [Code](repeating: Code(), count: 256)
        var next: UInt32 = 0
        var position = 0
        for (index, count) in counts.enumerated() {
            for _ in 0..<count {
                codes[Int(values[position])] = Code(bits: next, length: UInt32(index + 1))
                next += 1
                position += 1
            }
            next <<= 1
        }
        return codes
    }
}
