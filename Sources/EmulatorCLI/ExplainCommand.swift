import Arguments
import Emulator
import HTTP
import Platform
import Replays

struct ExplainCommand: Subcommand {
    static let description = CommandDescription(
        "explain",
        "Answers one request and says why the answer is as it is.",
        discussion: """
            Nothing is sent anywhere: the request is answered in this process. It is given by options, or as text with
            --file (- for standard input): 'METHOD /path', header lines, an empty line, the body.

            EXAMPLES
              understudy explain /cardconnect/rest/auth --user USER:PASSWORD --body '{"merchid":"…","amount":"1.00"}'
              understudy explain --scenario declines.yaml --file request.txt
              understudy explain --after setup.replay --method GET /cardconnect/rest/inquire/RETREF/MID --user …
            """,
        parameters: [
            path.description, scenario.description, method.description, user.description, host.description,
            header.description, body.description, file.description, after.description, seed.description,
        ])

    static let path = Parameter.word("path", "The path, with the query if there is one.")
    static let scenario = Parameter<String?>.option("scenario", "The scenario: a file or the name of a shipped one.")
    static let method = Parameter<String?>.option("method", "The request's method.")
    static let user = Parameter<String?>.option("user", "User and password for HTTP Basic: user:password.")
    static let host = Parameter<String?>.option("host", "Which host the request is for; it chooses the site.")
    static let header = Parameter.repeatedOption("header", "A header line, 'Name: value'. May be repeated.")
    static let body = Parameter<String?>.option("body", "The body.")
    static let file = Parameter<String?>.option("file", "The whole request as text; - for standard input.")
    static let after = Parameter<String?>.option(
        "after", valueName: "replay", "Plays this replay first; its scenario, seed and clock count.")
    static let seed = Parameter<UInt64?>.option("seed", "Takes the place of the scenario's seed.")

    private let path: String?
    private let scenario: String?
    private let method: String?
    private let user: String?
    private let host: String?
    private let header: [String]
    private let body: String?
    private let file: String?
    private let after: String?
    private let seed: UInt64?

    init(_ arguments: ParsedArguments) throws(Misuse) {
        path = arguments[Self.path]
        scenario = arguments[Self.scenario]
        method = arguments[Self.method]
        user = arguments[Self.user]
        host = arguments[Self.host]
        header = arguments[Self.header]
        body = arguments[Self.body]
        file = arguments[Self.file]
        after = arguments[Self.after]
        seed = arguments[Self.seed]
        try validate()
    }

    private func validate() throws(Misuse) {
        guard (path == nil) != (file == nil) else {
            throw Misuse("Give the request's path, or the request with --file.")
        }
        if file != nil, method != nil || body != nil {
            throw Misuse("--file has method and body already.")
        }
        if let path, !path.hasPrefix("/") { throw Misuse("A path begins with '/'.") }
        if let user, !user.contains(":") { throw Misuse("--user is user:password.") }
        for line in header where !line.contains(":") { throw Misuse("'\(line)' is no header 'Name: value'.") }
        if after != nil, scenario != nil || seed != nil {
            throw Misuse("With --after, scenario and seed are those of the replay.")
        }
    }

    func run() throws(ExitCode) {
        let request = try makeRequest()
        let target = try makeTarget()
        let explanation = target.emulator.explain(request)
        Terminal.print(explanation.text)
    }

    private func makeRequest() throws(ExitCode) -> HTTPRequest {
        var request: HTTPRequest
        if let file {
            let bytes = try Terminal.read(file, limit: 16 << 20)
            guard let read = RequestText.read(String(decoding: bytes, as: UTF8.self)) else {
                throw Terminal.failure(
                    .badData,
                    "\(file):1:1: error: a request is 'METHOD /path', header lines, an empty line, the body")
            }
            request = read
        } else {
            let bytes = Array((body ?? "").utf8)
            request = HTTPRequest(
                method: HTTPMethod(method ?? (bytes.isEmpty ? "GET" : "PUT")), target: path ?? "/", body: bytes)
        }
        for line in header {
            let name = line.prefix { $0 != ":" }
            request.headers.append(String(name), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
        }
        if let host { request.headers.append("Host", host) }
        if let user { request.headers.append("Authorization", ReplayCredentials.basic(user)) }
        if !request.body.isEmpty, request.headers["Content-Type"] == nil {
            request.headers.append("Content-Type", "application/json")
        }
        return request
    }

    private func makeTarget() throws(ExitCode) -> InProcessTarget {
        let catalog = ScenarioCatalog()
        guard let after else {
            let loaded = try Terminal.load(scenario ?? ScenarioCatalog.standard, from: catalog)
            var setup = ReplaySetup()
            setup.seed = seed
            return InProcessTarget(behavior: loaded.behavior, setup: setup)
        }
        let bytes = try Terminal.read(after, limit: ReplayParser.byteLimit + 1)
        let replay: Replay
        do throws(ReplayMistakes) {
            replay = try ReplayParser.parse(bytes, path: after)
        } catch {
            throw Terminal.failure(.badData, error.description)
        }
        do throws(ScenarioProblem) {
            let target = try ReplayPlayer(catalog: catalog).target(for: replay)
            let result = ReplayPlayer.run(replay, on: target)
            if result.hasFailed { Terminal.complain(ReplayReport.text(result)) }
            return target
        } catch {
            throw Terminal.failure(Terminal.code(of: error), Terminal.message(error))
        }
    }
}

/// A request as text, as people paste it; `> ` in front of lines, as in replays, is taken off.
enum RequestText {
    static func read(_ text: String) -> HTTPRequest? {
        // By scalars: CR LF is one character.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { part in
            let line = Substring(part.last == "\r" ? part.dropLast() : part)
            return line.hasPrefix("> ") ? line.dropFirst(2) : line
        }[...]
        while let first = lines.first, first.isEmpty || first.hasPrefix("#") { lines.removeFirst() }
        let words = (lines.popFirst() ?? "").split(separator: " ")
        guard words.count == 2 || words.count == 3, words[1].hasPrefix("/"), words[0].allSatisfy(\.isUppercase) else {
            return nil
        }
        var fields = HTTPFields()
        while let line = lines.first, !line.isEmpty, !line.hasPrefix("{"), !line.hasPrefix("[") {
            let name = line.prefix { $0 != ":" }
            guard name.count < line.count, !name.contains(" ") else { return nil }
            let value = String(line.dropFirst(name.count + 1).drop { $0 == " " })
            fields.append(
                String(name), name.lowercased() == "authorization" ? ReplayCredentials.encoded(value) : value)
            lines.removeFirst()
        }
        if lines.first?.isEmpty == true { lines.removeFirst() }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        return HTTPRequest(
            method: HTTPMethod(String(words[0])), target: String(words[1]), headers: fields,
            body: Array(lines.joined(separator: "\n").utf8))
    }
}
