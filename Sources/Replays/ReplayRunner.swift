import HTTP
import JSON
import Texts

/// Plays replays against a target, step after step.
package struct ReplayRunner {
    private let stopwatch: () -> Int64

    /// - Parameter stopwatch: nanoseconds of a clock that never jumps; only reports use it.
    package init(stopwatch: @escaping () -> Int64 = { 0 }) { self.stopwatch = stopwatch }

    /// Runs all steps; one that fails does not keep the others from running, as far as they can do without it.
    package func run(_ replay: Replay, on target: any ReplayTarget) -> ReplayResult {
        let start = stopwatch()
        var session = ReplaySession(replay: replay, target: target)
        var results: [ReplayStepResult] = []
        results.reserveCapacity(replay.steps.count)
        play(ReplayOrder(replay).parts, round: "", &session, &results)
        return ReplayResult(path: replay.path, steps: results, nanoseconds: stopwatch() - start)
    }

    /// - Parameter round: what the loops around stand at, for titles.
    private func play(
        _ parts: [ReplayOrder.Part], round: String, _ session: inout ReplaySession,
        _ results: inout [ReplayStepResult]
    ) {
        for part in parts {
            switch part {
            case .step(let place):
                let step = session.replay.steps[place]
                let begin = stopwatch()
                let outcome = session.run(step)
                results.append(
                    ReplayStepResult(
                        title: step.title + round, line: step.line, outcome: outcome,
                        nanoseconds: stopwatch() - begin))
            case .loop(let loop, let inner):
                let outside = session.bindings
                for values in loop.rounds {
                    let words = session.begin(loop, values, outside)
                    play(inner, round: round + " (\(words))", &session, &results)
                }
                session.bindings = outside
            }
        }
    }
}

/// The state between the steps of one run.
private struct ReplaySession {
    let replay: Replay
    let target: any ReplayTarget
    var bindings = ReplayBindings()
    /// Names that stand for something which should have changed in a control step that this target cannot do, and the
    /// line of that step.
    var stale: [String: Int] = [:]
    /// Names that answers have given a value.
    var captured: Set<String> = []
    /// Requests whose answers are still to come, by name.
    var waiting: [String: (exchange: ReplayExchange, request: HTTPRequest)] = [:]

    init(replay: Replay, target: any ReplayTarget) {
        self.replay = replay
        self.target = target
        for definition in replay.setup.definitions { bindings[definition.name] = definition.value }
    }

    /// Begins a round: its names have its values, and what earlier rounds took is forgotten.
    ///
    /// - Returns: the values in words.
    mutating func begin(_ loop: ReplayLoop, _ values: [ReplayText], _ outside: ReplayBindings) -> String {
        bindings = outside
        let words = ReplayWords(replay)
        return zip(loop.names, values).map { name, value in
            bindings[name] = value.filled(outside)
            return words.masked("\(name) = \(bindings[name] ?? "")")
        }.joined(separator: ", ")
    }

    mutating func run(_ step: ReplayStep) -> ReplayStepResult.Outcome {
        switch step.action {
        case .control(let control): run(control, line: step.line)
        case .exchange(let exchange): run(exchange)
        case .delivery(let url, let expectation): run(delivery: url, expectation)
        }
    }

    private mutating func run(_ control: ReplayControl, line: Int) -> ReplayStepResult.Outcome {
        if case .answer(let name) = control { return finish(name) }
        if case .noDelivery = control { return expectNoDelivery() }
        do throws(ReplayTargetFault) {
            try target.control(control)
            return .passed
        } catch {
            switch error {
            case .notHere(let why):
                for name in captured where stale[name] == nil { stale[name] = line }
                return .notRunnable(why)
            case .failed(let why):
                return .failed(ReplayFailure(sent: "@ \(control)", differences: [Self.problem(why)]))
            }
        }
    }

    private mutating func run(_ exchange: ReplayExchange) -> ReplayStepResult.Outcome {
        let needed = exchange.requestNames
        if let name = needed.first(where: { bindings[$0] == nil }) {
            return .notRunnable("'\(name)' has no value, because the step that should have taken it got none")
        }
        for name in needed {
            guard let line = stale[name] else { continue }
            return .notRunnable(
                "'\(name)' is from before line \(line), which cannot run here: the answer would be another one")
        }
        guard let request = exchange.request(bindings) else { return .notRunnable("the request cannot be filled in") }
        if let name = exchange.expectation.waitsAs { return begin(exchange, request, as: name) }
        return compare(exchange, request) { [target] () throws(ReplayTargetFault) in
            try target.send(request, expecting: exchange.expectation.delay)
        }
    }

    private func expectNoDelivery() -> ReplayStepResult.Outcome {
        do throws(ReplayTargetFault) {
            guard let delivery = try target.nextDelivery() else { return .passed }
            let got = "one to \(delivery.url): \(String(decoding: delivery.body.prefix(500), as: UTF8.self))"
            return .failed(
                ReplayFailure(
                    sent: "@ no delivery", differences: [ReplayDifference("delivery", expected: "none", got: got)]))
        } catch {
            return Self.outcome(of: error, "@ no delivery")
        }
    }

    private mutating func run(
        delivery url: ReplayText, _ expectation: ReplayExpectation
    ) -> ReplayStepResult.Outcome {
        let sent = "@ delivery \(url.description)"
        let delivery: ReplayDelivery?
        do throws(ReplayTargetFault) { delivery = try target.nextDelivery() } catch {
            return Self.outcome(of: error, sent)
        }
        guard let delivery else {
            return .failed(
                ReplayFailure(
                    sent: sent, differences: [ReplayDifference("delivery", expected: "a message", got: "none")]))
        }
        var differences: [ReplayDifference] = []
        if let wanted = url.filled(bindings), wanted != delivery.url {
            differences.append(ReplayDifference("address", expected: wanted, got: delivery.url))
        }
        differences += expectation.differences(
            from: ReplayAnswer(status: 200, headers: delivery.headers, body: delivery.body), &bindings)
        for name in expectation.names where bindings[name] != nil { captured.insert(name) }
        guard !differences.isEmpty else { return .passed }
        let words = ReplayWords(replay)
        var failure = ReplayFailure(sent: sent, differences: differences.map { words.masked($0) })
        failure.reasons = ["the message was: \(String(decoding: delivery.body, as: UTF8.self))"]
        return .failed(failure)
    }

    private static func outcome(of fault: ReplayTargetFault, _ sent: String) -> ReplayStepResult.Outcome {
        switch fault {
        case .notHere(let why): .notRunnable(why)
        case .failed(let why): .failed(ReplayFailure(sent: sent, differences: [problem(why)]))
        }
    }

    private mutating func begin(
        _ exchange: ReplayExchange, _ request: HTTPRequest, as name: String
    ) -> ReplayStepResult.Outcome {
        do throws(ReplayTargetFault) {
            try target.begin(request, as: name)
            waiting[name] = (exchange, request)
            return .passed
        } catch {
            switch error {
            case .notHere(let why): return .notRunnable(why)
            case .failed(let why):
                var failure = ReplayWords(replay).failure(exchange, request, nil, bindings)
                failure.differences = [Self.problem(why)]
                return .failed(failure)
            }
        }
    }

    private mutating func finish(_ name: String) -> ReplayStepResult.Outcome {
        guard let (exchange, request) = waiting.removeValue(forKey: name) else {
            return .notRunnable("no request waits as '\(name)'")
        }
        return compare(exchange, request) { [target] () throws(ReplayTargetFault) in try target.finish(name) }
    }

    private mutating func compare(
        _ exchange: ReplayExchange, _ request: HTTPRequest, with send: () throws(ReplayTargetFault) -> ReplayAnswer
    ) -> ReplayStepResult.Outcome {
        let answer: ReplayAnswer
        do throws(ReplayTargetFault) {
            answer = try send()
        } catch {
            switch error {
            case .notHere(let why): return .notRunnable(why)
            case .failed(let why):
                var failure = ReplayWords(replay).failure(exchange, request, nil, bindings)
                failure.differences = [Self.problem(why)]
                return .failed(failure)
            }
        }
        let before = bindings
        let differences = exchange.expectation.differences(from: answer, &bindings)
        for name in exchange.expectation.names where bindings[name] != nil {
            captured.insert(name)
            // Taken anew after the control step, if it was taken here first.
            if before[name] == nil { stale[name] = nil }
        }
        guard !differences.isEmpty else { return .passed }
        let words = ReplayWords(replay)
        var failure = words.failure(exchange, request, answer, bindings)
        failure.differences = differences.map { words.masked($0) }
        failure.reasons = target.reasons().map { words.masked($0) }
        return .failed(failure)
    }

    private static func problem(_ why: String) -> ReplayDifference {
        ReplayDifference("step", expected: "to be carried out", got: why)
    }
}

extension ReplayExchange {
    var requestNames: [String] {
        target.names + headers.flatMap(\.value.names) + (body?.names ?? [])
    }

    /// The request with names filled in; nil when one of them has no value.
    func request(_ bindings: ReplayBindings) -> HTTPRequest? {
        guard let target = target.filled(bindings, escape: URLText.escaped) else { return nil }
        var fields = HTTPFields()
        for field in headers where !field.value.isAbsent {
            guard let value = field.value.filled(bindings) else { return nil }
            let isCredential = field.name.lowercased() == "authorization"
            fields.append(field.name, isCredential ? ReplayCredentials.encoded(value) : value)
        }
        var bytes: [UInt8] = []
        if let body {
            guard let text = body.filled(bindings, escape: body.looksLikeJSON ? Self.jsonEscaped : { $0 }) else {
                return nil
            }
            bytes = Array(isForm(fields) ? text.replacing("\n", with: "\r\n").utf8 : text.utf8)
        }
        return HTTPRequest(method: HTTPMethod(method), target: target, headers: fields, body: bytes)
    }

    /// The lines of a form with parts end in CR LF (RFC 2046 §4.1.1), which lines of a replay cannot show.
    private func isForm(_ fields: HTTPFields) -> Bool {
        fields["Content-Type"]?.lowercased().hasPrefix("multipart/") == true
    }

    private static func jsonEscaped(_ text: String) -> String {
        String(JSONValue.string(text).serializedText().dropFirst().dropLast())
    }
}

extension ReplayText {
    var looksLikeJSON: Bool {
        guard case .literal(let text)? = pieces.first else { return false }
        return text.hasPrefix("{") || text.hasPrefix("[")
    }
}

/// Values in the path of a request.
enum URLText {
    /// Everything but unreserved characters (RFC 3986 §2.3) percent-encoded.
    static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
