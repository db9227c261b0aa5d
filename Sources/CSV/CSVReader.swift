/// Splits the bytes of a table into cells, in one pass.
package struct CSVReader {
    static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let rules: CSVRules
    private var table: CSVTable
    private var position = 0
    private var line: Int32 = 1
    private var column: Int32 = 1

    package static func read(_ bytes: [UInt8], _ rules: CSVRules) -> CSVTable {
        var reader = CSVReader(bytes, rules)
        reader.read()
        return reader.table
    }

    private init(_ bytes: [UInt8], _ rules: CSVRules) {
        self.rules = rules
        table = CSVTable(bytes: bytes)
    }

    private mutating func read() {
        let bytes = table.bytes
        guard bytes.count <= rules.bytes, bytes.count < Int(Int32.max) else {
            return cutShort(fault(1, 1, "the table has more than \(rules.bytes) bytes"))
        }
        if let offset = UTF8Check.firstInvalidByte(in: bytes) {
            let place = Self.place(of: offset, in: bytes)
            return cutShort(fault(place.line, place.column, "no UTF-8 text"))
        }
        bytes.withUnsafeBufferPointer { buffer in
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
            while position < buffer.count {
                if rules.allowsComments, table.header.isEmpty, buffer[position] == UInt8(ascii: "#") {
                    skipLine(buffer)
                } else if !isLineEnd(buffer) {
                    guard table.header.isEmpty ? header(buffer) : row(buffer) else { return }
                } else {
                    endLine(buffer)
                }
            }
        }
    }

    /// False: reading ends.
    private mutating func header(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = line
        repeat {
            switch cell(buffer) {
            case .success(let cell): table.header.append(cell)
            case .failure(let fault):
                cutShort(fault)
                return false
            }
        } while takeComma(buffer)
        endLine(buffer)
        guard table.header.count <= rules.columns else {
            cutShort(fault(first, 1, "more than \(rules.columns) columns"))
            return false
        }
        return true
    }

    /// One line of cells; false: reading ends.
    private mutating func row(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = line
        guard table.rows.count < rules.rows else {
            cutShort(fault(first, 1, "more than \(rules.rows) rows"))
            return false
        }
        let start = table.cells.count
        repeat {
            switch cell(buffer) {
            case .success(let cell): table.cells.append(cell)
            case .failure(let fault):
                guard rules.goesOnAfterBadRows else {
                    cutShort(fault)
                    return false
                }
                giveUp(fault, start: start, line: first)
                skipLine(buffer)
                return true
            }
        } while takeComma(buffer)
        endLine(buffer)
        let count = table.cells.count - start
        if count != table.header.count {
            giveUp(
                fault(first, 1, "\(count) cells where the header has \(table.header.count)"), start: start, line: first)
        } else {
            table.rows.append(CSVTable.Row(cells: start..<table.cells.count, line: Int(first), fault: nil))
        }
        return true
    }

    private mutating func giveUp(_ fault: CSVFault, start: Int, line: Int32) {
        table.cells.removeSubrange(start...)
        table.rows.append(CSVTable.Row(cells: start..<start, line: Int(line), fault: fault))
        keep(fault)
    }

    private mutating func cell(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<CSVTable.Cell, CSVFault> {
        var cell = CSVTable.Cell(
            start: Int32(position), end: Int32(position), line: line, column: column, isQuoted: false,
            isEscaped: false)
        if position < buffer.count, buffer[position] == Self.quote { return quoted(buffer, cell) }
        while position < buffer.count, buffer[position] != Self.comma, !isLineEnd(buffer) {
            if buffer[position] == Self.quote {
                return .failure(fault(line, column, "a quote inside a cell that does not start with one"))
            }
            advance(buffer)
        }
        cell.end = Int32(position)
        return .success(cell)
    }

    private mutating func quoted(
        _ buffer: UnsafeBufferPointer<UInt8>, _ start: CSVTable.Cell
    ) -> Result<CSVTable.Cell, CSVFault> {
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
                if rules.goesOnAfterBadRows { break }
                endLine(buffer)
            } else {
                advance(buffer)
            }
        }
        guard position < buffer.count, buffer[position] == Self.quote else {
            return .failure(fault(start.line, start.column, "this quote is never closed"))
        }
        cell.end = Int32(position)
        advance(buffer)
        guard position == buffer.count || buffer[position] == Self.comma || isLineEnd(buffer) else {
            return .failure(fault(line, column, "text after the closing quote"))
        }
        return .success(cell)
    }

    // MARK: - Moving

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
        if position >= buffer.count || buffer[position] & 0xC0 != 0x80 { column += 1 }
    }

    // MARK: - Faults

    private func fault(_ line: Int32, _ column: Int32, _ reason: String) -> CSVFault {
        CSVFault(line: Int(line), column: Int(column), reason: reason)
    }

    private mutating func keep(_ fault: CSVFault) {
        if table.faults.count < rules.faults { table.faults.append(fault) }
    }

    private mutating func cutShort(_ fault: CSVFault) {
        table.isCutShort = true
        keep(fault)
    }

    /// Line and column of a byte; only what is no text asks.
    private static func place(of offset: Int, in bytes: [UInt8]) -> (line: Int32, column: Int32) {
        var line: Int32 = 1
        var column: Int32 = 1
        for position in 0..<offset {
            let isReturnOfPair =
                bytes[position] == carriageReturn && position + 1 < bytes.count && bytes[position + 1] == lineFeed
            if bytes[position] == lineFeed || (bytes[position] == carriageReturn && !isReturnOfPair) {
                line += 1
                column = 1
            } else if bytes[position] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
