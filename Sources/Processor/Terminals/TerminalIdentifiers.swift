package import Payments

/// The serial number of a payment terminal: HSN. Text, however long.
package struct TerminalSerial: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A terminal at a site: what its session, its screen and its requests are kept by.
package struct TerminalKey: Hashable, Sendable, CustomStringConvertible {
    package let scope: SiteScope
    package let serial: TerminalSerial

    package init(scope: SiteScope, serial: TerminalSerial) {
        self.scope = scope
        self.serial = serial
    }

    package var description: String { "\(scope)/\(serial)" }
}

/// Counts the requests of a world that a terminal was asked; an internal name, never on the wire.
package struct TerminalRequestID: Hashable, Comparable, Sendable {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package static func < (a: TerminalRequestID, b: TerminalRequestID) -> Bool { a.number < b.number }
}

/// Names one session with a terminal: 32 lower-case hexadecimal digits.
package struct TerminalSessionKey: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}
