/// A gzip file (RFC 1952) without name and time, so that equal images give equal bytes.
enum GzipFile {
    static func bytes(_ content: [UInt8], rowDistance: Int) -> [UInt8] {
        var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0]
        file += Deflate.bytes(content, rowDistance: rowDistance)
        file.append(little: Int(Checksum.crc32(content)), 4)
        file.append(little: content.count, 4)
        return file
    }
}

/// A PNG file (ISO/IEC 15948): one bit of grey for each dot, or eight of each colour.
enum PNGFile {
    static func bytes(_ drawing: SignatureDrawing, isColoured: Bool) -> [UInt8] {
        var header: [UInt8] = []
        header.append(big: drawing.width, 4)
        header.append(big: drawing.height, 4)
        header += [isColoured ? 8 : 1, isColoured ? 2 : 0, 0, 0, 0]
        var rows: [UInt8] = []
        for y in 0..<drawing.height {
            rows.append(0)
            if isColoured {
                for x in 0..<drawing.width { rows += [UInt8](repeating: drawing.isBlack(x, y) ? 0 : 255, count: 3) }
            } else {
                rows += PackedRow.bytes(drawing, y)
            }
        }
        let rowBytes = 1 + (isColoured ? drawing.width * 3 : (drawing.width + 7) / 8)
        var data: [UInt8] = [0x78, 0x01]
        data += Deflate.bytes(rows, rowDistance: rowBytes)
        data.append(big: Int(Checksum.adler32(rows)), 4)
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", data)
            + chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        var chunk: [UInt8] = []
        chunk.append(big: data.count, 4)
        let named = Array(type.utf8) + data
        chunk += named
        chunk.append(big: Int(Checksum.crc32(named)), 4)
        return chunk
    }
}

/// The checksums of gzip and zlib.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
