import JSON
import Payments
package import Processor

extension Exchange {
    /// Takes out what looks like a card number, whatever a service let through: an answer may repeat a
    /// reference, an order id or a path in which a client has put one.
    package mutating func maskCardNumbers() {
        // Most have nothing in them, and stay as they are: then all is looked at once, whatever it is.
        guard mayHoldNumbers else { return }
        let masked = (Self.guarded(target), Self.guarded(requestBody), Self.guarded(responseBody))
        self = Exchange(
            service: service, method: method, target: masked.0 ?? target, requestBody: masked.1 ?? requestBody,
            status: status, responseBody: masked.2 ?? responseBody)
    }

    /// Digits may stand in clear, behind percent-encoding in a target, and behind `\u0034` in a document.
    private var mayHoldNumbers: Bool {
        isSo { target, all in
            target.contains(UInt8(ascii: "%")) || CardNumberText.isFound(in: all) || UnicodeEscape.isFound(in: all)
        }
    }

    /// Nil when there is nothing to mask. Digits may hide behind percent-encoding; a target in which they do is kept
    /// decoded and masked.
    private static func guarded(_ target: String) -> String? {
        let isEncoded = target.withBytes { $0.contains(UInt8(ascii: "%")) }
        if isEncoded {
            let decoded = PercentCoding.decode(target)
            let masked = CardNumberGuard.masked(decoded)
            if masked != decoded { return masked }
        }
        return CardNumberText.isFound(in: target) ? CardNumberGuard.masked(target) : nil
    }

    /// Nil when there is nothing to mask. A document stays a document: in it, a number that is masked becomes a text.
    private static func guarded(_ body: [UInt8]) -> [UInt8]? {
        // In a document, digits can hide behind `\u0034`, and nothing else can.
        let mayHold = body.withUnsafeBufferPointer { CardNumberText.isFound(in: $0) || UnicodeEscape.isFound(in: $0) }
        guard mayHold else { return nil }
        do throws(JSONError) {
            var limits = JSONLimits.widest
            limits.duplicateMembers = .refuse
            let document = try JSONValue(parsing: body, limits: limits)
            let masked = CardNumberGuard.masked(document)
            return masked == document ? nil : masked.serialized()
        } catch {
            return Array(CardNumberGuard.masked(String(decoding: body, as: UTF8.self)).utf8)
        }
    }
}
