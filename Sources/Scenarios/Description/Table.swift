import CSV

/// The description of one kind of CSV table: its columns, and how a row gets into the model.
struct Table<Row>: Sendable {
    let title: String
    let columns: [Column<Row>]
    let make: @Sendable (Place) -> Row

    init(_ title: String, _ columns: [Column<Row>], make: @escaping @Sendable (Place) -> Row) {
        self.title = title
        self.columns = columns + provenance()
        self.make = make
    }

    var shape: SectionShape {
        SectionShape(
            title: title,
            members: columns.map {
                SectionShape.Member(
                    key: $0.name, summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape)
            })
    }

    /// All rows that can be read; what is wrong with the others is reported.
    func read(_ file: SourceFile, _ reading: Reading) -> [Row] {
        let table = ScenarioTable(file, limits: reading.limits)
        for fault in table.faults { reading.report(fault) }
        guard let order = columnOrder(table, reading) else { return [] }
        var rows: [Row] = []
        rows.reserveCapacity(table.rowCount)
        for number in 0..<table.rowCount {
            if let row = readRow(table, number, order, reading) { rows.append(row) }
        }
        return rows
    }

    private func readRow(
        _ table: ScenarioTable, _ number: Int, _ order: [(position: Int, column: Column<Row>)], _ reading: Reading
    ) -> Row? {
        let cells = table.row(number)
        guard let first = cells.first else { return nil }
        var row = make(Place(file: table.file, line: Int(first.line), column: Int(first.column), length: 1))
        var isComplete = true
        for (position, column) in order {
            let cell = cells[cells.startIndex + position]
            if cell.isEmpty {
                guard column.isRequired else { continue }
                reading.report(.error, at: table.place(cell), "the column '\(column.name)' needs a value")
                isComplete = false
            } else if !column.read(table, cell, &row, reading), column.isRequired {
                isComplete = false
            }
        }
        return isComplete ? row : nil
    }

    /// Which described column stands at which position; nil when a required one is missing.
    private func columnOrder(
        _ table: ScenarioTable, _ reading: Reading
    ) -> [(position: Int, column: Column<Row>)]? {
        var order: [(position: Int, column: Column<Row>)] = []
        var names: [String] = []
        for (position, cell) in table.header.enumerated() {
            let name = table.text(cell)
            if names.contains(name) {
                reading.report(.error, at: table.place(cell), "the column \(Quoting.quote(name)) stands here twice")
            } else if let column = columns.first(where: { $0.name == name }) {
                if !column.isIgnored { order.append((position, column)) }
            } else {
                let unused = columns.map(\.name).filter { candidate in
                    !table.header.contains { table.text($0) == candidate }
                }
                reading.unknown("column", name, at: table.place(cell), among: unused, suffix: " of \(title)")
            }
            names.append(name)
        }
        let missing = columns.filter { $0.isRequired && !names.contains($0.name) }
        let start = table.header.first.map { table.place($0) }
        for column in missing {
            reading.report(
                .error, at: start ?? Place(file: table.file, line: 1, column: 1, length: 1),
                "\(title) needs the column '\(column.name)': \(column.summary)")
        }
        return missing.isEmpty ? order : nil
    }
}

/// One column of a table.
struct Column<Row>: Sendable {
    let name: String
    let summary: String
    let shape: Shape
    let isRequired: Bool
    /// For people only; cells are not looked at.
    let isIgnored: Bool
    let read: @Sendable (ScenarioTable, ScenarioTable.Cell, inout Row, Reading) -> Bool

    /// A column whose cells are read like scalars of a YAML file.
    init<Value>(
        _ name: String, _ reader: Reader<Value>, required isRequired: Bool = false, _ summary: String,
        store: @escaping @Sendable (Value, inout Row) -> Void
    ) {
        self.name = name
        self.summary = summary
        self.isRequired = isRequired
        isIgnored = false
        shape = reader.shape
        let read = reader.read
        self.read = { table, cell, row, reading in
            let node = YAMLNode(.scalar(table.text(cell), isPlain: false), at: table.place(cell))
            guard let value = read(node, reading) else { return false }
            store(value, &row)
            return true
        }
    }

    /// A column whose text is taken as it is.
    init(
        text name: String, required isRequired: Bool = false, _ summary: String,
        store: @escaping @Sendable (String, inout Row) -> Void
    ) {
        self.name = name
        self.summary = summary
        self.isRequired = isRequired
        isIgnored = false
        shape = .text("any text")
        read = { table, cell, row, _ in
            store(table.text(cell), &row)
            return true
        }
    }

    /// A column for people.
    init(ignored name: String, _ summary: String) {
        self.name = name
        self.summary = summary
        isRequired = false
        isIgnored = true
        shape = .text("any text")
        read = { _, _, _, _ in true }
    }

    /// A column for people, with a fixed set of words.
    fileprivate init(checked name: String, words: [String], _ summary: String) {
        self.name = name
        self.summary = summary
        isRequired = false
        isIgnored = false
        shape = .choice(words)
        let bytes = words.map { Array($0.utf8) }
        read = { table, cell, _, reading in
            if bytes.contains(where: { table.equals(cell, $0) }) { return true }
            reading.unknown("confidence", table.text(cell), at: table.place(cell), among: words)
            return false
        }
    }
}

/// Columns that every table may have: where a fact comes from.
private func provenance<Row>() -> [Column<Row>] {
    [
        Column(
            checked: "confidence", words: ["documented", "observed", "inferred"],
            "how sure the row is: documented by the vendor, observed in recorded traffic, or inferred"),
        Column(ignored: "source", "a short key for where it was found; the table's comment lines explain it"),
        Column(ignored: "note", "anything worth knowing"),
    ]
}
