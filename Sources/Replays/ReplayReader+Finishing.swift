/// Turns a draft into a step.
extension ReplayReader {
    mutating func finishStep() {
        guard let draft else { return }
        self.draft = nil
        switch draft.stage {
        case .title: report(draft.line, 1, lines[draft.line - 1].text.count, "a title without a step")
        case .request:
            report(
                draft.line, 1, lines[draft.line - 1].text.count, "the request has no expected answer",
                "add '< 200', or '< dropped'")
        case .answer: finishExchange(draft)
        }
    }

    private mutating func finishExchange(_ draft: StepDraft) {
        guard !draft.isDelivery else { return finishDelivery(draft) }
        let fields = Self.merged(defaultRequest, draft.requestFields.map(\.field))
        let body = requestBody(draft)
        checkNames(draft, fields, body)
        guard let expectation = expectation(draft), let target = draft.target, !draft.isBroken else { return }
        let exchange = ReplayExchange(
            method: draft.method, target: target, headers: fields, body: body, expectation: expectation)
        known.formUnion(expectation.names)
        steps.append(
            ReplayStep(
                title: draft.title, line: draft.line, provenance: draft.provenance, action: .exchange(exchange),
                switches: draft.switches))
    }

    private mutating func finishDelivery(_ draft: StepDraft) {
        guard let expectation = expectation(draft), let target = draft.target, !draft.isBroken else { return }
        known.formUnion(expectation.names)
        steps.append(
            ReplayStep(
                title: draft.title, line: draft.line, provenance: draft.provenance,
                action: .delivery(target, expectation), switches: draft.switches))
    }

    private mutating func requestBody(_ draft: StepDraft) -> ReplayText? {
        let body = BodyText(draft.requestBody)
        guard !body.text.isEmpty else { return nil }
        do throws(ReplayTextFault) {
            return try ReplayText(reading: body.text)
        } catch {
            report(error, in: body)
            return nil
        }
    }

    /// What is sent consists of names that have a value by then.
    private mutating func checkNames(_ draft: StepDraft, _ fields: [ReplayField], _ body: ReplayText?) {
        if let target = draft.target { checkNames(target, draft.targetLine) }
        for field in draft.requestFields where !field.field.value.isAbsent { checkNames(field.field.value, field.line) }
        for field in fields where !field.value.isAbsent {
            let isOwn = draft.requestFields.contains { $0.field.value == field.value }
            if !isOwn { checkNames(field.value, draft.line) }
        }
        if let body, let first = draft.requestBody.first { checkNames(body, first.number, in: draft.requestBody) }
    }

    private mutating func checkNames(_ text: ReplayText, _ line: Int, in body: [StepDraft.BodyLine] = []) {
        for piece in text.pieces {
            guard case .placeholder(let placeholder) = piece else { continue }
            let shown = placeholder.description
            let place = place(of: shown, line, body)
            guard let name = placeholder.name, placeholder.matcher == .anything else {
                report(place.line, place.column, shown.count, "a request cannot hold the matcher '\(shown)'")
                continue
            }
            if !known.contains(name) {
                report(
                    place.line, place.column, shown.count, "'\(name)' has no value here",
                    Nearest.word(to: name, among: known.sorted()).map { "did you mean '\($0)'?" }
                        ?? "an earlier answer has to hold ${\(name)}, or '# define: \(name) = …' has to name it")
            }
        }
    }

    private func place(of text: String, _ line: Int, _ body: [StepDraft.BodyLine]) -> (line: Int, column: Int) {
        for number in [line] + body.map(\.number) {
            let content = String(lines[number - 1].text)
            if let column = content.firstColumn(of: text) { return (number, column) }
        }
        return (line, 1)
    }

    // MARK: - The answer

    private mutating func expectation(_ draft: StepDraft) -> ReplayExpectation? {
        guard let arrival = draft.arrival else { return nil }
        var expectation = ReplayExpectation(arrival: arrival)
        expectation.delay = draft.delay
        expectation.isTruncated = draft.isTruncated
        expectation.waitsAs = draft.waitsAs
        switch arrival {
        case .dropped, .reset:
            if let part = draft.answerBody.first {
                report(part.number, part.column, part.text.count, "an answer that does not come has no body")
            }
            for field in draft.answerFields {
                report(field.line, 1, lines[field.line - 1].text.count, "an answer that does not come has no fields")
            }
            return expectation
        case .answer: break
        }
        expectation.headers = Self.merged(defaultAnswer, draft.answerFields.map(\.field))
        guard let body = expectedBody(BodyText(draft.answerBody), draft.mode) else { return nil }
        expectation.body = body
        return expectation
    }

    private mutating func expectedBody(_ body: BodyText, _ mode: CompareMode) -> ReplayExpectation.Body? {
        if body.text.isEmpty { return .empty }
        if body.text == "${any}" { return .any }
        do throws(ReplayTextFault) {
            let isJSON = body.text.hasPrefix("{") || body.text.hasPrefix("[")
            switch mode {
            case .members where isJSON: return .json(try ReplayPattern(reading: body.text), extraMembers: false)
            case .contains where isJSON: return .json(try ReplayPattern(reading: body.text), extraMembers: true)
            case .contains: return .containing(try ReplayText(reading: body.text))
            case .members, .exact: return .text(try ReplayText(reading: body.text))
            }
        } catch {
            report(error, in: body)
            return nil
        }
    }

    private mutating func report(_ fault: ReplayTextFault, in body: BodyText) {
        let place = body.place(of: fault.offset)
        report(place.line, place.column, fault.length, fault.message, fault.suggestion)
    }

    /// Own fields take the place of defaults of the same name.
    private static func merged(_ defaults: [ReplayField], _ own: [ReplayField]) -> [ReplayField] {
        let names = Set(own.map { $0.name.lowercased() })
        return defaults.filter { !names.contains($0.name.lowercased()) } + own
    }
}

extension String {
    /// From 1, in Unicode scalars; nil when the text is not in here.
    func firstColumn(of text: String) -> Int? {
        let own = Array(unicodeScalars)
        let other = Array(text.unicodeScalars)
        guard !other.isEmpty, own.count >= other.count else { return nil }
        let start = (0...(own.count - other.count)).first { own[$0..<($0 + other.count)].elementsEqual(other) }
        return start.map { $0 + 1 }
    }
}
