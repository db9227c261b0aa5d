import JSON
import Payments
import Processor
import ServiceKit

/// Worlds: made, copied, taken back, removed.
enum WorldEndpoints {
    static let list: Route.Handler = { call throws(ControlFault) in
        var documents: [JSONValue] = []
        for name in call.api.worlds.names {
            // One that was removed since its name was listed is not there any more: no mistake of anybody.
            if let handle = call.api.worlds.handle(name) { documents.append(try document(handle)) }
        }
        return ControlAnswer(200, ["worlds": .array(documents)])
    }

    static let show: Route.Handler = { call throws(ControlFault) in
        ControlAnswer(200, try document(try call.world()))
    }

    static let create: Route.Handler = { call throws(ControlFault) in
        let name = call.name
        guard call.api.worlds.handle(name) == nil else { throw .world(.exists(name)) }
        let blueprint = try blueprint(call)
        return try made { () throws(WorldRegistry.Fault) in try call.api.worlds.create(name, blueprint) }
    }

    static let fork: Route.Handler = { call throws(ControlFault) in
        let source = call.parameter("world")
        return try made { () throws(WorldRegistry.Fault) in
            try call.api.worlds.fork(source, as: call.name, seed: call.seed)
        }
    }

    static let rewind: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        let sequence = call.body["sequence"]?.integer ?? 0
        do throws(World.RewindFault) { try handle.rewind(to: sequence) } catch {
            throw .rewind(error, handle.snapshot.rewindable)
        }
        return ControlAnswer(200, WorldDocument.json(handle.view))
    }

    static let reset: Route.Handler = { call throws(ControlFault) in
        do throws(WorldRegistry.Fault) {
            return ControlAnswer(200, WorldDocument.json(try call.api.worlds.reset(call.parameter("world")).view))
        } catch {
            throw .world(error)
        }
    }

    static let delete: Route.Handler = { call throws(ControlFault) in
        do throws(WorldRegistry.Fault) { try call.api.worlds.delete(call.parameter("world")) } catch {
            throw .world(error)
        }
        return .noContent
    }

    private static func document(_ handle: WorldHandle) throws(ControlFault) -> JSONValue {
        do throws(JournalFault) { return WorldDocument.json(try handle.settledView()) } catch { throw .journal(error) }
    }

    private static func made(
        _ make: () throws(WorldRegistry.Fault) -> WorldHandle
    ) throws(ControlFault) -> ControlAnswer {
        let handle: WorldHandle
        do throws(WorldRegistry.Fault) { handle = try make() } catch { throw .world(error) }
        return .created("/v1/worlds/\(handle.name)", WorldDocument.json(handle.view))
    }

    private static func blueprint(_ call: ControlCall) throws(ControlFault) -> WorldRegistry.Blueprint {
        var blueprint = call.api.worlds.mainBlueprint
        if let name = call.body["scenario"]?.stringValue {
            switch call.api.loadScenario(name) {
            case .success(let behavior): blueprint = WorldRegistry.Blueprint(behavior: behavior)
            case .failure(let fault): throw .scenario(name, fault)
            }
        }
        if let seed = call.seed { blueprint.seed = seed }
        if let clock = call.body["clock"]?.object {
            let fields = try ClockFields(clock, at: "clock.")
            if let mode = fields.mode { blueprint.clock.mode = mode }
            if let time = fields.time { blueprint.clock.time = time }
        }
        return blueprint
    }
}

extension ControlCall {
    /// Checked by the schema of the body.
    fileprivate var name: String { body["name"]?.stringValue ?? "" }
    fileprivate var seed: UInt64? { body["seed"]?.numberLiteral.flatMap { UInt64($0) } }
}
