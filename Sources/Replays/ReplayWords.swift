import HTTP

/// Puts what was sent, expected and got into words that may be shown.
struct ReplayWords {
    /// Bodies are cut behind this many characters.
    private static let longest = 4_000
    private let replay: Replay

    init(_ replay: Replay) { self.replay = replay }

    func masked(_ text: String) -> String { CardMask.masked(text, allowing: replay.clearNumbers) }

    func masked(_ difference: ReplayDifference) -> ReplayDifference {
        ReplayDifference(
            masked(difference.place), expected: masked(cut(difference.expected)), got: masked(cut(difference.got)))
    }

    func failure(
        _ exchange: ReplayExchange, _ request: HTTPRequest, _ answer: ReplayAnswer?, _ bindings: ReplayBindings
    ) -> ReplayFailure {
        ReplayFailure(
            sent: masked(sent(request)), expected: masked(expected(exchange.expectation, bindings)),
            got: masked(answer.map(got) ?? ""))
    }

    /// Without credentials.
    private func sent(_ request: HTTPRequest) -> String {
        var lines = ["\(request.method.token) \(request.target)"]
        for field in request.headers.lines where !Self.isSecret(field.name) {
            lines.append("\(field.name): \(field.value)")
        }
        return joined(lines, String(decoding: request.body, as: UTF8.self))
    }

    private func expected(_ expectation: ReplayExpectation, _ bindings: ReplayBindings) -> String {
        var lines: [String] = []
        switch expectation.arrival {
        case .dropped: lines.append("dropped")
        case .reset: lines.append("reset")
        case .answer(let status, let reason):
            switch reason {
            case .text(let text): lines.append("\(status) \(text)")
            case .absent: lines.append("\(status) (no reason phrase)")
            case nil: lines.append("\(status)")
            }
        }
        switch expectation.delay {
        case .none: break
        case .any: lines.append("after: any time")
        case .exactly(let duration): lines.append("after: \(ReplayDuration.write(duration))")
        }
        if expectation.isTruncated { lines.append("delivery: truncated") }
        lines += expectation.headers.map { "\($0.name): \($0.value.shown(bindings))" }
        switch expectation.body {
        case .any: return joined(lines, "(any body)")
        case .empty: return joined(lines, "")
        case .json(let pattern, _): return joined(lines, pattern.shown(bindings))
        case .text(let text), .containing(let text): return joined(lines, text.shown(bindings))
        }
    }

    private func got(_ answer: ReplayAnswer) -> String {
        guard answer.status != 0 else { return answer.arrival.rawValue }
        var lines = ["\(answer.status)" + (answer.reason.isEmpty ? "" : " \(answer.reason)")]
        if answer.arrival != .whole { lines.append("delivery: \(answer.arrival.rawValue)") }
        if let delay = answer.delay, delay > .zero { lines.append("after: \(ReplayDuration.write(delay))") }
        lines += answer.headers.filter { !Self.isSecret($0.name) }.map { "\($0.name): \($0.value)" }
        return joined(lines, answer.text)
    }

    private func joined(_ lines: [String], _ body: String) -> String {
        (lines + (body.isEmpty ? [] : [cut(body)])).joined(separator: "\n")
    }

    private func cut(_ text: String) -> String {
        guard text.count > Self.longest else { return text }
        return text.prefix(Self.longest) + "… (\(text.utf8.count) bytes in all)"
    }

    private static func isSecret(_ name: String) -> Bool {
        ["authorization", "proxy-authorization", "cookie", "set-cookie"].contains(name.lowercased())
    }
}
