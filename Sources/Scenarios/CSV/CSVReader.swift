/// A table of a scenario as read: RFC 4180 with a header line; `#` lines may stand before the header.
struct CSVTable {
    /// A cell, as a stretch of the file.
    struct Cell {
        var start: Int32
        var end: Int32
        var line: Int32
        /// From 1, in Unicode scalars; of the quote where there is one.
        var column: Int32
        var isQuoted: Bool
        /// Holds doubled quotes.
        var isEscaped: Bool

        var isEmpty: Bool { start == end && !isQuoted }
    }

    let file: SourceFile
    var header: [Cell] = []
    /// Cells of all rows; row `i` is `cells[rowStarts[i]..<rowStarts[i + 1]]`.
    var cells: [Cell] = []
    var rowStarts: [Int] = [0]
    var faults: [Diagnostic] = []

    var rowCount: Int { rowStarts.count - 1 }

    func row(_ number: Int) -> ArraySlice<Cell> { cells[rowStarts[number]..<rowStarts[number + 1]] }

    func text(_ cell: Cell) -> String {
        let bytes = file.bytes[Int(cell.start)..<Int(cell.end)]
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

    func place(_ cell: Cell) -> Place {
        let length = file.bytes[Int(cell.start)..<Int(cell.end)].count { !SourceFile.isContinuation($0) }
        return Place(
            file: file, line: Int(cell.line), column: Int(cell.column), length: length + (cell.isQuoted ? 2 : 0))
    }
}

/// Splits the bytes of a table into cells, in one pass.
struct CSVReader {
    static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let limits: ScenarioLimits
    private var table: CSVTable
    private var position = 0
    private var line: Int32 = 1
    private var column: Int32 = 1

    static func read(_ file: SourceFile, limits: ScenarioLimits) -> CSVTable {
        var reader = CSVReader(file, limits)
        reader.read()
        return reader.table
    }

    private init(_ file: SourceFile, _ limits: ScenarioLimits) {
        self.limits = limits
        table = CSVTable(file: file)
    }

    private mutating func read() {
        let bytes = table.file.bytes
        guard bytes.count <= limits.csvBytes else {
            return report(line: 1, column: 1, "the table has more than \(limits.csvBytes) bytes")
        }
        if let offset = UTF8Check.firstInvalidByte(in: bytes) {
            let fault = Diagnostic(.error, at: table.file.place(ofByte: offset), "no UTF-8 text")
            return table.faults.append(fault)
        }
        bytes.withUnsafeBufferPointer { buffer in
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
            while position < buffer.count {
                if table.header.isEmpty, buffer[position] == UInt8(ascii: "#") {
                    skipLine(buffer)
                } else if !isLineEnd(buffer) {
                    guard record(buffer) else { return }
                } else {
                    endLine(buffer)
                }
            }
        }
    }

    /// One line of cells; false: reading ends.
    private mutating func record(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        let isHeader = table.header.isEmpty
        let start = table.cells.count
        let firstLine = line
        repeat {
            guard let cell = cell(buffer) else { return false }
            if isHeader { table.header.append(cell) } else { table.cells.append(cell) }
        } while takeComma(buffer)
        endLine(buffer)
        if isHeader {
            guard table.header.count <= limits.csvColumns else {
                report(line: firstLine, column: 1, "more than \(limits.csvColumns) columns")
                return false
            }
            return true
        }
        let count = table.cells.count - start
        guard count == table.header.count else {
            report(line: firstLine, column: 1, "\(count) cells where the header has \(table.header.count)")
            table.cells.removeSubrange(start...)
            return true
        }
        guard table.rowCount < limits.csvRows else {
            report(line: firstLine, column: 1, "more than \(limits.csvRows) rows")
            return false
        }
        table.rowStarts.append(table.cells.count)
        return true
    }

    private mutating func cell(_ buffer: UnsafeBufferPointer<UInt8>) -> CSVTable.Cell? {
        var cell = CSVTable.Cell(
            start: Int32(position), end: Int32(position), line: line, column: column, isQuoted: false,
            isEscaped: false)
        if position < buffer.count, buffer[position] == Self.quote { return quoted(buffer, cell) }
        while position < buffer.count, buffer[position] != Self.comma, !isLineEnd(buffer) {
            if buffer[position] == Self.quote {
                report(line: line, column: column, "a quote inside a cell that does not start with one")
                return nil
            }
            advance(buffer)
        }
        cell.end = Int32(position)
        return cell
    }

    private mutating func quoted(_ buffer: UnsafeBufferPointer<UInt8>, _ start: CSVTable.Cell) -> CSVTable.Cell? {
        var cell = start
        cell.isQuoted = true
        advance(buffer)
        cell.start = Int32(position)
        while position < buffer.count {
            if buffer[position] == Self.quote {
                guard position + 1 < buffer.count, buffer[position + 1] == Self.quote else { break }
                cell.isEscaped = true
                advance(buffer)
                advance(buffer)
            } else if isLineEnd(buffer) {
                endLine(buffer)
            } else {
                advance(buffer)
            }
        }
        guard position < buffer.count else {
            report(line: start.line, column: start.column, "this quote is never closed")
            return nil
        }
        cell.end = Int32(position)
        advance(buffer)
        guard position == buffer.count || buffer[position] == Self.comma || isLineEnd(buffer) else {
            report(line: line, column: column, "text after the closing quote")
            return nil
        }
        return cell
    }

    private mutating func takeComma(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        guard position < buffer.count, buffer[position] == Self.comma else { return false }
        advance(buffer)
        return true
    }

    private mutating func skipLine(_ buffer: UnsafeBufferPointer<UInt8>) {
        while position < buffer.count, !isLineEnd(buffer) { position += 1 }
        endLine(buffer)
    }

    private func isLineEnd(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        buffer[position] == Self.lineFeed || buffer[position] == Self.carriageReturn
    }

    private mutating func endLine(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard position < buffer.count else { return }
        let isPair =
            buffer[position] == Self.carriageReturn && position + 1 < buffer.count
            && buffer[position + 1] == Self.lineFeed
        position += isPair ? 2 : 1
        line += 1
        column = 1
    }

    private mutating func advance(_ buffer: UnsafeBufferPointer<UInt8>) {
        position += 1
        if position >= buffer.count || !SourceFile.isContinuation(buffer[position]) { column += 1 }
    }

    private mutating func report(line: Int32, column: Int32, _ message: String) {
        guard table.faults.count < DiagnosticSink.limit else { return }
        let place = Place(file: table.file, line: Int(line), column: Int(column), length: 1)
        table.faults.append(Diagnostic(.error, at: place, message))
    }
}

/// RFC 3629.
enum UTF8Check {
    /// Where a text stops being UTF-8; nil when it never does.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
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
