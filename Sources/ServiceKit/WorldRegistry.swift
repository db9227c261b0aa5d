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
        let beginning: Beginning
    }

    /// What a reset goes back to.
    private enum Beginning {
        case blueprint(Blueprint)
        /// The world as it was forked; nobody writes to it.
        case fork(World)
    }

    /// How a world began.
    package struct Blueprint: Sendable {
        package var behavior: Behavior
        /// Nil takes the scenario's.
        package var seed: UInt64?
        package var clock: ClockStart

        package init(behavior: Behavior, seed: UInt64? = nil, clock: ClockStart = ClockStart()) {
            self.behavior = behavior
            self.seed = seed
            self.clock = clock
        }
    }

    /// How `main` began; what a world is made from when nothing else is said.
    package let mainBlueprint: Blueprint
    private let entries: Lock<[String: Entry]>
    /// The handle of `main` once more: nearly every request asks for it.
    private let mainHandle: Lock<WorldHandle>
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
        mainBlueprint = blueprint
        let world = World(
            name: Self.mainName, behavior: blueprint.behavior, seed: blueprint.seed, clock: blueprint.clock,
            journal: makeJournal(blueprint.behavior.limits), at: realTime())
        let handle = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
        mainHandle = Lock(handle)
        entries = Lock([Self.mainName: Entry(handle: handle, beginning: .blueprint(blueprint))])
    }

    // MARK: - Reading

    package var names: [String] { entries.withLock { $0.keys.sorted() } }

    /// Nil when there is no such world.
    package func handle(_ name: String) -> WorldHandle? { entries.withLock { $0[name]?.handle } }

    package func find(_ name: String) throws(Fault) -> WorldHandle {
        let found = entries.withLock { ($0[name]?.handle, $0[name] == nil ? $0.keys.sorted() : []) }
        guard let handle = found.0 else { throw .unknown(name, known: found.1) }
        return handle
    }

    /// The world that requests mean when they name none.
    package var main: WorldHandle { mainHandle.withLock { $0 } }

    // MARK: - Changing

    /// Makes a world from a scenario; nil takes that of `main`.
    package func create(_ name: String, _ blueprint: Blueprint?) throws(Fault) -> WorldHandle {
        let blueprint = blueprint ?? mainBlueprint
        return try insert(make(name, blueprint), .blueprint(blueprint))
    }

    /// Makes an independent copy of a world as it is now; a reset brings the copy back to this moment.
    package func fork(_ source: String, as name: String, seed: UInt64? = nil) throws(Fault) -> WorldHandle {
        let original = try find(source).snapshot
        let beginning: World
        do throws(JournalFault) { beginning = try original.forked(as: name, seed: seed) } catch {
            throw .journal(error)
        }
        return try insert(copy(beginning), .fork(beginning))
    }

    /// Puts a world back to its beginning: the scenario's, or the moment of its fork. Answers that wait are sent.
    package func reset(_ name: String) throws(Fault) -> WorldHandle {
        let exchanged = try entries.withLock { entries throws(Fault) -> (old: WorldHandle, new: WorldHandle) in
            guard let entry = entries[name] else { throw .unknown(name, known: entries.keys.sorted()) }
            let world: World
            switch entry.beginning {
            case .blueprint(let blueprint): world = make(name, blueprint)
            case .fork(let beginning): world = try copy(beginning)
            }
            let fresh = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
            entries[name]?.handle = fresh
            if name == Self.mainName { mainHandle.withLock { $0 = fresh } }
            return (entry.handle, fresh)
        }
        exchanged.old.retire()
        return exchanged.new
    }

    /// Removes a world. Answers that wait are sent.
    package func delete(_ name: String) throws(Fault) {
        guard name != Self.mainName else { throw .mainStays }
        let removed = try entries.withLock { entries throws(Fault) -> WorldHandle in
            guard let entry = entries.removeValue(forKey: name) else {
                throw .unknown(name, known: entries.keys.sorted())
            }
            return entry.handle
        }
        removed.retire()
    }

    private func make(_ name: String, _ blueprint: Blueprint) -> World {
        World(
            name: name, behavior: blueprint.behavior, seed: blueprint.seed, clock: blueprint.clock,
            journal: makeJournal(blueprint.behavior.limits), at: realTime())
    }

    private func copy(_ world: World) throws(Fault) -> World {
        do throws(JournalFault) { return try world.copied() } catch { throw .journal(error) }
    }

    private func insert(_ world: World, _ beginning: Beginning) throws(Fault) -> WorldHandle {
        guard Self.isName(world.name) else { throw .badName(world.name) }
        let handle = WorldHandle(world, realTime: realTime, clockChanged: clockChanged)
        let fault = entries.withLock { entries -> Fault? in
            if entries[world.name] != nil { return .exists(world.name) }
            if entries.count >= limit { return .tooMany(limit: limit) }
            entries[world.name] = Entry(handle: handle, beginning: beginning)
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
