import JSON
import PropertySupport

/// Random documents, and the same document written in other ways.
struct RandomDocuments {
    private var random: TestRandom

    init(seed: UInt64) { random = TestRandom(seed: seed) }

    mutating func value(depth: Int = 5) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2, 3: return .number(number())
        case 4...6: return .string(text())
        case 7: return .array((0..<Int.random(in: 0..<6, using: &random)).map { _ in value(depth: depth - 1) })
        default: return object(depth: depth - 1)
        }
    }

    private mutating func object(depth: Int) -> JSONValue {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<(depth == 4 ? 60 : 6), using: &random) {
            let name = text()
            if object[name] == nil { object.append(name, value(depth: depth)) }
        }
        return .object(object)
    }

    private mutating func number() -> String {
        var literal = ["", "-"].randomElement(using: &random) ?? ""
        literal += ["0", "7", "10", "106", String(random.next())].randomElement(using: &random) ?? ""
        literal += ["", "", ".00", ".5", ".\(random.next())"].randomElement(using: &random) ?? ""
        literal += ["", "", "e5", "E+10", "e-007"].randomElement(using: &random) ?? ""
        return literal
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<24, using: &random) { text.unicodeScalars.append(scalar()) }
        return text
    }

    private mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x61...0x7A, 0x30...0x39, 0x00...0x1F, 0x22...0x22, 0x5C...0x5C, 0x7F...0x7FF, 0x800...0xD7FF,
            0xE000...0xFFFF, 0x10000...0x10FFFF,
        ]
        // Plain letters and digits three times out of four.
        let range = ranges[
            Int.random(in: 0..<4, using: &random) > 0
                ? Int.random(in: 0..<3, using: &random)
                : Int.random(in: 3..<ranges.count, using: &random)]
        return Unicode.Scalar(.random(in: range, using: &random)) ?? " "
    }

    /// The document with blanks wherever they may stand and characters escaped wherever they may be.
    mutating func disguised(_ value: JSONValue) -> String {
        blanks() + inner(value) + blanks()
    }

    private mutating func inner(_ value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let literal): return literal
        case .string(let text): return disguisedString(text)
        case .array(let elements):
            return "[" + (elements.isEmpty ? blanks() : elements.map { disguised($0) }.joined(separator: ",")) + "]"
        case .object(let object):
            let members = object.members.map { member in
                blanks() + disguisedString(member.name) + blanks() + ":" + disguised(member.value)
            }
            return "{" + (members.isEmpty ? blanks() : members.joined(separator: ",")) + "}"
        }
    }

    private mutating func disguisedString(_ text: String) -> String {
        var string = "\""
        for scalar in text.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if mustEscape || Int.random(in: 0..<4, using: &random) == 0 {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: .random(using: &random))
                    string += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                string.unicodeScalars.append(scalar)
            }
        }
        return string + "\""
    }

    private mutating func blanks() -> String {
        ["", "", "", " ", "\n", "\t\r\n ", "          "].randomElement(using: &random) ?? ""
    }

    /// The bytes with a few of them changed, removed, doubled or swapped.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = Array("\"\\{}[],:-.e0u\n".utf8).randomElement(using: &random) ?? 0
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(bytes[place], at: place)
            case 4: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
}
