/// A Swift source seen twice: once with only its code, once with only its comments; the rest is blank.
///
/// Lines keep their numbers. Contents of string literals are in neither view, except that interpolations are code.
/// Bare regex literals are not recognised; extended ones (`#/…/#`) are treated as strings.
struct SwiftText {
    private(set) var code: String
    private(set) var comments: String

    init(_ source: String) {
        var scanner = Scanner(source: Array(source.utf8))
        scanner.scan()
        code = String(decoding: scanner.code, as: UTF8.self)
        comments = String(decoding: scanner.comments, as: UTF8.self)
    }
}

private struct Scanner {
    let source: [UInt8]
    var code: [UInt8]
    var comments: [UInt8]
    private var position = 0

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    init(source: [UInt8]) {
        self.source = source
        let blank = source.map { $0 == Self.newline ? Self.newline : Self.space }
        code = blank
        comments = blank
    }

    mutating func scan() {
        while position < source.count { scanCode(insideInterpolation: false) }
    }

    /// Code up to the end, or up to the parenthesis that closes an interpolation.
    private mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while position < source.count {
            if follows("//") {
                scanLineComment()
            } else if follows("/*") {
                scanBlockComment()
            } else if let delimiter = stringDelimiter() {
                scanString(delimiter)
            } else {
                if follows("(") { depth += 1 }
                if follows(")") {
                    if insideInterpolation && depth == 0 { return }
                    depth -= 1
                }
                code[position] = source[position]
                position += 1
            }
        }
    }

    private mutating func scanLineComment() {
        while position < source.count, source[position] != Self.newline { keepComment(1) }
    }

    /// Block comments nest.
    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if follows("/*") {
                depth += 1
                keepComment(2)
            } else if follows("*/") {
                depth -= 1
                keepComment(2)
            } else {
                keepComment(1)
            }
        } while depth > 0 && position < source.count
    }

    private struct Delimiter {
        let hashes: Int
        let open: String
        var close: String { open + String(repeating: "#", count: hashes) }
        var escape: String { "\\" + String(repeating: "#", count: hashes) }
        var isMultiline: Bool { open == "\"\"\"" || open == "/" }
    }

    private func stringDelimiter() -> Delimiter? {
        var hashes = 0
        while follows("#", at: position + hashes) { hashes += 1 }
        for open in ["\"\"\"", "\""] where follows(open, at: position + hashes) {
            return Delimiter(hashes: hashes, open: open)
        }
        return hashes > 0 && follows("/", at: position + hashes) ? Delimiter(hashes: hashes, open: "/") : nil
    }

    private mutating func scanString(_ delimiter: Delimiter) {
        position += delimiter.hashes + delimiter.open.utf8.count
        while position < source.count {
            if follows(delimiter.close) {
                position += delimiter.close.utf8.count
                return
            }
            if follows(delimiter.escape) {
                position += delimiter.escape.utf8.count
                if follows("(") {
                    position += 1
                    scanCode(insideInterpolation: true)
                }
            } else if source[position] == Self.newline && !delimiter.isMultiline {
                return
            }
            position += 1
        }
    }

    private func follows(_ word: String) -> Bool { follows(word, at: position) }

    private func follows(_ word: String, at start: Int) -> Bool {
        var index = start
        for byte in word.utf8 {
            guard index < source.count, source[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func keepComment(_ count: Int) {
        for _ in 0..<count where position < source.count {
            comments[position] = source[position]
            position += 1
        }
    }
}
