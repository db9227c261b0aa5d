import Payments
import Processor

/// What requests may hold, and what answers show of a merchant.
enum MemberSections {
    static let receipt = Section<ReceiptHead>(
        "a receipt",
        [
            Field("dba", \.name, .text, "the name of the business"),
            Field("address1", \.address1, .text, "first line of the address"),
            Field("address2", \.address2, .text, "second line of the address"),
            Field("phone", \.phone, .text, "the telephone number"),
            Field("header", \.header, .text, "what stands on top"),
            Field("footer", \.footer, .text, "what stands at the bottom"),
        ])

    /// The switches of the gateway about members of requests.
    static let switches: [Field<GatewaySettings>] = [
        Field("members", .tables, "tables of what members may hold, and how long") { files, _, settings, reading in
            settings.members = MemberRow.read(files, reading)
        },
        Field("longMembers", \.longMembers, .choice("treatment"), "what happens to texts that are longer than that"),
        Field(
            "mistypedMembers", \.mistypedMembers, .choice("treatment"),
            "what happens to optional members of another kind"),
        Field("userFieldsForm", \.userFieldsForm, .choice("form"), "how answers repeat userfields"),
        Field(
            "repeatsUserFieldsAtOnce", \.repeatsUserFieldsAtOnce, .flag,
            "also the answer to the authorization repeats them"),
    ]
}

/// A row of a table of members.
struct MemberRow: PlacedRow, Sendable {
    var name = ""
    var kind = MemberTable.Kind.text
    var longest: Int?
    var place: Place

    static let table = Table<MemberRow>(
        "a table of members",
        [
            Column(text: "member", required: true, "its name; within a list as list[].name") { $1.name = $0 },
            Column("kind", .choice("kind of member"), "text, unless it is a list") { $1.kind = $0 },
            Column("length", .integer(1...1_000_000), "the longest text, or the bytes of a list") { $1.longest = $0 },
        ],
        make: { MemberRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> MemberTable {
        MemberTable(
            reading.rows(of: files, table, key: \.name, "this member").map {
                MemberTable.Row(name: $0.name, kind: $0.kind, longest: $0.longest)
            })
    }
}
