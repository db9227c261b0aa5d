import HTTP
import Processor

/// Turns the wish of the domain into what the socket layer does.
enum DeliveryFaults {
    static func apply(_ delivery: Delivery, to response: inout HTTPResponse) {
        switch delivery.loss {
        case nil: break
        case .dropped: response.delivery = .dropped
        case .reset: response.delivery = .reset
        case .truncated(let bytes): response.delivery = .truncated(afterBodyBytes: bytes)
        case .slow(let bytes, let pause): response.delivery = .slow(bytesPerPiece: bytes, pause: pause)
        case .malformed: response.body.removeLast(min(response.body.count, max(1, response.body.count / 3)))
        }
    }
}
