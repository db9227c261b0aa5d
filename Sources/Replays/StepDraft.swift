/// A step while its lines are read.
struct StepDraft {
    enum Stage { case title, request, answer }

    struct BodyLine {
        let number: Int
        /// From 1: where the text begins in its line.
        let column: Int
        let text: Substring
    }

    var title: String
    var line: Int
    var mode: CompareMode
    var provenance: ReplayProvenance?
    var switches: [String] = []
    var stage = Stage.title
    /// Something has been reported that makes the rest meaningless.
    var isBroken = false

    var method = ""
    var target: ReplayText?
    var targetLine = 0
    var requestFields: [(field: ReplayField, line: Int)] = []
    var requestBody: [BodyLine] = []

    var answerLine = 0
    var arrival: ReplayExpectation.Arrival?
    var answerFields: [(field: ReplayField, line: Int)] = []
    var answerBody: [BodyLine] = []
    var delay: ReplayExpectation.Delay = .none
    var isTruncated = false
    var waitsAs: String?
    /// It expects a message to a webhook, and sends nothing.
    var isDelivery = false

    init(title: String, line: Int, mode: CompareMode, provenance: ReplayProvenance?) {
        self.title = title
        self.line = line
        self.mode = mode
        self.provenance = provenance
    }

    /// The lines of the body that is being read.
    var body: [BodyLine] { stage == .answer ? answerBody : requestBody }

    mutating func addBody(_ text: Substring, of line: ReplayLine) {
        let part = BodyLine(number: line.number, column: line.column(of: text), text: text)
        switch stage {
        case .title: break
        case .request: requestBody.append(part)
        case .answer: answerBody.append(part)
        }
    }

    /// Blank lines count within a body, and not around it.
    mutating func addBlank(_ line: ReplayLine) {
        if !body.isEmpty { addBody(line.text.prefix(0), of: line) }
    }
}

/// Several lines as one text, and the way back to their places.
struct BodyText {
    let lines: [StepDraft.BodyLine]
    let text: String

    init(_ lines: [StepDraft.BodyLine]) {
        var lines = lines[...]
        while let last = lines.last, last.text.isEmpty { lines.removeLast() }
        self.lines = Array(lines)
        text = lines.map(\.text).joined(separator: "\n")
    }

    /// - Parameter offset: in Unicode scalars.
    func place(of offset: Int) -> (line: Int, column: Int) {
        var rest = offset
        for line in lines {
            let count = line.text.unicodeScalars.count
            if rest <= count { return (line.number, line.column + rest) }
            rest -= count + 1
        }
        return lines.last.map { ($0.number, $0.column + $0.text.unicodeScalars.count) } ?? (1, 1)
    }
}
