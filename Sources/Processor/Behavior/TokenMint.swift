import Cryptography
package import Payments

/// Makes the tokens of one site in one environment: `9`, two leading digits, nine generated digits, the last four; the
/// whole passes the Luhn check. Source: reference of CardSecure, §6.
package struct TokenMint: Sendable {
    private let mac: HMACSHA256
    private let reserved: Set<CardToken>

    init(scope: SiteScope, secret: String, reserved: Set<CardToken>) {
        mac = HMACSHA256(key: Array("\(secret)\n\(scope.site)\n\(scope.environment.rawValue)".utf8))
        self.reserved = reserved
    }

    /// The token of an account: the same for the same number, unless a `serial` asks for another one.
    ///
    /// A token starts with the leading digits of the card number; for bank accounts, of the routing number.
    package func token(for account: ClearAccount, serial: Int? = nil, isTaken: (CardToken) -> Bool) -> CardToken {
        switch account {
        case .card(let number):
            number.withClearDigits { digits in
                make(domain: "card", clear: digits, leading: digits, lastFour: digits, serial: serial, isTaken)
            }
        case .bank(let bank):
            bank.withClearDigits { routing, number in
                make(
                    domain: "bank", clear: routing + "/" + number, leading: routing, lastFour: number, serial: serial,
                    isTaken)
            }
        }
    }

    private func make(
        domain: String, clear: String, leading: String, lastFour: String, serial: Int?, _ isTaken: (CardToken) -> Bool
    ) -> CardToken {
        let start = "9" + Self.filled(leading.prefix(2), 2)
        let end = Self.filled(lastFour.suffix(4), 4)
        var attempt = 0
        while true {
            let input = "\(domain):\(clear):\(serial.map(String.init) ?? ""):\(attempt)"
            let eight = mac.code(for: Array(input.utf8)).words.0 % 100_000_000
            let middle = String(String(eight + 100_000_000).dropFirst())
            let token = Self.withCheckDigit(start + middle, end)
            if !reserved.contains(token), !isTaken(token) { return token }
            attempt += 1
        }
    }

    /// Chooses the one digit between the two parts that makes the whole pass the Luhn check.
    private static func withCheckDigit(_ start: String, _ end: String) -> CardToken {
        for digit in "0123456789" {
            let candidate = start + String(digit) + end
            if Luhn.isValid(candidate) { return CardToken(candidate) }
        }
        preconditionFailure("one of ten digits gives each residue: the weight of a place is a bijection on digits")
    }

    private static func filled(_ text: Substring, _ width: Int) -> String {
        String(repeating: "0", count: width - text.utf8.count) + text
    }
}
