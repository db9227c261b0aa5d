import JSON
import Payments
import Processor
import ServiceKit

/// The clock of a world, and the settlement that hangs on it.
enum ClockEndpoints {
    static let show: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        do throws(JournalFault) {
            return ControlAnswer(200, JSONValue(pairs: ClockDocument.pairs(try handle.settledView())))
        } catch {
            throw .journal(error)
        }
    }

    static let set: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        let fields = try ClockFields(call.body)
        guard !fields.isEmpty else {
            throw .field(
                Schema.Misfit(path: "", expected: "at least one of 'mode', 'time' and 'advance'", found: "none"))
        }
        guard let settled = try move(handle, fields) else {
            throw .field(
                Schema.Misfit(path: "advance", expected: "a moment before the year 2200", found: "a later one"))
        }
        let batches = BatchDocument(world: settled.view.world).list(settled.batches)
        return ControlAnswer(200, JSONValue(pairs: ClockDocument.pairs(settled.view) + [("settled", batches)]))
    }

    static let settle: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        let settled: WorldHandle.Settled
        do throws(JournalFault) { settled = try handle.settle() } catch { throw .journal(error) }
        let world = settled.view.world
        return ControlAnswer(
            200,
            JSONValue(
                pairs: MomentDocument.pairs(settled.view.now, in: world.behavior.clock.zone) + [
                    ("settled", BatchDocument(world: world).list(settled.batches)),
                    ("lastSequence", JSONValue(world.lastSequence)),
                ]))
    }

    /// The clock is read and set in one go, so that two who advance it at once both count. Nil: past the end of time.
    private static func move(
        _ handle: WorldHandle, _ fields: ClockFields
    ) throws(ControlFault) -> WorldHandle.Settled? {
        do throws(JournalFault) {
            return try handle.moveClock { clock, real in
                let now = clock.now(at: real)
                let goal = fields.advance.map { now.advanced(by: $0) } ?? fields.time ?? now
                return goal.map { WorldClock(mode: fields.mode ?? clock.mode, showing: $0, at: real) }
            }
        } catch {
            throw .journal(error)
        }
    }
}
