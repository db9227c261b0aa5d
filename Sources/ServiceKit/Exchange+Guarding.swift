import JSON
import Payments
package import Processor

extension Exchange {
    /// The same exchange without what looks like a card number, whatever a service let through: an answer may repeat a
    /// reference, an order id or a path in which a client has put one.
    package var guarded: Exchange {
        var exchange = self
        exchange.target = Self.guarded(target)
        exchange.requestBody = Self.guarded(requestBody)
        exchange.responseBody = Self.guarded(responseBody)
        return exchange
    }

    /// Digits may hide behind percent-encoding; a target in which they do is kept decoded and masked.
    private static func guarded(_ target: String) -> String {
        let masked = CardNumberGuard.masked(target)
        guard target.withBytes({ $0.contains(UInt8(ascii: "%")) }) else { return masked }
        let decoded = PercentCoding.decode(target)
        let maskedDecoded = CardNumberGuard.masked(decoded)
        return maskedDecoded == decoded ? masked : maskedDecoded
    }

    /// A document stays a document: in it, a number that is masked becomes a text.
    private static func guarded(_ body: [UInt8]) -> [UInt8] {
        // In a document, digits can hide behind `\u0034`, and nothing else can.
        let mayHold = body.withUnsafeBufferPointer { CardNumberText.isFound(in: $0) || UnicodeEscape.isFound(in: $0) }
        guard mayHold else { return body }
        do throws(JSONError) {
            let document = try JSONValue(parsing: body, limits: JSONLimits(duplicateMembers: .refuse))
            let masked = CardNumberGuard.masked(document)
            return masked == document ? body : masked.serialized()
        } catch {
            return Array(CardNumberGuard.masked(String(decoding: body, as: UTF8.self)).utf8)
        }
    }
}
