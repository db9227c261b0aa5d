import JSON
import Payments
import Processor

/// Events at terminals in words. What a cardholder typed is not told, for it may be anything.
extension EventWords {
    static let terminalTypes = [
        "sessionBegan", "sessionUsed", "sessionEnded", "pairingShown", "displayed", "timeSet", "asked", "moved",
        "acted",
        "ended", "conditionChanged", "terminalDelivered",
    ]

    func words(_ event: TerminalEvent) -> Words {
        switch event {
        case .sessionBegan(let key, let session):
            Words(
                "sessionBegan", "a session with terminal \(key.serial) until \(local(session.expiresAt))",
                terminal(key) + [("until", .string(InstantText.utc(session.expiresAt)))])
        case .sessionUsed(let key, let until):
            Words(
                "sessionUsed", "the session with terminal \(key.serial) goes on until \(local(until))",
                terminal(key) + [("until", .string(InstantText.utc(until)))])
        case .sessionEnded(let key):
            Words("sessionEnded", "the session with terminal \(key.serial) is over", terminal(key))
        case .pairingShown(let key, let pairing):
            Words(
                "pairingShown", "terminal \(key.serial) shows a pairing code until \(local(pairing.until))",
                terminal(key) + [("until", .string(InstantText.utc(pairing.until)))])
        case .displayed(let key, let text):
            Words(
                "displayed",
                text.isEmpty ? "terminal \(key.serial) was cleared" : "terminal \(key.serial) shows a text",
                terminal(key) + [("characters", JSONValue(text.count))])
        case .timeSet(let key, let time):
            Words("timeSet", "terminal \(key.serial) was set to \(time)", terminal(key) + [("time", .string(time))])
        case .conditionChanged(let key, _):
            Words("conditionChanged", "somebody changed terminal \(key.serial)", terminal(key))
        case .asked(let request):
            Words("asked", "terminal \(request.value.terminal.serial) waits for its cardholder", facts(request.value))
        case .moved(let request):
            Words("moved", "terminal \(request.value.terminal.serial) asks the next question", facts(request.value))
        case .acted(let key, let entry):
            Words(
                "acted", "entry \(entry + 1) of the script of terminal \(key.serial) happened",
                terminal(key) + [("entry", JSONValue(entry + 1))])
        case .ended(let key, let result, _):
            Words(
                "ended",
                "request \(result.value.request.number) of terminal \(key.serial): \(Self.name(result.value.ending))",
                terminal(key) + [
                    ("request", JSONValue(result.value.request.number)),
                    ("ending", .string(Self.name(result.value.ending))),
                ])
        case .delivered(let terminal):
            Words(
                "terminalDelivered", "merchant \(terminal.value.merchant) has got terminal \(terminal.value.serial)",
                self.terminal(terminal.value.key) + [("merchant", .string(terminal.value.merchant.text))])
        }
    }

    private func terminal(_ key: TerminalKey) -> [(String, JSONValue)] { [("terminal", .string(key.serial.text))] }

    private func facts(_ request: TerminalRequest) -> [(String, JSONValue)] {
        terminal(request.terminal) + [
            ("request", JSONValue(request.id.number)), ("operation", .string(request.task.operation)),
            ("question", request.question.map { .string($0.rawValue) } ?? .null),
            ("until", .string(InstantText.utc(request.deadline))),
        ]
    }

    private static func name(_ ending: TerminalResult.Ending) -> String {
        switch ending {
        case .confirmed(let isRight): isRight ? "confirmed" : "denied"
        case .entered: "entered"
        case .signed: "signed"
        case .tipped: "tipped"
        case .read: "read"
        case .paid: "paid"
        case .failed(let fault, _, _): fault.rawValue
        }
    }
}
