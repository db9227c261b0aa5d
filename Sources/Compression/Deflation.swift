import CZlib

/// Applies a content coding.
package enum Deflation {
    /// zlib's usual balance of time and size.
    private static let level: Int32 = 6

    /// - Returns: nil when the library could not get memory; the content can then be sent as it is.
    package static func deflate(_ content: [UInt8], _ coding: ContentCoding) -> [UInt8]? {
        var stream = z_stream()
        guard understudy_deflate_init(&stream, level, coding.windowBits) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // Enough for one call, whatever the content.
        let room = Int(deflateBound(&stream, UInt(content.count)))
        var status = Z_MEM_ERROR
        let coded = content.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: room) { output, count in
                // zlib reads through this pointer and never writes: the mutability is that of an old C interface.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(clamping: output.count)
                status = CZlib.deflate(&stream, Z_FINISH)
                count = output.count - Int(stream.avail_out)
            }
        }
        return status == Z_STREAM_END ? coded : nil
    }
}
