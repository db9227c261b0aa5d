import Arguments
import Emulator
import HTTP
import Platform
import Replays
import TLS

struct ReplayCommand: Subcommand {
    static let description = CommandDescription(
        "replay",
        "Plays sessions again and compares every answer with what the file expects.",
        discussion: """
            Without --against, each file runs in this process, in a world of its own: no network, no waiting.
            With it, requests go to a server. Steps that move the clock or settle go to its control API; without
            --control they are reported as not run here, and so are the steps that depend on them.

            EXAMPLES
              understudy replay scenarios/replays/cardpointe/*.replay
              understudy replay session.replay --junit results.xml
              understudy replay session.replay --against http://localhost:8080 --control http://localhost:8081
              understudy replay session.replay --against http://localhost:9090 --define mid=800000000001
              understudy replay session.replay --against https://localhost:8443 --cacert understudy-ca.pem
            """,
        parameters: [
            files.description, against.description, control.description, cacert.description, junit.description,
            define.description, timeout.description,
        ])

    static let files = Parameter.words("files", "Replay files.")
    static let against = Parameter<String?>.option(
        "against", valueName: "url", "The server to play against, for example http://localhost:8080.")
    static let control = Parameter<String?>.option(
        "control", valueName: "url", "Its control API, for example http://localhost:8081.")
    static let cacert = Parameter<String?>.option(
        "cacert", valueName: "file", "Certificates, in PEM form, to trust for https instead of those of the system.")
    static let junit = Parameter<String?>.option("junit", valueName: "file", "Also writes the results as JUnit XML.")
    static let define = Parameter.repeatedOption(
        "define", valueName: "name=value", "Gives a name of the files a value. May be repeated.")
    static let timeout = Parameter.option("timeout", default: 60, "Seconds to wait for an answer of a server.")

    private let files: [String]
    private let against: String?
    private let control: String?
    private let cacert: String?
    private let junit: String?
    private let define: [String]
    private let timeout: Int

    init(_ arguments: ParsedArguments) throws(Misuse) {
        files = arguments[Self.files]
        against = arguments[Self.against]
        control = arguments[Self.control]
        cacert = arguments[Self.cacert]
        junit = arguments[Self.junit]
        define = arguments[Self.define]
        timeout = arguments[Self.timeout]
        try validate()
    }

    private func validate() throws(Misuse) {
        if control != nil, against == nil { throw Misuse("--control belongs to --against.") }
        for url in [against, control].compactMap(\.self) where ReplayServer(url) == nil {
            throw Misuse("'\(url)' is no URL of the form http://host:port or https://host:port.")
        }
        if cacert != nil, !isSecure {
            throw Misuse("--cacert belongs to an https URL.")
        }
        guard (1...3600).contains(timeout) else {
            throw Misuse("--timeout is a number of seconds up to 3600.")
        }
        for definition in define where Self.definition(definition) == nil {
            throw Misuse("'\(definition)' is no definition of the form name=value.")
        }
    }

    func run() throws(ExitCode) {
        let replays = try parse()
        let player = ReplayPlayer(catalog: ScenarioCatalog())
        let filter = try clientFilter()
        var results: [ReplayResult] = []
        for replay in replays {
            let result = try play(replay, player, filter)
            Terminal.print(ReplayReport.text(result))
            results.append(result)
        }
        if results.count > 1 { Terminal.print(ReplayReport.summary(results)) }
        if let junit { try write(JUnitReport.xml(results), to: junit) }
        if results.contains(where: \.hasFailed) { throw Terminal.Failure.failed.exitCode }
    }

    /// All files, or all their mistakes.
    private func parse() throws(ExitCode) -> [Replay] {
        let definitions = define.compactMap(Self.definition)
        var replays: [Replay] = []
        var hasMistakes = false
        for file in files {
            let bytes = try Terminal.read(file, limit: ReplayParser.byteLimit + 1)
            do throws(ReplayMistakes) {
                replays.append(try ReplayParser.parse(bytes, path: file, definitions: definitions))
            } catch {
                hasMistakes = true
                Terminal.complain(error.description)
            }
        }
        if hasMistakes { throw Terminal.Failure.badData.exitCode }
        return replays
    }

    /// Whether one of the servers is to be called by https.
    private var isSecure: Bool {
        [against, control].contains { url in url.flatMap { ReplayServer($0) }?.isSecure == true }
    }

    /// What verifies servers; nil when no https is asked for.
    private func clientFilter() throws(ExitCode) -> ClientFilterFactory? {
        guard isSecure else { return nil }
        let authorities = try cacert.map { file throws(ExitCode) in try Terminal.read(file, limit: 16_777_216) }
        do throws(TLSError) {
            let client = try TLSClient(authorities: authorities)
            return { host in try client.filter(host: host) }
        } catch {
            throw Terminal.failure(.badData, "understudy: \(cacert ?? "https"): \(error)")
        }
    }

    private func play(
        _ replay: Replay, _ player: ReplayPlayer, _ filter: ClientFilterFactory?
    ) throws(ExitCode) -> ReplayResult {
        if let server = against.flatMap({ ReplayServer($0) }) {
            do throws(ReplayTargetFault) {
                return try player.play(
                    replay, against: server, control: control.flatMap { ReplayServer($0) }, timeout: .seconds(timeout),
                    filter: filter)
            } catch {
                throw Terminal.failure(.unavailable, "understudy: \(replay.path): \(error)")
            }
        }
        do throws(ScenarioProblem) {
            return try player.play(replay)
        } catch {
            throw Terminal.failure(
                Terminal.code(of: error), "\(replay.path): its scenario does not load\n\(Terminal.message(error))")
        }
    }

    private func write(_ text: String, to path: String) throws(ExitCode) {
        do throws(SystemError) {
            try Files.write(path, Array(text.utf8))
        } catch {
            throw Terminal.failure(.cannotCreate, "understudy: cannot write \(path): \(error.reason)")
        }
    }

    private static func definition(_ text: String) -> ReplayDefinition? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, ReplayDefinition.isName(parts[0]) else { return nil }
        return ReplayDefinition(name: parts[0], value: parts[1])
    }
}
