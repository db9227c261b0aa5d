import Payments

/// The lines of steps.
extension ReplayReader {
    // MARK: - Requests

    /// `PUT /path`, or a header field of the request, or (before the first step) one of all requests.
    mutating func readRequest(_ text: Substring, _ line: ReplayLine) {
        let isField = Self.isField(text)
        if isInHead, isField {
            if let field = field(text, line) { defaultRequest.append(field) }
            return
        }
        if isField {
            guard draft?.stage == .request, draft?.body.isEmpty == true else {
                return report(line, at: text, "a header field stands right below '> METHOD /path'")
            }
            if let field = field(text, line) { draft?.requestFields.append((field, line.number)) }
            return
        }
        isInHead = false
        if draft?.stage != .title { finishStep() }
        beginRequest(text, line)
    }

    private mutating func beginRequest(_ text: Substring, _ line: ReplayLine) {
        let parts = text.split(separator: " ", maxSplits: 2)
        let method = parts.first ?? ""
        guard parts.count >= 2, method.allSatisfy({ ("A"..."Z").contains($0) || $0 == "-" }) else {
            report(
                line, at: text, "a request is '> METHOD /path'",
                parts.count == 1 ? "a header field has a colon: 'Name: value'" : nil)
            draft = nil
            // What follows belongs to this request all the same.
            draft = StepDraft(title: "", line: line.number, mode: mode, provenance: setup.provenance)
            draft?.isBroken = true
            draft?.stage = .request
            return
        }
        let target = parts[1]
        if !target.hasPrefix("/"), !target.hasPrefix("${") {
            report(line, at: target, "a path begins with '/'", "the server is named on the command line")
        }
        var step =
            draft
            ?? StepDraft(title: "", line: line.number, mode: mode, provenance: setup.provenance)
        step.line = line.number
        if step.title.isEmpty { step.title = "\(method) \(target)" }
        step.method = String(method)
        step.target = self.text(target, in: line)
        step.targetLine = line.number
        if step.target == nil { step.isBroken = true }
        step.stage = .request
        draft = step
        if parts.count == 3 { readInlineBody(parts[2], line) }
    }

    private mutating func readInlineBody(_ text: Substring, _ line: ReplayLine) {
        guard text.hasPrefix("{") || text.hasPrefix("[") else {
            return report(
                line, at: text, "only JSON may stand behind the path", "put any other body on a line of its own")
        }
        draft?.addBody(text, of: line)
    }

    // MARK: - Answers

    mutating func readAnswer(_ text: Substring, _ line: ReplayLine) {
        let isField = Self.isField(text)
        if isInHead {
            guard isField else { return report(line, at: text, "an answer without a request") }
            if let field = field(text, line) { defaultAnswer.append(field) }
            return
        }
        switch draft?.stage {
        case .request where !isField: beginAnswer(text, line)
        case .answer where isField: readAnswerField(text, line)
        case .answer:
            report(line, at: text, "the step has an answer already", "a new step begins with '> METHOD /path'")
        case .request, .title, nil:
            report(line, at: text, isField ? "the status comes first: '< 200'" : "an answer without a request")
        }
    }

    private mutating func beginAnswer(_ text: Substring, _ line: ReplayLine) {
        draft?.stage = .answer
        draft?.answerLine = line.number
        let content = text.trimmingBlanks
        if content == "dropped" || content == "reset" {
            draft?.arrival = content == "dropped" ? .dropped : .reset
            return
        }
        let digits = content.prefix { $0 != " " }
        guard digits.count == 3, let status = Int(digits), (100...599).contains(status) else {
            draft?.isBroken = true
            return report(
                line, at: digits, "an answer is a status from 100 to 599, 'dropped' or 'reset'",
                Nearest.word(to: String(digits), among: ["dropped", "reset"]).map { "did you mean '\($0)'?" })
        }
        let rest = content.dropFirst(3).trimmingBlanks
        if rest.hasPrefix("{") || rest.hasPrefix("[") {
            draft?.arrival = .answer(status: status, reason: nil)
            draft?.addBody(rest, of: line)
        } else if rest == "${absent}" {
            draft?.arrival = .answer(status: status, reason: .absent)
        } else {
            draft?.arrival = .answer(status: status, reason: rest.isEmpty ? nil : .text(String(rest)))
        }
    }

    private mutating func readAnswerField(_ text: Substring, _ line: ReplayLine) {
        guard draft?.body.isEmpty == true else {
            return report(line, at: text, "a header field stands above the body")
        }
        let name = text.prefix { $0 != ":" }
        let value = text.dropFirst(name.count + 1).trimmingBlanks
        switch name.lowercased() {
        case "after":
            if value == "${any}" {
                draft?.delay = .any
            } else if let duration = ReplayDuration.read(value) {
                draft?.delay = .exactly(duration)
            } else {
                report(line, at: value, "this is no duration", "write it as 32s, 500ms or 1d12h")
            }
        case "waits":
            guard ReplayDefinition.isName(String(value)) else {
                return report(line, at: value, "a request waits under a name", "write it as 'waits: first'")
            }
            draft?.waitsAs = String(value)
        case "delivery":
            guard value == "truncated" || value == "whole" else {
                return report(
                    line, at: value, "an answer is delivered 'whole' or 'truncated'",
                    "'< dropped' and '< reset' stand in place of the status")
            }
            draft?.isTruncated = value == "truncated"
        default:
            if let field = field(text, line) { draft?.answerFields.append((field, line.number)) }
        }
    }

    // MARK: - Control steps

    mutating func readControl(_ text: Substring, _ line: ReplayLine) {
        let word = text.prefix { $0 != " " }
        if draft?.stage != .title || word == "repeat" || word == "end" { finishStep() }
        isInHead = false
        if word == "repeat" { return beginLoop(text, line) }
        if word == "end" { return endLoop(text, line) }
        let words = text.split(separator: " ").map(String.init)
        if words.first == "delivery", words.count == 2 { return beginDelivery(Substring(words[1]), line) }
        let step = draft
        draft = nil
        let control: ReplayControl
        switch words.first {
        case "settle" where words.count == 1: control = .settle
        case "answer" where words.count == 2: control = .answer(words[1])
        case "no" where words == ["no", "delivery"]: control = .noDelivery
        case "endpoint" where words.count == 2 && Self.status(words[1]) != nil:
            control = .endpoint(Self.status(words[1]) ?? 0)
        case "resend" where words.count == 2 && Int(words[1]).map { $0 > 0 } == true:
            control = .resend(Int(words[1]) ?? 0)
        case "application" where words.count == 3 && Int(words[1]) != nil:
            control = .application(Int(words[1]) ?? 0, status: words[2])
        case "order" where words.count == 3 && Int(words[1]) != nil:
            control = .order(Int(words[1]) ?? 0, status: words[2])
        case "clock":
            guard let change = Self.clockChange(words.dropFirst().joined(separator: " ")) else {
                return report(
                    line, at: text, "the clock is moved or set", "'@ clock +1d' or '@ clock = 2030-01-03T00:00:00Z'")
            }
            control = change
        default:
            let known = [
                "clock", "settle", "answer", "application", "order", "delivery", "endpoint", "resend",
                "repeat", "end",
            ]
            let nearest = Nearest.word(to: words.first ?? "", among: known)
            return report(
                line, at: text,
                "control steps are '@ clock', '@ settle', '@ answer', '@ application', '@ order', '@ delivery', "
                    + "'@ no delivery', '@ endpoint', '@ resend', '@ repeat' and '@ end'",
                nearest.map { "did you mean '\($0)'?" })
        }
        steps.append(
            ReplayStep(
                title: step?.title ?? "@ \(text.trimmingBlanks)", line: line.number,
                provenance: step?.provenance ?? setup.provenance, action: .control(control),
                switches: step?.switches ?? []))
    }

    /// `@ delivery URL`: fields and body of the message follow.
    private mutating func beginDelivery(_ url: Substring, _ line: ReplayLine) {
        var step = draft ?? StepDraft(title: "", line: line.number, mode: mode, provenance: setup.provenance)
        step.line = line.number
        if step.title.isEmpty { step.title = "delivery \(url)" }
        step.target = text(url, in: line)
        step.targetLine = line.number
        if step.target == nil { step.isBroken = true }
        step.isDelivery = true
        step.arrival = .answer(status: 200, reason: nil)
        step.stage = .answer
        draft = step
    }

    private static func status(_ text: String) -> Int? {
        Int(text).flatMap { (100...599).contains($0) && text.utf8.count == 3 ? $0 : nil }
    }

    private static func clockChange(_ text: String) -> ReplayControl? {
        switch text.first {
        case "+": ReplayDuration.read(text.dropFirst().drop { $0 == " " }).map { .moveClock(by: $0) }
        case "=": InstantText.read(text.dropFirst().drop { $0 == " " }).map { .setClock($0) }
        default: nil
        }
    }

    // MARK: - Fields

    /// A token, then a colon (RFC 9110 §5.1).
    private static func isField(_ text: Substring) -> Bool {
        let name = text.prefix { $0 != ":" && $0 != " " }
        return !name.isEmpty && text.dropFirst(name.count).first == ":"
    }

    private mutating func field(_ text: Substring, _ line: ReplayLine) -> ReplayField? {
        let name = text.prefix { $0 != ":" }
        let value = text.dropFirst(name.count + 1).trimmingBlanks
        let allowed = "!#$%&'*+-.^_`|~"
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || allowed.contains($0)) }) else {
            report(line, at: name, "this is no name of a header field")
            return nil
        }
        return self.text(value, in: line).map { ReplayField(name: String(name), value: $0) }
    }
}
