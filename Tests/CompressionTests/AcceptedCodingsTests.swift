import Compression
import Testing

@Suite("Accept-Encoding")
struct AcceptedCodingsTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let field: String
        let preferred: ContentCoding?
        var testDescription: String { "'\(field)'" }

        init(_ field: String, _ preferred: ContentCoding?) {
            self.field = field
            self.preferred = preferred
        }
    }

    @Test(arguments: [
        Row("", nil), Row("gzip", .gzip), Row("deflate", .deflate), Row("GZIP", .gzip), Row("x-gzip", .gzip),
        Row("deflate, gzip", .gzip), Row("gzip;q=0.5, deflate", .deflate), Row("gzip;q=0", nil),
        Row("gzip;q=0.0, deflate;q=0.001", .deflate), Row("*", .gzip), Row("gzip;q=0, *", .deflate),
        Row("*;q=0", nil), Row("identity", nil), Row("identity;q=0, gzip;q=0.2", .gzip),
        Row("identity, gzip;q=0.9", nil), Row("identity, gzip", .gzip), Row("br, zstd", nil),
        Row("br;q=1.0, gzip;q=0.8, *;q=0.1", .gzip), Row(" gzip ; q=0.4 ", .gzip), Row("gzip;q=2", nil),
        Row("gzip;q=0.1234", nil), Row("gzip;q=", nil), Row("gzip;q=x", nil), Row("gzip;level=9", nil),
        Row("gzip;q=1.001", nil), Row("gzip;Q=0.5", .gzip), Row(",,gzip,", .gzip), Row("gzipped", nil),
    ])
    func preferred(_ row: Row) { #expect(AcceptedCodings(row.field).preferred == row.preferred) }
}
