import Payments

/// The number of an account as it may be shown: digits, stars, digits.
///
/// In three parts, each so short that it has no memory of its own: every payment keeps one.
package struct MaskedNumber: Hashable, Sendable {
    private let leading: String
    private let hidden: Int
    private let trailing: String

    init(_ leading: String, hidden: Int, _ trailing: String) {
        self.leading = leading
        self.hidden = max(0, hidden)
        self.trailing = trailing
    }

    /// A text of whatever form.
    init(_ text: String) {
        let leading = text.prefix { $0 != "*" }
        let rest = text[leading.endIndex...]
        let stars = rest.prefix { $0 == "*" }
        self.init(String(leading), hidden: stars.count, String(rest[stars.endIndex...]))
    }

    package var text: String {
        leading.withBytes { leading in
            trailing.withBytes { trailing in
                let length = leading.count + hidden + trailing.count
                return String(unsafeUninitializedCapacity: length) { text in
                    _ = text[..<leading.count].update(from: leading)
                    text[leading.count..<leading.count + hidden].update(repeating: UInt8(ascii: "*"))
                    _ = text[(leading.count + hidden)...].update(from: trailing)
                    return length
                }
            }
        }
    }
}
