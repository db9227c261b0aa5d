import CZlib

/// Why content could not be decoded.
package enum InflationFault: Error, Hashable, Sendable {
    /// It is not what its coding says, it ends too early, or something stands behind its end.
    case malformed
    /// Decoded, it would be longer than the limit. No more than the limit was ever in memory.
    case tooLong
    /// The library could not get memory.
    case outOfMemory
}

/// Undoes a content coding, with a limit to what may come out: a few bytes can stand for a thousand times as many.
package enum Inflation {
    private static let pieceBytes = 16_384

    /// - Parameter limit: bytes of the decoded content.
    package static func inflate(
        _ content: [UInt8], _ coding: ContentCoding, limit: Int
    ) throws(InflationFault) -> [UInt8] {
        let isBare = coding == .deflate && !hasZlibHeader(content)
        var stream = z_stream()
        guard understudy_inflate_init(&stream, isBare ? -15 : coding.windowBits) == Z_OK else {
            throw .outOfMemory
        }
        defer { inflateEnd(&stream) }
        var decoded: [UInt8] = []
        let fault = content.withUnsafeBufferPointer { input in
            run(&stream, input, coding, limit, into: &decoded)
        }
        if let fault { throw fault }
        return decoded
    }

    private static func run(
        _ stream: inout z_stream, _ input: UnsafeBufferPointer<UInt8>, _ coding: ContentCoding, _ limit: Int,
        into decoded: inout [UInt8]
    ) -> InflationFault? {
        // zlib reads through this pointer and never writes: the mutability is that of an old C interface.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(clamping: input.count)
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let (status, count) = step(&stream, &piece)
            guard decoded.count + count <= limit else { return .tooLong }
            decoded.append(contentsOf: piece[..<count])
            switch status {
            case Z_OK: continue
            case Z_STREAM_END:
                if stream.avail_in == 0 { return nil }
                // A gzip file may have several members (RFC 1952 §2.2).
                guard coding == .gzip, inflateReset(&stream) == Z_OK else { return .malformed }
            case Z_MEM_ERROR: return .outOfMemory
            default: return .malformed  // also Z_BUF_ERROR: there is no more input, and no end
            }
        }
    }

    /// - Returns: zlib's status, and how many bytes it has written.
    private static func step(_ stream: inout z_stream, _ piece: inout [UInt8]) -> (status: Int32, count: Int) {
        piece.withUnsafeMutableBufferPointer { output in
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(clamping: output.count)
            let status = CZlib.inflate(&stream, Z_NO_FLUSH)
            return (status, output.count - Int(stream.avail_out))
        }
    }

    /// RFC 1950 §2.2: method 8, a window of at most 32 KiB, and a number that 31 divides.
    private static func hasZlibHeader(_ content: [UInt8]) -> Bool {
        guard content.count >= 2 else { return true }
        return content[0] & 0x0F == 8 && content[0] >> 4 <= 7 && (Int(content[0]) << 8 | Int(content[1])) % 31 == 0
    }
}
