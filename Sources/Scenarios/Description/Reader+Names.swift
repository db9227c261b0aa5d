import Payments
import Processor

extension Reader {
    /// A name that must be among the known ones; the list of all of them is only made for a report.
    fileprivate static func known(
        _ what: String, if isKnown: @escaping @Sendable (String, Reading) -> Bool,
        among candidates: @escaping @Sendable (Reading) -> [String]
    ) -> Reader where Value == String {
        Reader<String>.name("a name (\(what))").then { text, node, reading in
            if isKnown(text, reading) { return text }
            reading.unknown(what, text, at: node.place, among: candidates(reading))
            return nil
        }
    }
}

extension Reader where Value == ProcessorName {
    /// A processor with a profile.
    static var processor: Reader {
        Reader<String>.known(
            "processor", if: { text, reading in reading.processors.contains { $0.text == text } },
            among: { $0.processors.map(\.text) }
        ).map { ProcessorName($0) }
    }

    /// A processor with a profile or with response codes only.
    static var anyProcessor: Reader {
        Reader<String>.known(
            "processor", if: { text, reading in reading.processorsWithCodes.contains(ProcessorName(text)) },
            among: { $0.processorsWithCodes.map(\.text).sorted() }
        ).map { ProcessorName($0) }
    }
}

extension Reader where Value == Set<ProcessorName> {
    /// `ACME|OTHER`; an empty cell of a table means every processor.
    static var processors: Reader {
        Reader<String>.text("names of processors with '|' between them").then { text, node, reading in
            // Tables repeat a few combinations over and over.
            if let known = reading.processorSets[text] { return known }
            var result: Set<ProcessorName> = []
            for part in text.split(separator: "|", omittingEmptySubsequences: false) {
                let name = ProcessorName(String(part))
                guard reading.processorsWithCodes.contains(name) else {
                    reading.unknown(
                        "processor", name.text, at: node.place,
                        among: reading.processorsWithCodes.map(\.text).sorted())
                    return nil
                }
                result.insert(name)
            }
            reading.processorSets[text] = result
            return result
        }
    }
}

extension Reader where Value == SiteName {
    static var site: Reader {
        Reader<String>.known(
            "site", if: { text, reading in reading.siteNames.contains(text) }, among: { $0.siteNames }
        ).map { SiteName($0) }
    }
}

extension Reader where Value == MerchantID {
    /// A merchant of any site.
    static var merchant: Reader {
        Reader<String>.known(
            "merchant", if: { text, reading in reading.merchantIDs.contains(text) }, among: { $0.merchantIDs }
        ).map { MerchantID($0) }
    }
}

extension Reader where Value == CardBrand {
    static var brand: Reader {
        Reader<String>.known(
            "card brand", if: { text, reading in reading.brands.contains { $0.text == text } },
            among: { $0.brands.map(\.text) }
        ).map { CardBrand($0) }
    }
}

extension Reader where Value == SourceFile {
    /// A table next to the scenario file.
    static var table: Reader {
        Reader<String>.name("the path of a table").then { path, node, reading in
            reading.library.open(path, as: .table, from: node.place)
        }
    }
}

extension Reader where Value == PrimaryAccountNumber {
    /// 12 to 19 digits. A number that is no card number or no published test number is a warning.
    static var cardNumber: Reader {
        Reader<String>.digits(12...19, "a card number of 12 to 19 digits").then { text, node, reading in
            guard let number = PrimaryAccountNumber(text) else { return nil }
            if !number.passesLuhn {
                reading.report(
                    .warning, at: node.place, "the card number …\(number.lastFour) fails the check digit")
            } else if reading.checksCardNumbers, !reading.library.missesTable,
                !reading.publishedNumbers.contains(number)
            {
                reading.report(
                    .warning, at: node.place, "the card number …\(number.lastFour) is not a published test number",
                    suggestion: "never use a real card number; add test numbers to a 'cards' table")
            }
            return number
        }
    }
}

extension Reader where Value == TextPattern {
    /// A text as it is, or `{ prefix: A }`, `{ suffix: A }`, `{ contains: A }`, `{ like: "A*" }`.
    static var pattern: Reader {
        let section = Section<TextPattern?>(
            "a pattern",
            [
                field("prefix", "how the text starts") { .prefix($0) },
                field("suffix", "how the text ends") { .suffix($0) },
                field("contains", "what stands somewhere in the text") { .contains($0) },
                field("like", "the text with '*' for any text and '?' for any one character") { .glob($0) },
            ])
        let partly = section.reader({ _ in nil }) { pattern, node, reading -> TextPattern? in
            guard let pattern else {
                guard case .mapping(let members) = node.content, members.isEmpty else { return nil }
                return reading.error(at: node.place, "a pattern needs 'prefix', 'suffix', 'contains' or 'like'")
            }
            return pattern
        }
        return Reader(.either([.text("exactly this text"), partly.shape])) { node, reading in
            switch node.content {
            case .scalar(let text, _) where !node.isNull: .exactly(text)
            case .mapping: partly.read(node, reading)
            case .scalar, .sequence: reading.expected("a text or a pattern", at: node)
            }
        }
    }

    private static func field(
        _ key: String, _ summary: String, _ make: @escaping @Sendable (String) -> TextPattern
    ) -> Field<TextPattern?> {
        Field(key, Reader<String>.name("a text"), summary) { text, member, pattern, reading in
            if pattern != nil {
                reading.report(
                    .error, at: member.keyPlace, "a pattern has one of 'prefix', 'suffix', 'contains', 'like'")
            }
            pattern = make(text)
        }
    }
}
