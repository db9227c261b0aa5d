import JSON
import Payments
import Processor

/// Events of boarding in words.
extension EventWords {
    static let boardingTypes = ["merchantBoarded"]

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
        }
    }
}
