import Emulator
import HTTP
import JSON
import Payments
import Processor
import Scenarios
import ServiceKit

/// All services without sockets. Fuzzers run on one thread.
final class Bench {
    nonisolated(unsafe) static let shared = Bench()

    private let behavior: Behavior
    private var emulator: Emulator
    private var played = 0

    private init() {
        guard let scenario = try? ScenarioCatalog(key: [1, 2, 3]).load("uat-plain") else {
            fatalError("a shipped scenario loads: a test holds that")
        }
        behavior = scenario.behavior
        emulator = Self.emulator(behavior)
    }

    private static func emulator(_ behavior: Behavior) -> Emulator {
        Emulator(behavior: behavior, realTime: { Instant(seconds: 1_893_596_400) })
    }

    func play(_ requests: [HTTPRequest]) {
        // A world of many inputs finds more, but must not grow without end.
        played += 1
        if played.isMultiple(of: 500) { emulator = Self.emulator(behavior) }
        for request in requests {
            let response = emulator.deliver(request).response
            precondition((100...599).contains(response.status), "a status of HTTP")
            let type = response.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
            // A documented answer of settlements is bare text, which is called JSON all the same.
            guard type.hasPrefix("application/json"), let first = response.body.first,
                first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            else { continue }
            precondition((try? JSONValue(parsing: response.body)) != nil, "an answer that says JSON is JSON")
        }
    }
}
