/// A baseline JPEG (ITU-T T.81) with three components, as devices send it. The drawing is grey, so the two colour
/// components are the same everywhere and cost two bits a block each.
struct JPEGFile {
    private var output: [UInt8] = []
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0

    static func bytes(_ drawing: SignatureDrawing) -> [UInt8] {
        var file = JPEGFile()
        file.writeHead(drawing)
        var previous = 0
        for top in stride(from: 0, to: drawing.height, by: 8) {
            for left in stride(from: 0, to: drawing.width, by: 8) {
                let block = JPEGTransform.quantized(samples(drawing, left, top))
                file.write(block, previous)
                previous = block[0]
                // Blue and red differences of grey: no change of the mean, nothing else.
                file.writeEmptyBlock()
                file.writeEmptyBlock()
            }
        }
        file.flush()
        file.output += [0xFF, 0xD9]
        return file.output
    }

    /// 64 samples around zero; beyond the edges the last row and column are repeated.
    private static func samples(_ drawing: SignatureDrawing, _ left: Int, _ top: Int) -> [Int] {
        (0..<64).map { place in
            let x = min(left + place % 8, drawing.width - 1)
            let y = min(top + place / 8, drawing.height - 1)
            return drawing.isBlack(x, y) ? -128 : 127
        }
    }

    // MARK: - Segments

    private mutating func writeHead(_ drawing: SignatureDrawing) {
        output = [0xFF, 0xD8]
        segment(0xE0, Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
        segment(0xDB, [0] + JPEGTransform.zigzag.map { UInt8(JPEGTransform.quantization[$0]) })
        var frame: [UInt8] = [8]
        frame.append(big: drawing.height, 2)
        frame.append(big: drawing.width, 2)
        frame += [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
        segment(0xC0, frame)
        segment(0xC4, [0x00] + JPEGCodes.directCounts + JPEGCodes.directValues)
        segment(0xC4, [0x10] + JPEGCodes.alternatingCounts + JPEGCodes.alternatingValues)
        segment(0xDA, [3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0])
    }

    private mutating func segment(_ marker: UInt8, _ content: [UInt8]) {
        output += [0xFF, marker]
        output.append(big: content.count + 2, 2)
        output += content
    }

    // MARK: - Blocks

    private mutating func write(_ block: [Int], _ previous: Int) {
        writeNumber(block[0] - previous, run: 0, JPEGCodes.direct)
        var run = 0
        for place in 1..<64 {
            let value = block[JPEGTransform.zigzag[place]]
            if value == 0 {
                run += 1
                continue
            }
            while run > 15 {
                writeCode(JPEGCodes.alternating[0xF0])
                run -= 16
            }
            writeNumber(value, run: run, JPEGCodes.alternating)
            run = 0
        }
        if run > 0 { writeCode(JPEGCodes.alternating[0]) }
    }

    private mutating func writeEmptyBlock() {
        writeCode(JPEGCodes.direct[0])
        writeCode(JPEGCodes.alternating[0])
    }

    /// The code of run and size, then the number itself; negative ones in ones' complement (T.81 §F.1.2).
    private mutating func writeNumber(_ value: Int, run: Int, _ codes: [JPEGCodes.Code]) {
        let size = Int.bitWidth - abs(value).leadingZeroBitCount
        writeCode(codes[run << 4 | size])
        guard size > 0 else { return }
        let written = value > 0 ? value : value + (1 << size) - 1
        writeBits(UInt32(written), UInt32(size))
    }

    private mutating func writeCode(_ code: JPEGCodes.Code) { writeBits(code.bits, code.length) }

    private mutating func writeBits(_ value: UInt32, _ count: UInt32) {
        bits = bits << count | value
        bitCount += count
        while bitCount >= 8 {
            bitCount -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> bitCount)
            output.append(byte)
            // A zero behind it says that this is no marker.
            if byte == 0xFF { output.append(0) }
        }
        bits &= (1 << bitCount) - 1
    }

    private mutating func flush() {
        if bitCount > 0 { writeBits((1 << (8 - bitCount)) - 1, 8 - bitCount) }
    }
}
