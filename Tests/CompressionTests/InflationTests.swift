import Compression
import PropertySupport
import Testing

@Suite("Content codings")
struct InflationTests {
    @Test("what was coded is decoded", arguments: PropertySeeds.few)
    func roundTrip(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<60 {
            let length = random.below(40) == 0 ? 200_000 : random.below(3_000)
            // Few different bytes compress well, many do not.
            let alphabet = random.below(256) + 1
            let content = (0..<length).map { _ in UInt8(random.below(alphabet)) }
            for coding in ContentCoding.allCases {
                let coded = try #require(Deflation.deflate(content, coding))
                #expect(try Inflation.inflate(coded, coding, limit: length) == content, "seed \(seed)")
                guard length > 0 else { continue }
                #expect(throws: InflationFault.tooLong) {
                    try Inflation.inflate(coded, coding, limit: length - 1)
                }
            }
        }
    }

    @Test("a bomb is stopped at the limit", arguments: ContentCoding.allCases)
    func bomb(coding: ContentCoding) throws {
        let coded = try #require(Deflation.deflate([UInt8](repeating: 0, count: 50_000_000), coding))
        #expect(coded.count < 60_000)
        #expect(throws: InflationFault.tooLong) { try Inflation.inflate(coded, coding, limit: 4_194_304) }
    }

    /// `hello` of other programs.
    static let gzip: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0,
    ]
    static let zlib: [UInt8] = [0x78, 0x9C, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 6, 0x2C, 2, 0x15]
    static let bare: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0]

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let coding: ContentCoding
        /// Nil: malformed.
        let text: String?
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ coding: ContentCoding, _ text: String?) {
            self.name = name
            self.bytes = bytes
            self.coding = coding
            self.text = text
        }
    }

    @Test(
        "formats",
        arguments: [
            Row("gzip", gzip, .gzip, "hello"), Row("two members", gzip + gzip, .gzip, "hellohello"),
            Row("zlib", zlib, .deflate, "hello"), Row("bare deflate", bare, .deflate, "hello"),
            Row("gzip called deflate", gzip, .deflate, nil), Row("zlib called gzip", zlib, .gzip, nil),
            Row("nothing", [], .gzip, nil), Row("nothing as deflate", [], .deflate, nil),
            Row("one byte", [0x1F], .gzip, nil), Row("head of gzip alone", Array(gzip.prefix(10)), .gzip, nil),
            Row("last byte missing", gzip.dropLast(), .gzip, nil),
            Row("zlib without its end", zlib.dropLast(), .deflate, nil),
            Row("a byte too many", gzip + [0], .gzip, nil),
            Row("a byte too many behind zlib", zlib + [0], .deflate, nil),
            Row("wrong checksum", Array(gzip.prefix(17)) + [0] + gzip.suffix(7), .gzip, nil),
            Row("half of a second member", gzip + gzip.prefix(12), .gzip, nil),
            Row("text", Array("{\"a\":1}".utf8), .gzip, nil),
        ])
    func formats(_ row: Row) throws {
        guard let text = row.text else {
            #expect(throws: InflationFault.malformed) {
                try Inflation.inflate(row.bytes, row.coding, limit: 1_000)
            }
            return
        }
        #expect(try Inflation.inflate(row.bytes, row.coding, limit: 1_000) == Array(text.utf8))
    }

    @Test("damaged content is never decoded to something else", arguments: PropertySeeds.few)
    func damage(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let content = (0..<2_000).map { _ in UInt8(random.below(20)) }
        let coded = try #require(Deflation.deflate(content, .gzip))
        for _ in 0..<300 {
            var damaged = coded
            damaged[random.below(coded.count)] ^= UInt8(1 + random.below(255))
            do throws(InflationFault) {
                let decoded = try Inflation.inflate(damaged, .gzip, limit: 100_000)
                // Bytes of the head that mean nothing to us: time, system, level of compression.
                #expect(decoded == content, "seed \(seed)")
            } catch {
                #expect(error == .malformed || error == .tooLong, "seed \(seed)")
            }
        }
    }
}
