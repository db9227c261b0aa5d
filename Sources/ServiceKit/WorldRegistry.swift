package import Payments
import Platform
package import Processor

/// The worlds of this process, by name. `main` is always there.
package final class WorldRegistry: Sendable {
    package static let mainName = "main"

    /// Why a world could not be made, found or removed.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case unknown(String, known: [String])
        case exists(String)
        case badName(String)
        case tooMany(limit: Int)
        case mainStays
        case journal(JournalFault)

        package var description: String {
            switch self {
            case .unknown(let name, let known):
                "there is no world '\(name)'; there are: \(known.joined(separator: ", "))"
            case .exists(let name): "there is a world '\(name)' already"
            case .badName(let name):
                "'\(name)' is no name for a world: 1 to 64 letters, digits, '-', '_' or '.', not a dot first"
            case .tooMany(let limit): "there are \(limit) worlds already, which is the limit"
            case .mainStays: "the world 'main' cannot be removed; reset it instead"
            case .journal(let fault): fault.description
            }
        }
    }

    private struct Entry {
        var handle: WorldHandle
        /// What a reset goes back to.
        let blueprint: Blueprint
    }

    /// How a world began.
    package struct Blueprint: Sendable {
        package var behavior: Behavior
        package var seed: UInt64?

        package init(behavior: Behavior, seed: UInt64? = nil) {
            self.behavior = behavior
            self.seed = seed
        }
    }

    private let entries: Lock<[String: Entry]>
    private let makeJournal: @Sendable (LimitSettings) -> any Journal
    private let realTime: @Sendable () -> Instant
    private let clockChanged: @Sendable (String) -> Void
    private let limit: Int

    package init(
        main blueprint: Blueprint, makeJournal: @escaping @Sendable (LimitSettings) -> any Journal,
        realTime: @escaping @Sendable () -> Instant, clockChanged: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.makeJournal = makeJournal
        self.realTime = realTime
        self.clockChanged = clockChanged
        limit = blueprint.behavior.limits.worlds
        let world = World(
            name: Self.mainName, behavior: blueprint.behavior, seed: blueprint.seed,
            journal: makeJournal(blueprint.behavior.limits), at: realTime())
        let handle = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
        entries = Lock([Self.mainName: Entry(handle: handle, blueprint: blueprint)])
    }

    // MARK: - Reading

    package var names: [String] { entries.withLock { $0.keys.sorted() } }

    package func find(_ name: String) throws(Fault) -> WorldHandle {
        let found = entries.withLock { ($0[name]?.handle, $0[name] == nil ? $0.keys.sorted() : []) }
        guard let handle = found.0 else { throw .unknown(name, known: found.1) }
        return handle
    }

    /// The world that requests mean when they name none.
    package var main: WorldHandle {
        guard let handle = entries.withLock({ $0[Self.mainName]?.handle }) else {
            preconditionFailure("the main world is made first and is never removed")
        }
        return handle
    }

    // MARK: - Changing

    /// Makes a world from a scenario; nil takes that of `main`.
    package func create(_ name: String, _ blueprint: Blueprint?) throws(Fault) -> WorldHandle {
        let template = try template()
        let blueprint = blueprint ?? template
        let world = World(
            name: name, behavior: blueprint.behavior, seed: blueprint.seed,
            journal: makeJournal(blueprint.behavior.limits), at: realTime())
        return try insert(world, blueprint)
    }

    package func fork(_ source: String, as name: String, seed: UInt64? = nil) throws(Fault) -> WorldHandle {
        let original = try find(source).snapshot
        let world: World
        do throws(JournalFault) { world = try original.forked(as: name, seed: seed) } catch { throw .journal(error) }
        return try insert(world, Blueprint(behavior: world.behavior, seed: world.seed))
    }

    /// Puts a world back to its beginning.
    package func reset(_ name: String) throws(Fault) -> WorldHandle {
        _ = try find(name)
        let real = realTime()
        let handle = entries.withLock { entries -> WorldHandle? in
            guard let entry = entries[name] else { return nil }
            let world = World(
                name: name, behavior: entry.blueprint.behavior, seed: entry.blueprint.seed,
                journal: makeJournal(entry.blueprint.behavior.limits), at: real)
            let fresh = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
            entries[name]?.handle = fresh
            return fresh
        }
        guard let handle else { throw .unknown(name, known: names) }
        clockChanged(name)
        return handle
    }

    package func delete(_ name: String) throws(Fault) {
        guard name != Self.mainName else { throw .mainStays }
        guard entries.withLock({ $0.removeValue(forKey: name) }) != nil else { throw .unknown(name, known: names) }
        clockChanged(name)
    }

    private func template() throws(Fault) -> Blueprint {
        guard let template = entries.withLock({ $0[Self.mainName]?.blueprint }) else { throw .mainStays }
        return template
    }

    private func insert(_ world: World, _ blueprint: Blueprint) throws(Fault) -> WorldHandle {
        guard Self.isName(world.name) else { throw .badName(world.name) }
        let handle = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
        let fault = entries.withLock { entries -> Fault? in
            if entries[world.name] != nil { return .exists(world.name) }
            if entries.count >= limit { return .tooMany(limit: limit) }
            entries[world.name] = Entry(handle: handle, blueprint: blueprint)
            return nil
        }
        if let fault { throw fault }
        return handle
    }

    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
            && name.utf8.allSatisfy { byte in
                Digits.isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
    }
}
