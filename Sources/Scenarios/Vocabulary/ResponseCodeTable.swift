import Payments
import Processor

/// A row of a table of response codes.
struct ResponseCodeRow: Sendable {
    var processor = ""
    var code = ""
    var status = ResponseStatus.declined
    var text = ""
    var place: Place

    static let table = Table<ResponseCodeRow>(
        "a table of response codes",
        [
            Column(text: "processor", required: true, "short name of the processor") { $1.processor = $0 },
            Column(text: "code", required: true, "the code as text, leading zeros kept") { $1.code = $0 },
            Column("status", .choice("status"), required: true, "what the code means for the merchant") {
                $1.status = $0
            },
            Column(text: "text", required: true, "the wording of the processor") { $1.text = $0 },
        ],
        make: { ResponseCodeRow(place: $0) })

    var key: Key { Key(processor: processor, code: code) }

    struct Key: Hashable {
        let processor: String
        let code: String
    }
}

/// All response codes, as far as the checks of other parts need them.
struct CodeIndex {
    let table: ResponseTable
    /// Codes of each processor, in the order of the tables; of two equal ones, the later stands.
    private let codes: [ProcessorName: [String]]

    init(_ rows: [ResponseTable.Row]) {
        table = ResponseTable(rows)
        var codes: [ProcessorName: [String]] = [:]
        for row in rows { codes[row.response.processor, default: []].append(row.response.code) }
        self.codes = codes
    }

    var processors: [ProcessorName] { codes.keys.sorted { $0.text < $1.text } }

    func codes(of processor: ProcessorName) -> [String] { codes[processor] ?? [] }

    func response(_ processor: ProcessorName, _ code: String) -> ResponseCode? { table[processor, code]?.response }

    /// The codes whose text, written as one word, is the given name: `Do not honor` is `doNotHonor`.
    func codes(of processor: ProcessorName, named name: String, status: ResponseStatus) -> [String] {
        var seen: Set<String> = []
        return codes(of: processor).filter { code in
            guard let response = response(processor, code), response.status == status else { return false }
            return seen.insert(code).inserted && Self.name(of: response.text) == name
        }
    }

    /// A text of a table as one word, the way decline reasons are named in rules.
    static func name(of text: String) -> String {
        var result = ""
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let letters = word.lowercased()
            result += result.isEmpty ? letters : letters.prefix(1).uppercased() + letters.dropFirst()
        }
        return result
    }
}
