import HTTP
import JSON
import Processor
import Testing

@testable import BoltTerminal

/// The images of signatures are what their format says.
struct SignatureTests {
    private static let model = TerminalModel(name: "pad", family: .ingenico, screenWidth: 480, screenHeight: 272)

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let members: JSONObject
        /// The beginning of the text.
        let begins: String

        init(_ name: String, _ members: JSONObject, begins: String) {
            testDescription = name
            self.members = members
            self.begins = begins
        }
    }

    @Test(arguments: [
        Row("a zipped bitmap", [:], begins: "H4sI"),
        Row("a bitmap", ["gzipSignature": false], begins: "Qk"),
        Row("a PNG", ["gzipSignature": "false", "signatureFormat": "PNG"], begins: "iVBORw0KGgo"),
        Row("a JPEG", ["gzipSignature": false, "signatureFormat": "jpg"], begins: "/9j/4AAQSkZJRg"),
    ])
    func format(_ row: Row) throws {
        let form = try SignatureForm(BoltFields(row.members, .init()))
        let text = form.text(for: Self.model)
        #expect(text.hasPrefix(row.begins))
        #expect(text.utf8.count <= 6144, "what the gateway's field takes")
    }

    @Test func sizeIsThatOfTheRequest() throws {
        let form = try SignatureForm(BoltFields(["signatureDimensions": "16,4", "gzipSignature": false], .init()))
        // Two bytes a row, padded to four: 62 bytes of heads and four rows.
        #expect(form.text(for: Self.model).utf8.count == (62 + 16 + 2) / 3 * 4)
    }

    @Test(arguments: ["signatureDimensions", "signatureFormat", "signatureImageType", "gzipSignature"])
    func nonsenseIsRefused(_ member: String) {
        #expect(throws: BoltFault.self) {
            try SignatureForm(BoltFields(JSONObject(pairs: [(member, "nonsense")]), .init()))
        }
    }
}
