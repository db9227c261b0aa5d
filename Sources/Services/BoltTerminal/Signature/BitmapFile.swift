/// Windows bitmaps: rows from the bottom, padded to four bytes.
enum BitmapFile {
    static func rowBytes(_ width: Int, _ isColoured: Bool) -> Int {
        ((isColoured ? width * 3 : (width + 7) / 8) + 3) / 4 * 4
    }

    static func bytes(_ drawing: SignatureDrawing, isColoured: Bool) -> [UInt8] {
        let row = rowBytes(drawing.width, isColoured)
        let paletteBytes = isColoured ? 0 : 8
        let start = 14 + 40 + paletteBytes
        var file: [UInt8] = [UInt8(ascii: "B"), UInt8(ascii: "M")]
        file.append(little: start + row * drawing.height, 4)
        file.append(little: 0, 4)
        file.append(little: start, 4)
        file.append(little: 40, 4)
        file.append(little: drawing.width, 4)
        file.append(little: drawing.height, 4)
        file.append(little: 1, 2)
        file.append(little: isColoured ? 24 : 1, 2)
        for value in [0, row * drawing.height, 2835, 2835, isColoured ? 0 : 2, 0] { file.append(little: value, 4) }
        if !isColoured { file += [0, 0, 0, 0, 255, 255, 255, 0] }
        for y in stride(from: drawing.height - 1, through: 0, by: -1) {
            let begin = file.count
            if isColoured {
                for x in 0..<drawing.width { file += [UInt8](repeating: drawing.isBlack(x, y) ? 0 : 255, count: 3) }
            } else {
                file += PackedRow.bytes(drawing, y)
            }
            file += [UInt8](repeating: 0, count: row - (file.count - begin))
        }
        return file
    }
}

/// A row with one bit for each dot, white set.
enum PackedRow {
    static func bytes(_ drawing: SignatureDrawing, _ y: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (drawing.width + 7) / 8)
        for x in 0..<drawing.width where !drawing.isBlack(x, y) { bytes[x / 8] |= 0x80 >> UInt8(x % 8) }
        return bytes
    }
}

extension [UInt8] {
    mutating func append(little value: Int, _ count: Int) {
        for place in 0..<count { append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }

    mutating func append(big value: Int, _ count: Int) {
        for place in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
}
