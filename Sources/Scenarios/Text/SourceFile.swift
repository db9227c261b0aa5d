package import Processor

/// One file of a scenario as read: what places in diagnostics and reasons of answers point into.
package final class SourceFile: Sendable {
    /// Where a file comes from; names in it are looked up there again.
    package enum Origin: Hashable, Sendable {
        /// The folder of the scenario that is loaded.
        case folder
        /// The files that are part of the program.
        case shipped
    }

    /// Relative to its origin, with `/`, without `.` and `..`.
    package let path: String
    package let origin: Origin
    /// As shown to people.
    package let name: String
    package let bytes: [UInt8]

    package init(path: String, origin: Origin = .folder, name: String? = nil, bytes: [UInt8]) {
        self.path = path
        self.origin = origin
        self.name = name ?? path
        self.bytes = bytes
    }

    /// The text of a line, counted from 1, without its line break; invalid UTF-8 is replaced.
    ///
    /// Slow: it searches from the start. Only diagnostics ask.
    func line(_ number: Int) -> String {
        var start = 0
        var current = 1
        while current < number, start < bytes.count {
            let end = lineEnd(from: start)
            start = end + breakLength(at: end)
            current += 1
        }
        guard current == number, start < bytes.count else { return "" }
        return String(decoding: bytes[start..<lineEnd(from: start)], as: UTF8.self)
    }

    /// The place of a byte, for faults that know no other position.
    func place(ofByte offset: Int) -> Place {
        var line = 1
        var start = 0
        while true {
            let end = lineEnd(from: start)
            if offset <= end || end >= bytes.count { break }
            start = end + breakLength(at: end)
            line += 1
        }
        let before = bytes[start..<max(start, min(offset, bytes.count))]
        let column = before.count { !SourceFile.isContinuation($0) } + 1
        return Place(file: self, line: line, column: column, length: 1)
    }

    private func lineEnd(from start: Int) -> Int {
        var position = start
        while position < bytes.count, breakLength(at: position) == 0 { position += 1 }
        return position
    }

    /// Line breaks of YAML 1.1 §4.1.4 in UTF-8: LF, CR, CR LF, NEL, LS, PS.
    private func breakLength(at position: Int) -> Int {
        guard position < bytes.count else { return 0 }
        switch bytes[position] {
        case 0x0A: return 1
        case 0x0D: return position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
        case 0xC2: return position + 1 < bytes.count && bytes[position + 1] == 0x85 ? 2 : 0
        case 0xE2:
            guard position + 2 < bytes.count, bytes[position + 1] == 0x80 else { return 0 }
            return bytes[position + 2] & 0xFE == 0xA8 ? 3 : 0
        default: return 0
        }
    }

    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

/// A stretch of one line in a file.
package struct Place: Sendable {
    package let file: SourceFile
    private let storedLine: Int32
    private let storedColumn: Int32
    private let storedLength: Int32

    /// - Parameters:
    ///   - line: from 1.
    ///   - column: from 1, in Unicode scalars.
    ///   - length: in Unicode scalars.
    package init(file: SourceFile, line: Int, column: Int, length: Int) {
        self.file = file
        storedLine = Int32(clamping: line)
        storedColumn = Int32(clamping: column)
        storedLength = Int32(clamping: length)
    }

    package var line: Int { Int(storedLine) }
    package var column: Int { Int(storedColumn) }
    package var length: Int { Int(storedLength) }

    /// As the reason of an answer shows it.
    package var sourceLine: SourceLine { SourceLine(file: file.name, line: line) }
}
