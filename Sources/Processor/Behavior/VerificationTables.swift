package import Payments

/// Trigger values for address verification: the end of the postal code, or part of the street address.
package struct AVSTable: Sendable {
    /// A class: it is found and handed on, and never changes.
    package final class Row: Sendable {
        package let processors: Set<ProcessorName>
        package let trigger: String
        package let result: AVSResult
        /// Only a postal code that ends so counts, not a street address.
        package let isPostalOnly: Bool
        package let source: SourceLine?

        package init(
            processors: Set<ProcessorName>, trigger: String, result: AVSResult, isPostalOnly: Bool = false,
            source: SourceLine?
        ) {
            self.processors = processors
            self.trigger = trigger
            self.result = result
            self.isPostalOnly = isPostalOnly
            self.source = source
        }
    }

    package let rows: [Row]
    private let triggers: [ProcessorName: AddressTriggers]

    /// A longer trigger counts before a shorter one; of two equal ones, the first counts.
    package init(_ rows: [Row]) {
        self.rows = rows
        var rowsByProcessor: [ProcessorName: [Row]] = [:]
        for row in rows {
            for processor in row.processors { rowsByProcessor[processor, default: []].append(row) }
        }
        triggers = rowsByProcessor.mapValues { AddressTriggers($0) }
    }

    /// Those of one processor; nil where it has none.
    func triggers(of processor: ProcessorName) -> AddressTriggers? { triggers[processor] }

    /// The row whose trigger ends the postal code, else the first that stands in the address.
    package func row(processor: ProcessorName, postalCode: String?, address: String?) -> Row? {
        triggers[processor]?.row(postalCode: postalCode, address: address)
    }
}

/// The triggers of address verification on one processor. A class: it is found once and handed on, and never changes.
final class AddressTriggers: Sendable {
    private struct Key: Prehashed {
        let text: String
        var prehash: UInt64 { TextFingerprint.of(text, after: 0) }
    }

    private let rows: [Key: AVSTable.Row]
    /// Longest first.
    private let lengths: [Int]
    /// Which triggers there may be, so that most postal codes and addresses need not be looked up.
    private let filter: TriggerFilter

    init(_ rows: [AVSTable.Row]) {
        lengths = Set(rows.map(\.trigger.utf8.count)).sorted(by: >)
        self.rows = Dictionary(
            rows.map { (Key(text: $0.trigger.uppercased()), $0) }, uniquingKeysWith: { first, _ in first })
        filter = TriggerFilter(rows.map(\.trigger))
    }

    /// The row whose trigger ends the postal code, else the first that stands in the address.
    func row(postalCode: String?, address: String?) -> AVSTable.Row? {
        for length in lengths {
            if let row = row(postalCode: postalCode, address: address, length) { return row }
        }
        return nil
    }

    private func row(postalCode: String?, address: String?, _ length: Int) -> AVSTable.Row? {
        if let postalCode, postalCode.utf8.count >= length, filter.mayEnd(postalCode, length),
            let row = row(postalCode.lastCharacters(length))
        {
            return row
        }
        guard let address, filter.mayBeIn(address, length), address.count >= length else { return nil }
        let characters = Array(address)
        for start in 0...(characters.count - length) {
            if let row = row(String(characters[start..<start + length])), !row.isPostalOnly { return row }
        }
        return nil
    }

    private func row(_ trigger: String) -> AVSTable.Row? {
        rows[Key(text: Digits.areAll(trigger) ? trigger : trigger.uppercased())]
    }
}

/// A bit for each of 1024 groups of triggers: a few dozen of them leave nearly all groups empty.
private struct TriggerFilter: Sendable {
    private var words = [UInt64](repeating: 0, count: 16)

    init(_ triggers: [String]) {
        for trigger in triggers {
            guard trigger.withBytes(Self.isPlain) else {
                // Texts of other bytes may be equal to it.
                words = [UInt64](repeating: .max, count: words.count)
                return
            }
            let group = trigger.withBytes { Self.group($0[...]) }
            words[group / 64] |= 1 << UInt64(group % 64)
        }
    }

    /// False when no trigger of this length ends the text. Of texts that are not ASCII nothing is known.
    func mayEnd(_ text: String, _ length: Int) -> Bool {
        text.withBytes { bytes in !Self.isPlain(bytes) || holds(bytes.suffix(length)) }
    }

    /// False when no trigger of this length is in the text. Of texts that are not ASCII nothing is known.
    func mayBeIn(_ text: String, _ length: Int) -> Bool {
        text.withBytes { bytes in
            guard Self.isPlain(bytes) else { return true }
            var start = 0
            while start + length <= bytes.count {
                if holds(bytes[start..<start + length]) { return true }
                start += 1
            }
            return false
        }
    }

    private func holds(_ trigger: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let group = Self.group(trigger)
        return words[group / 64] & 1 << UInt64(group % 64) != 0
    }

    /// Each byte is a character: ASCII, and no carriage return, which is one together with a line feed.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where byte >= 0x80 || byte == UInt8(ascii: "\r") { return false }
        return true
    }

    private static func group(_ trigger: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var hash: UInt64 = 0
        for byte in trigger {
            let isLowercase = byte &- UInt8(ascii: "a") < 26
            hash = (hash ^ UInt64(isLowercase ? byte & 0xDF : byte)) &* 0x9E37_79B9_7F4A_7C15
        }
        return Int(hash >> 54)
    }
}

extension String {
    /// The last characters, found quickly where all are digits.
    fileprivate func lastCharacters(_ count: Int) -> String {
        guard Digits.areAll(self) else { return String(suffix(count)) }
        return withBytes { String(decoding: $0.suffix(count), as: UTF8.self) }
    }
}

/// Trigger values for the card verification value.
package struct CVVTable: Sendable {
    package struct Row: Sendable {
        package let processors: Set<ProcessorName>
        package let value: String
        package let result: CVVResult
        package let source: SourceLine?

        package init(processors: Set<ProcessorName>, value: String, result: CVVResult, source: SourceLine?) {
            self.processors = processors
            self.value = value
            self.result = result
            self.source = source
        }
    }

    package let rows: [Row]
    /// The positions of the rows of each value, in order.
    private let positions: [String: [Int]]
    private let filter: TriggerFilter

    package init(_ rows: [Row]) {
        self.rows = rows
        positions = Dictionary(grouping: rows.indices) { rows[$0].value }
        filter = TriggerFilter(rows.map(\.value))
    }

    /// What a value is to the table: enough to answer for it later without keeping it.
    package func evidence(for value: CardVerificationValue?) -> CVVEvidence {
        guard let value else { return .absent }
        return value.withClearText { text in
            filter.mayEnd(text, text.utf8.count) ? positions[text].map { .triggers($0) } ?? .other : .other
        }
    }

    package func row(for evidence: CVVEvidence, processor: ProcessorName) -> Row? {
        guard case .triggers(let positions) = evidence else { return nil }
        return positions.lazy.map { rows[$0] }.first { $0.processors.isEmpty || $0.processors.contains(processor) }
    }
}

/// What remains of a card verification value: which trigger rows it matches, never the value.
package enum CVVEvidence: Hashable, Sendable {
    case absent
    /// Present, and no trigger.
    case other
    /// Positions in the scenario's table.
    case triggers([Int])
}
