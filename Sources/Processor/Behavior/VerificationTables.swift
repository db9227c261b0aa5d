package import Payments

/// Trigger values for address verification: the end of the postal code, or part of the street address.
package struct AVSTable: Sendable {
    package struct Row: Sendable {
        package let processors: Set<ProcessorName>
        package let trigger: String
        package let result: AVSResult
        package let source: SourceLine?

        package init(processors: Set<ProcessorName>, trigger: String, result: AVSResult, source: SourceLine?) {
            self.processors = processors
            self.trigger = trigger
            self.result = result
            self.source = source
        }
    }

    private struct Key: Hashable {
        let processor: ProcessorName
        let trigger: String
    }

    package let rows: [Row]
    private let index: [Key: Int]
    private let triggerLength: Int

    /// All triggers have the same length; of two equal ones, the first counts.
    package init(_ rows: [Row]) {
        self.rows = rows
        triggerLength = rows.first?.trigger.utf8.count ?? 0
        var index: [Key: Int] = [:]
        for (position, row) in rows.enumerated() {
            for processor in row.processors {
                let key = Key(processor: processor, trigger: row.trigger.uppercased())
                if index[key] == nil { index[key] = position }
            }
        }
        self.index = index
    }

    /// The row whose trigger ends the postal code, else the first that stands in the address.
    package func row(processor: ProcessorName, postalCode: String?, address: String?) -> Row? {
        guard triggerLength > 0 else { return nil }
        if let postalCode, postalCode.utf8.count >= triggerLength,
            let row = row(processor, postalCode.lastCharacters(triggerLength))
        {
            return row
        }
        guard let address, address.count >= triggerLength else { return nil }
        let characters = Array(address)
        for start in 0...(characters.count - triggerLength) {
            if let row = row(processor, String(characters[start..<start + triggerLength])) { return row }
        }
        return nil
    }

    private func row(_ processor: ProcessorName, _ trigger: String) -> Row? {
        let capital = Digits.areAll(trigger) ? trigger : trigger.uppercased()
        return index[Key(processor: processor, trigger: capital)].map { rows[$0] }
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

    package init(_ rows: [Row]) { self.rows = rows }

    /// What a value is to the table: enough to answer for it later without keeping it.
    package func evidence(for value: CardVerificationValue?) -> CVVEvidence {
        guard let value else { return .absent }
        return value.withClearText { text in
            let matching = rows.indices.filter { rows[$0].value == text }
            return matching.isEmpty ? .other : .triggers(matching)
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
