import HTTP
import Platform
import Processor
import ServiceKit

/// What takes long and is made beside the event loops: the keys of sites.
final class Preparations: Sendable {
    private let emulator: Emulator
    /// Of everything that was begun; few, since a process has few scenarios with sites of their own.
    private let begun = Lock<[Gate]>([])

    init(_ emulator: Emulator) { self.emulator = emulator }

    /// - Returns: opened when everything for this scenario has been made.
    @discardableResult
    func begin(_ behavior: Behavior) -> Gate {
        let gate = Gate()
        begun.withLock { $0.append(gate) }
        BlockingWork.begin { [emulator] in
            emulator.prepare(behavior)
            gate.open()
        }
        return gate
    }

    /// Waits for all that was begun. Blocks: never call it on an event loop.
    func wait() {
        for gate in begun.withLock({ $0 }) { gate.wait() }
    }
}

/// The control API, whose answer about a new world comes when the world's scenario is prepared: the first request to
/// that world then finds its keys, and makes none on its event loop.
struct PreparingControl: HTTPHandler {
    let control: any HTTPHandler
    let emulator: Emulator
    let preparations: Preparations

    func respond(to request: HTTPRequest) -> HTTPReply {
        let reply = control.respond(to: request)
        guard case .now(let response) = reply, response.status == 201,
            let path = HTTPFields(response.headers)["Location"], let name = path.split(separator: "/").last,
            let behavior = emulator.worlds.handle(PercentCoding.decode(name))?.behavior,
            !emulator.isPrepared(for: behavior)
        else { return reply }
        let gate = preparations.begin(behavior)
        return .later {
            await BlockingWork.run { gate.wait() }
            return response
        }
    }
}
