import Payments
import Processor
import TestSupport

/// The shipped scenario, for tests whose rows are its tables.
///
/// Rows are arguments, and an argument cannot fail: without the scenario there are no rows, which ``TableTests``
/// notices.
enum Table {
    static let behavior: Behavior? = try? Session().behavior

    /// The emulators whose authorizations can be driven by the amount.
    static let amountEmulators: [ProcessorName] = ["NASH", "FNOR", "PMT", "PTAM", "VPS", "VANT", "RPCT"]
    static let refundEmulators: [ProcessorName] = ["NASH", "FNOR", "RPCT", "PMT", "VANT"]
    /// All emulators of card processors.
    static let cardEmulators: [ProcessorName] = amountEmulators + ["AMEX"]
}

/// An amount and the answer that it asks for.
struct AmountRow: CustomStringConvertible {
    let amount: String
    let codes: Codes

    var description: String { "\(amount) -> \(codes)" }

    /// The rows of a processor: every code of its table that an amount can name.
    static func all(_ profile: ProcessorProfile, _ operation: AmountCodeRule.Operation, _ table: ResponseTable)
        -> [Self]
    {
        guard let rule = profile.amountCodes.first(where: { $0.operation == operation }) else { return [] }
        let codes = Set(table.rows.filter { $0.response.processor == profile.name }.map(\.response.code))
        return codes.sorted().compactMap { code in
            guard code.utf8.count == rule.codeDigits, let number = Int64(code), Digits.areAll(code),
                rule.amounts.contains((1000 + number) * 100), let row = table[profile.name, code]
            else { return nil }
            return AmountRow(amount: "\(1000 + number).00", codes: Codes(row.response))
        }
    }

    /// Other ways to ask for the same code: the cents do not count, and without a point there are only cents.
    var spellings: [String] {
        let whole = String(amount.dropLast(3))
        return [amount, whole + ".99", whole + "42"]
    }
}
