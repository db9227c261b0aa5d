import Payments
import Processor

/// The section `updater`: how the account updater of the test environment answers.
enum UpdaterSection {
    static let section = Section<UpdaterSettings>(
        "the account updater",
        [
            Field("processors", .oneOrMany(of: .anyProcessor), "where it is emulated") { names, _, settings, _ in
                settings.processors = Set(names)
            },
            Field("firstAfter", \.firstAfter, .duration, "from enrolment to the first update"),
            Field("every", \.every, .duration, "from one update to the next"),
            Field("outcomes", .tables, "tables of which accounts get which update; others by chance") {
                files, _, settings, reading in settings.outcomes = AccountChangeRow.read(files, reading)
            },
            Field(
                "expiries", \.expiries, .list(of: .digits(8...8, "a date YYYYMMDD")), "expiries that come, by chance"),
            Field("pageSize", \.pageSize, .integer(1...10_000), "updates on one page"),
            Field(
                "mostEnrolledAtOnce", \.mostEnrolledAtOnce, .integer(1...100_000), "accounts in one request to enrol"),
            Field(
                "mostRemovedAtOnce", \.mostRemovedAtOnce, .integer(1...100_000), "accounts in one request to remove"),
        ])
}

/// A row of a table of updates.
struct AccountChangeRow: PlacedRow, Sendable {
    var lastFour = ""
    var change = AccountChange.nothing
    var place: Place

    static let table = Table<AccountChangeRow>(
        "a table of account updates",
        [
            Column(
                "lastFour", Reader<String>.digits(4...4, "the last four digits"), required: true,
                "the last four digits of the account"
            ) { $1.lastFour = $0 },
            Column("change", .choice("change"), required: true, "what the card network says") { $1.change = $0 },
        ],
        make: { AccountChangeRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> AccountChangeTable {
        AccountChangeTable(
            reading.rows(of: files, table, key: \.lastFour, "these digits").map {
                AccountChangeTable.Row(lastFour: $0.lastFour, change: $0.change, source: $0.place.sourceLine)
            })
    }
}
