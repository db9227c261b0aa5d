import CSV

/// A table of a scenario as read, with the places of its cells; `#` lines may stand before the header.
struct ScenarioTable {
    typealias Cell = CSVTable.Cell

    let file: SourceFile
    private let table: CSVTable
    /// The rows that can be used.
    private let rows: [CSVTable.Row]

    init(_ file: SourceFile, limits: ScenarioLimits) {
        self.file = file
        var rules = CSVRules(
            bytes: limits.csvBytes, rows: limits.csvRows, columns: limits.csvColumns, faults: DiagnosticSink.limit)
        rules.allowsComments = true
        table = CSVReader.read(file.bytes, rules)
        rows = table.rows.filter { $0.fault == nil }
    }

    var header: [Cell] { table.header }
    var rowCount: Int { rows.count }
    var faults: [Diagnostic] {
        table.faults.map { fault in
            Diagnostic(
                .error, at: Place(file: file, line: fault.line, column: fault.column, length: 1), fault.reason)
        }
    }

    func row(_ number: Int) -> ArraySlice<Cell> { table.cells(of: rows[number]) }

    func text(_ cell: Cell) -> String { table.text(cell) }

    func place(_ cell: Cell) -> Place {
        Place(file: file, line: Int(cell.line), column: Int(cell.column), length: table.width(cell))
    }

    func equals(_ cell: Cell, _ word: [UInt8]) -> Bool {
        Int(cell.end - cell.start) == word.count && file.bytes[Int(cell.start)..<Int(cell.end)].elementsEqual(word)
    }
}
