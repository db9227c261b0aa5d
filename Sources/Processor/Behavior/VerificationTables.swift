package import Payments

/// Trigger values for address verification: the end of the postal code, or part of the street address.
package struct AVSTable: Sendable {
    package struct Row: Sendable {
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

    private struct Key: Hashable {
        let processor: ProcessorName
        let trigger: String
    }

    package let rows: [Row]
    private let index: [Key: Int]
    /// Longest first.
    private let triggerLengths: [Int]
    /// Which triggers of digits there may be, so that most postal codes need not be looked up.
    private let filter: TriggerFilter

    /// A longer trigger counts before a shorter one; of two equal ones, the first counts.
    package init(_ rows: [Row]) {
        self.rows = rows
        triggerLengths = Set(rows.map(\.trigger.utf8.count)).sorted(by: >)
        var index: [Key: Int] = [:]
        for (position, row) in rows.enumerated() {
            for processor in row.processors {
                let key = Key(processor: processor, trigger: row.trigger.uppercased())
                if index[key] == nil { index[key] = position }
            }
        }
        self.index = index
        filter = TriggerFilter(rows.map(\.trigger))
    }

    /// The row whose trigger ends the postal code, else the first that stands in the address.
    package func row(processor: ProcessorName, postalCode: String?, address: String?) -> Row? {
        for length in triggerLengths {
            if let row = row(processor, postalCode: postalCode, address: address, length) { return row }
        }
        return nil
    }

    private func row(_ processor: ProcessorName, postalCode: String?, address: String?, _ length: Int) -> Row? {
        if let postalCode, postalCode.utf8.count >= length, filter.mayEnd(postalCode, length),
            let row = row(processor, postalCode.lastCharacters(length))
        {
            return row
        }
        guard let address, address.count >= length else { return nil }
        let characters = Array(address)
        for start in 0...(characters.count - length) {
            if let row = row(processor, String(characters[start..<start + length])), !row.isPostalOnly { return row }
        }
        return nil
    }

    private func row(_ processor: ProcessorName, _ trigger: String) -> Row? {
        let capital = Digits.areAll(trigger) ? trigger : trigger.uppercased()
        return index[Key(processor: processor, trigger: capital)].map { rows[$0] }
    }
}

/// A bit for each of 1024 groups of triggers: a few dozen of them leave nearly all groups empty.
private struct TriggerFilter {
    private var words = [UInt64](repeating: 0, count: 16)

    init(_ triggers: [String]) {
        for trigger in triggers {
            let group = trigger.withBytes { Self.group($0[...]) }
            words[group / 64] |= 1 << UInt64(group % 64)
        }
    }

    /// False when no trigger of this length ends the text. Of texts that are not all digits nothing is known.
    func mayEnd(_ text: String, _ length: Int) -> Bool {
        guard Digits.areAll(text) else { return true }
        let group = text.withBytes { Self.group($0.suffix(length)) }
        return words[group / 64] & 1 << UInt64(group % 64) != 0
    }

    private static func group(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var hash: UInt64 = 0
        for digit in digits { hash = (hash ^ UInt64(digit)) &* 0x9E37_79B9_7F4A_7C15 }
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

    package init(_ rows: [Row]) {
        self.rows = rows
        positions = Dictionary(grouping: rows.indices) { rows[$0].value }
    }

    /// What a value is to the table: enough to answer for it later without keeping it.
    package func evidence(for value: CardVerificationValue?) -> CVVEvidence {
        guard let value else { return .absent }
        return value.withClearText { text in
            positions[text].map { .triggers($0) } ?? .other
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
