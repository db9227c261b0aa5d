package import HTTP
import Platform
package import Replays

/// Plays replays in this process, each in a world of its own.
package struct ReplayPlayer {
    private let catalog: ScenarioCatalog

    package init(catalog: ScenarioCatalog) { self.catalog = catalog }

    /// Loads the replay's scenario and runs every step.
    package func play(_ replay: Replay) throws(ScenarioProblem) -> ReplayResult {
        Self.run(replay, on: try target(for: replay))
    }

    /// Runs every step against a server, in a world of its own where there is a control API.
    ///
    /// - Throws: ``ReplayTargetFault`` when there is no world to be had.
    package func play(
        _ replay: Replay, against server: ReplayServer, control: ReplayServer?, timeout: Duration,
        filter: ClientFilterFactory? = nil
    ) throws(ReplayTargetFault) -> ReplayResult {
        let target = try HTTPTarget(server, control: control, setup: replay.setup, timeout: timeout, filter: filter)
        let result = Self.run(replay, on: target)
        try target.close()
        return result
    }

    /// An emulator as the replay wants it.
    package func target(for replay: Replay) throws(ScenarioProblem) -> InProcessTarget {
        let scenario = try catalog.load(
            replay.setup.scenario ?? ScenarioCatalog.standard, relativeTo: Self.folder(of: replay.path))
        return InProcessTarget(behavior: scenario.behavior, setup: replay.setup)
    }

    /// Runs every step, and measures the time they take.
    package static func run(_ replay: Replay, on target: any ReplayTarget) -> ReplayResult {
        ReplayRunner(stopwatch: { MonotonicClock.now() }).run(replay, on: target)
    }

    private static func folder(of path: String) -> String? {
        path.lastIndex(of: "/").map { String(path[...$0]) }
    }
}
