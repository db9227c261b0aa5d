import HTTP
import JSON

extension ReplayExpectation {
    /// The names that an answer may give a value.
    var names: [String] {
        let fields = headers.flatMap(\.value.names)
        switch body {
        case .any, .empty: return fields
        case .json(let pattern, _): return fields + pattern.names
        case .text(let text), .containing(let text): return fields + text.names
        }
    }

    /// Everything in which an answer is not what is expected; names get their values.
    func differences(from answer: ReplayAnswer, _ bindings: inout ReplayBindings) -> [ReplayDifference] {
        var found: [ReplayDifference] = []
        switch arrival {
        case .dropped: compareArrival(.dropped, answer, &found)
        case .reset: compareArrival(.reset, answer, &found)
        case .answer(let status, let reason):
            compareArrival(isTruncated ? .truncated : .whole, answer, &found)
            guard answer.status != 0 else { break }
            compareHead(status, reason, answer, &bindings, &found)
            compareBody(answer, &bindings, &found)
        }
        compareDelay(answer, &found)
        return found
    }

    private func compareArrival(
        _ wanted: ReplayAnswer.Arrival, _ answer: ReplayAnswer, _ found: inout [ReplayDifference]
    ) {
        guard answer.arrival != wanted else { return }
        found.append(ReplayDifference("delivery", expected: wanted.rawValue, got: answer.arrival.rawValue))
    }

    private func compareDelay(_ answer: ReplayAnswer, _ found: inout [ReplayDifference]) {
        guard let got = answer.delay else { return }
        let wanted: Duration
        switch delay {
        case .any: return
        case .none: wanted = .zero
        case .exactly(let duration): wanted = duration
        }
        guard got != wanted else { return }
        found.append(ReplayDifference("after", expected: ReplayDuration.write(wanted), got: ReplayDuration.write(got)))
    }

    private func compareHead(
        _ status: Int, _ reason: Reason?, _ answer: ReplayAnswer, _ bindings: inout ReplayBindings,
        _ found: inout [ReplayDifference]
    ) {
        if answer.status != status {
            found.append(ReplayDifference("status", expected: String(status), got: String(answer.status)))
        }
        switch reason {
        case .text(let text) where answer.reason != text:
            found.append(ReplayDifference("reason phrase", expected: text, got: Self.orNone(answer.reason)))
        case .absent where !answer.reason.isEmpty:
            found.append(ReplayDifference("reason phrase", expected: "none", got: answer.reason))
        case .text, .absent, nil: break
        }
        for field in headers { compare(field, answer, &bindings, &found) }
    }

    private func compare(
        _ field: ReplayField, _ answer: ReplayAnswer, _ bindings: inout ReplayBindings,
        _ found: inout [ReplayDifference]
    ) {
        let place = "header \(field.name)"
        switch (answer.header(field.name), field.value.isAbsent) {
        case (nil, true): break
        case (let value?, true): found.append(ReplayDifference(place, expected: "no such header", got: value))
        case (nil, false):
            found.append(ReplayDifference(place, expected: field.value.shown(bindings), got: "no such header"))
        case (let value?, false):
            if !field.value.matches(value, &bindings) {
                found.append(ReplayDifference(place, expected: field.value.shown(bindings), got: value))
            }
        }
    }

    private func compareBody(
        _ answer: ReplayAnswer, _ bindings: inout ReplayBindings, _ found: inout [ReplayDifference]
    ) {
        switch body {
        case .any: break
        case .empty:
            if !answer.body.isEmpty {
                found.append(ReplayDifference("body", expected: "nothing", got: answer.text))
            }
        case .json(let pattern, let extraMembers):
            do throws(JSONError) {
                let value = try JSONValue(parsing: answer.body)
                found += pattern.differences(from: value, allowsExtraMembers: extraMembers, &bindings)
            } catch {
                found.append(ReplayDifference("body", expected: "JSON", got: "no JSON (\(error))"))
            }
        case .text(let text):
            if !text.matches(answer.text, &bindings) {
                found.append(ReplayDifference("body", expected: text.shown(bindings), got: answer.text))
            }
        case .containing(let text):
            let around = ReplayText.Piece.placeholder(ReplayPlaceholder())
            if !ReplayText([around] + text.pieces + [around]).matches(answer.text, &bindings) {
                found.append(
                    ReplayDifference("body", expected: "text with '\(text.shown(bindings))'", got: answer.text))
            }
        }
    }

    private static func orNone(_ text: String) -> String { text.isEmpty ? "none" : text }
}

extension ReplayAnswer {
    /// The body, with what is no UTF-8 replaced.
    var text: String { String(decoding: body, as: UTF8.self) }
}
