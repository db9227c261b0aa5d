import Glibc
import Platform
import Testing

/// What a loop does in one turn, and in which order.
@Suite struct TurnTests {
    /// Says what it is asked to do; may make another one ready while it answers.
    private final class Probe: LoopWatcher {
        let name: String
        let input: Descriptor
        let writer: Descriptor
        var wakes: Probe?
        private let seen: (String) -> Void
        private var id: WatchID?

        init(_ name: String, on loop: isolated EventLoop, _ seen: @escaping (String) -> Void) throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            self.name = name
            self.seen = seen
            input = Descriptor(ends[0])
            writer = Descriptor(ends[1])
            id = try loop.watch(input, edge: true, self)
        }

        func wake() { _ = write(writer.number, "x", 1) }

        func ready(_ readiness: Readiness, on loop: isolated EventLoop) {
            seen("\(name) reads")
            if let id { loop.callAfterEvents(id) }
        }

        func eventsDelivered(on loop: isolated EventLoop) {
            seen("\(name) answers")
            wakes?.wake()
            if let id { loop.callAtEndOfTurn(id) }
        }

        func turnEnds(on loop: isolated EventLoop) { seen("\(name) sends") }

        func deadlineReached(_ time: Int64, on loop: isolated EventLoop) {}
    }

    /// - Parameters:
    ///   - first: which of three are ready when the turn begins.
    ///   - next: which one becomes ready while one of those answers.
    private static func steps(ready first: [Int], then next: (waker: Int, woken: Int)) async throws -> [String] {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        return await withCheckedContinuation { continuation in
            loops.loops[0].perform { loop in
                var steps: [String] = []
                let count = first.count + 1
                do {
                    let probes = try ["A", "B", "C"].map { name in
                        try Probe(name, on: loop) { step in
                            steps.append(step)
                            if steps.count == 3 * count { continuation.resume(returning: steps) }
                        }
                    }
                    probes[next.waker].wakes = probes[next.woken]
                    for index in first { probes[index].wake() }
                } catch {
                    continuation.resume(returning: ["\(error)"])
                }
            }
        }
    }

    /// Who becomes ready while others answer is heard before any of them sends.
    @Test func allReadThenAllAnswerThenAllSend() async throws {
        let steps = try await Self.steps(ready: [0, 1], then: (0, 2))
        #expect(
            steps == [
                "A reads", "B reads", "A answers", "B answers", "C reads", "C answers", "A sends", "B sends", "C sends",
            ])
    }

    /// Only one has to send: it does so at once.
    @Test func aSingleOneIsNotKeptWaiting() async throws {
        let steps = try await Self.steps(ready: [0], then: (0, 2))
        #expect(steps == ["A reads", "A answers", "A sends", "C reads", "C answers", "C sends"])
    }
}
