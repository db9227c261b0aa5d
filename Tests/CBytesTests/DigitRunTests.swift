import CBytes
import PropertySupport
import Testing

/// What is found 64 bytes at a time is what is found one by one.
@Suite struct DigitRunTests {
    @Test(arguments: PropertySeeds.few)
    func runsOfDigits(seed: UInt64) {
        var random = TestRandom(seed: seed)
        // Runs of about the length that counts, with one of its neighbours in the table of characters between them.
        let parts = Array("0123456789 -".utf8)
        let others = Array("/:,.!\"x\u{1F}\0".utf8) + [0x80, 0xFF, 0xB0]
        for _ in 0..<400 {
            var bytes: [UInt8] = []
            let count = random.below(300)
            while bytes.count < count {
                for _ in 0..<(random.below(4) == 0 ? random.below(90) : 11 + random.below(4)) {
                    bytes.append(parts[random.below(parts.count)])
                }
                for _ in 0..<(1 + random.below(random.below(4) == 0 ? 90 : 3)) {
                    bytes.append(others[random.below(others.count)])
                }
            }
            bytes.removeLast(bytes.count - count)
            for start in [0, random.below(count + 1), count] {
                #expect(
                    found(in: bytes, from: start) == expected(in: bytes, from: start), "seed \(seed): \(bytes) \(start)"
                )
            }
        }
    }

    @Test func everyByte() {
        for byte in UInt8.min...UInt8.max {
            let isPart = Array("0123456789 -".utf8).contains(byte)
            let bytes = [UInt8](repeating: byte, count: 13)
            #expect(found(in: bytes, from: 0) == (isPart ? 0..<13 : 13..<13), "\(byte)")
        }
    }

    private func found(in bytes: [UInt8], from start: Int) -> Range<Int> {
        // In memory of just this length, so that the address sanitizer sees whoever reads behind its end.
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        defer { copy.deallocate() }
        _ = copy.initialize(from: bytes)
        let run = bytes_digit_run(copy.baseAddress, bytes.count, start)
        return Int(run.lower)..<Int(run.upper)
    }

    private func expected(in bytes: [UInt8], from start: Int) -> Range<Int> {
        let parts = Set("0123456789 -".utf8)
        var position = start
        while position < bytes.count {
            let end = bytes[position...].firstIndex { !parts.contains($0) } ?? bytes.count
            if end - position >= 13 { return position..<end }
            position = end + 1
        }
        return bytes.count..<bytes.count
    }
}
