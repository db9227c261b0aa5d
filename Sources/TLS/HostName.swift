/// What a certificate is made out to.
enum HostName: Hashable, Sendable {
    /// In lower case.
    case name(String)
    case address(String)

    /// The longest host name (RFC 1035 §2.3.4, without the root's dot).
    private static let nameLimit = 253
    private static let labelLimit = 63

    /// Reads a host name as a client sent it: letters, digits, hyphens, underscores; nil for anything else. What comes
    /// out is safe to put into the notation of an extension.
    init?(_ text: String) {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= Self.nameLimit else { return nil }
        for index in bytes.indices where UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[index] { bytes[index] |= 0x20 }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        let lowered = String(decoding: bytes, as: UTF8.self)
        // No top-level domain is a number: what ends in one is an address, or nothing.
        if labels[labels.count - 1].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            guard Self.isIPv4(labels) else { return nil }
            self = .address(lowered)
        } else {
            self = .name(lowered)
        }
    }

    /// The address of this end of a connection in digits; nil for one that cannot be in a certificate.
    init?(address: String) {
        // An interface is no part of the address, and an IPv4 client of an IPv6 socket knows only its IPv4 side.
        var text = address.prefix { $0 != "%" }.lowercased()
        if text.hasPrefix("::ffff:"), text.contains(".") { text = String(text.dropFirst("::ffff:".count)) }
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) {
            guard bytes.count <= 45, bytes.allSatisfy(Self.isOfIPv6) else { return nil }
            self = .address(text)
        } else {
            guard Self.isIPv4(bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)) else {
                return nil
            }
            self = .address(text)
        }
    }

    var text: String {
        switch self {
        case .name(let text), .address(let text): text
        }
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard !label.isEmpty, label.count <= labelLimit else { return false }
        guard label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
        return label.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    private static func isIPv4(_ parts: [ArraySlice<UInt8>]) -> Bool {
        parts.count == 4
            && parts.allSatisfy { part in
                guard 1...3 ~= part.count, let number = Int(String(decoding: part, as: UTF8.self)) else { return false }
                return 0...255 ~= number && (part.count == 1 || part.first != UInt8(ascii: "0"))
            }
    }

    private static func isOfIPv6(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: ":"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
