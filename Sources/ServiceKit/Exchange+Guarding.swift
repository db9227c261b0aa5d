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
        guard mayHoldCardNumber(body) else { return body }
        do throws(JSONError) {
            let document = try JSONValue(parsing: body, limits: JSONLimits(duplicateMembers: .refuse))
            let masked = CardNumberGuard.masked(document)
            return masked == document ? body : masked.serialized()
        } catch {
            return Array(CardNumberGuard.masked(String(decoding: body, as: UTF8.self)).utf8)
        }
    }

    /// A quick look, for nearly every body has nothing to mask: a run of 13 to 19 digits that is no token, or four
    /// digits with a blank or hyphen and a digit behind them.
    private static func mayHoldCardNumber(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            // A run of four digits or more has one at a position that four divides.
            var position = 0
            while position < bytes.count {
                guard Digits.isDigit(bytes[position]) else {
                    position &+= 4
                    continue
                }
                var start = position
                while start > 0, Digits.isDigit(bytes[start &- 1]) { start &-= 1 }
                var end = position &+ 1
                while end < bytes.count, Digits.isDigit(bytes[end]) { end &+= 1 }
                if end - start >= 4, isSuspicious(bytes, end: end, end - start) { return true }
                position = (end | 3) &+ 1
            }
            return false
        }
    }

    private static func isSuspicious(_ bytes: UnsafeBufferPointer<UInt8>, end: Int, _ run: Int) -> Bool {
        if run == 4 {
            guard end + 1 < bytes.count else { return false }
            let isSeparated = bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "-")
            return isSeparated && Digits.isDigit(bytes[end + 1])
        }
        return (13...19).contains(run) && !(run == 16 && bytes[end - 16] == UInt8(ascii: "9"))
    }
}
