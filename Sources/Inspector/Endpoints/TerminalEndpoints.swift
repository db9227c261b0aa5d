import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// Terminals: looked at, changed, and operated in place of their cardholders.
enum TerminalEndpoints {
    static let routes = [
        Route(
            method: .get, path: "/v1/worlds/{world}/terminals", id: "listTerminals", group: "Terminals",
            about: "Lists the terminals of a world, and what they wait for.",
            success: (200, "All terminals.", .named(Shapes.terminals)), faults: [404, 503], answer: list),
        Route(
            method: .get, path: "/v1/worlds/{world}/terminals/{hsn}", id: "getTerminal", group: "Terminals",
            about: "Shows a terminal.", success: (200, "The terminal.", .named(Shapes.terminal)), faults: [404, 503],
            answer: show),
        Route(
            method: .put, path: "/v1/worlds/{world}/terminals/{hsn}", id: "changeTerminal", group: "Terminals",
            about: "Takes a terminal offline or back, puts it into merchant mode, or lets its questions wait for "
                + "somebody who acts. A request that it is busy with ends when it goes offline.",
            body: Shapes.terminalChange, success: (200, "The terminal.", .named(Shapes.terminal)), faults: [404, 503],
            answer: change),
        Route(
            method: .post, path: "/v1/worlds/{world}/terminals/{hsn}/act", id: "actAtTerminal", group: "Terminals",
            about: "Does what a cardholder does about the question that the terminal asks. The request that waits goes "
                + "on, and its client is answered when it is over.",
            body: Shapes.cardholderAct, success: (200, "The terminal.", .named(Shapes.terminal)),
            faults: [404, 409, 503], answer: act),
    ]

    private static let list: Route.Handler = { call throws(ControlFault) in
        let view = try settled(try call.world())
        let all = view.world.behavior.terminals.allTerminals(view.world.books)
        return ControlAnswer(200, ["terminals": .array(all.map { TerminalDocument(view, $0).json })])
    }

    private static let show: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        return ControlAnswer(200, try document(try find(call, handle), handle))
    }

    private static let change: Route.Handler = { call throws(ControlFault) in
        var condition = TerminalCondition()
        condition.connection = call.body["connection"]?.stringValue.flatMap { Terminal.Connection(rawValue: $0) }
        condition.isInMerchantMode = call.body["merchantMode"]?.boolValue
        condition.isHeldElsewhere = call.body["heldElsewhere"]?.boolValue
        condition.isOnLowPower = call.body["lowPower"]?.boolValue
        condition.isOperated = call.body["operated"]?.boolValue
        return try operate(call, .change(condition))
    }

    private static let act: Route.Handler = { call throws(ControlFault) in
        try operate(call, .act(try CardholderFields.action(call.body)))
    }

    private static func operate(
        _ call: ControlCall, _ action: OperateTerminal.Action
    ) throws(ControlFault) -> ControlAnswer {
        let handle = try call.world()
        let key = try find(call, handle)
        let performed: Performed<OperateTerminal.Outcome>
        do throws(JournalFault) {
            performed = try handle.perform(OperateTerminal(terminal: key, action: action))
        } catch {
            throw .journal(error)
        }
        if case .failure(let fault) = performed.outcome { throw .terminal(fault, key.serial.text) }
        handle.wakeWaiting()
        return ControlAnswer(200, try document(key, handle))
    }

    private static func settled(_ handle: WorldHandle) throws(ControlFault) -> WorldHandle.View {
        do throws(JournalFault) { return try handle.settledView() } catch { throw .journal(error) }
    }

    private static func find(_ call: ControlCall, _ handle: WorldHandle) throws(ControlFault) -> TerminalKey {
        let view = try settled(handle)
        let serial = TerminalSerial(call.parameter("hsn"))
        let all = view.world.behavior.terminals.allTerminals(view.world.books)
        guard let found = all.first(where: { $0.serial == serial }) else { throw .unknownTerminal(serial.text) }
        return found.key
    }

    private static func document(_ key: TerminalKey, _ handle: WorldHandle) throws(ControlFault) -> JSONValue {
        let view = try settled(handle)
        guard let terminal = view.world.behavior.terminals.terminal(key, view.world.books) else {
            throw .unknownTerminal(key.serial.text)
        }
        return TerminalDocument(view, terminal).json
    }
}

extension ControlFault {
    fileprivate static func terminal(_ fault: OperateTerminal.Fault, _ serial: String) -> ControlFault {
        switch fault {
        case .unknownTerminal: .unknownTerminal(serial)
        case .nothingAsked: .nothingAsked(serial)
        case .doesNotSuit(let question): .doesNotSuit(serial, asked: question.rawValue)
        }
    }
}
