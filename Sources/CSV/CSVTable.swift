/// A table as read: RFC 4180 with a header line.
package struct CSVTable: Sendable {
    /// A cell, as a stretch of the bytes.
    package struct Cell: Sendable {
        package var start: Int32
        package var end: Int32
        /// From 1.
        package var line: Int32
        /// From 1, in Unicode scalars; of the quote where there is one.
        package var column: Int32
        package var isQuoted: Bool
        /// Holds doubled quotes.
        var isEscaped: Bool

        package var isEmpty: Bool { start == end && !isQuoted }
    }

    /// A line of cells behind the header.
    package struct Row: Sendable {
        let cells: Range<Int>
        package let line: Int
        /// Why it cannot be used; its cells mean nothing then.
        package let fault: CSVFault?
    }

    package let bytes: [UInt8]
    package internal(set) var header: [Cell] = []
    /// In the order of the file, the bad ones too.
    package internal(set) var rows: [Row] = []
    /// What is wrong with the whole, and with rows.
    package internal(set) var faults: [CSVFault] = []
    /// Reading has ended before the end of the bytes: the last fault says why.
    package internal(set) var isCutShort = false
    var cells: [Cell] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    package func cells(of row: Row) -> ArraySlice<Cell> { cells[row.cells] }

    package func text(_ cell: Cell) -> String {
        let bytes = bytes[Int(cell.start)..<Int(cell.end)]
        guard cell.isEscaped else { return String(decoding: bytes, as: UTF8.self) }
        var unescaped: [UInt8] = []
        var quotePending = false
        for byte in bytes {
            if byte == CSVReader.quote, !quotePending {
                quotePending = true
                continue
            }
            quotePending = false
            unescaped.append(byte)
        }
        return String(decoding: unescaped, as: UTF8.self)
    }

    /// How wide a cell is in its file, with its quotes, in Unicode scalars.
    package func width(_ cell: Cell) -> Int {
        let length = bytes[Int(cell.start)..<Int(cell.end)].count { $0 & 0xC0 != 0x80 }
        return length + (cell.isQuoted ? 2 : 0)
    }
}

/// What is wrong with a table at a place of it.
package struct CSVFault: Error, Hashable, Sendable {
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// A sentence without a full stop, for people.
    package let reason: String
}

/// What a table may be.
package struct CSVRules: Sendable {
    package var bytes: Int
    /// Behind the header.
    package var rows: Int
    package var columns: Int
    /// Faults beyond this are not kept.
    package var faults: Int
    /// Lines that begin with `#` may stand before the header.
    package var allowsComments = false
    /// A row that cannot be split is given up, and reading goes on with the next line. A cell holds no line break then:
    /// otherwise one quote that is never closed would take the rest of the file with it.
    package var goesOnAfterBadRows = false

    package init(bytes: Int, rows: Int, columns: Int, faults: Int) {
        self.bytes = bytes
        self.rows = rows
        self.columns = columns
        self.faults = faults
    }
}

/// RFC 3629.
package enum UTF8Check {
    /// Where a text stops being UTF-8; nil when it never does.
    package static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
