import JSON
import Payments
import Processor

/// Events of boarding in words.
extension EventWords {
    static let boardingTypes = ["merchantBoarded", "merchantClosed", "applicationChanged", "attached", "orderChanged"]

    func words(_ event: BoardingEvent) -> Words {
        switch event {
        case .merchantBoarded(let merchant, let scope):
            Words(
                "merchantBoarded",
                "merchant \(merchant.value.id) was boarded to \(merchant.value.processor) at \(scope)",
                [
                    ("merchant", .string(merchant.value.id.text)),
                    ("processor", .string(merchant.value.processor.text)), ("scope", .string(scope.description)),
                ])
        case .merchantClosed(let key):
            Words(
                "merchantClosed", "merchant \(key.id) of \(key.scope) takes no payments any more",
                [("merchant", .string(key.id.text)), ("scope", .string(key.scope.description))])
        case .applicationChanged(let application):
            Words(
                "applicationChanged",
                "application \(application.value.number.number) is \(application.value.status.rawValue)",
                [
                    ("application", JSONValue(application.value.number.number)),
                    ("status", .string(application.value.status.rawValue)),
                ])
        case .attached(let attachment):
            Words(
                "attached", "a document was attached to application \(attachment.value.application.number)",
                [
                    ("application", JSONValue(attachment.value.application.number)),
                    ("attachment", JSONValue(attachment.value.number)),
                    ("bytes", JSONValue(attachment.value.content.bytes.count)),
                ])
        case .orderChanged(let order):
            Words(
                "orderChanged", "order \(order.value.number) is \(order.value.status.rawValue)",
                [("order", JSONValue(order.value.number)), ("status", .string(order.value.status.rawValue))])
        }
    }
}
