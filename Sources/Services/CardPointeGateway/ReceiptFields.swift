import JSON
import Payments
import Processor
import ServiceKit

/// `receipt` and `receiptObj`: what a receipt shows, from the merchant's settings, which `userfields` overrule
/// (reference §18).
enum ReceiptFields {
    static let member = "receipt"

    /// `json` asks for `receiptObj`, everything else but `N` for `receipt`.
    static func isObject(_ wish: String) -> Bool { wish.isSameWord("JSON") }

    /// The receipt that the request at hand asks for.
    static func add(_ transaction: Transaction, _ call: GatewayCall, to object: inout AnswerObject) {
        guard let wish = call.fields.text(member), !wish.isSameWord("N") else { return }
        add(transaction, wish, call, to: &object)
    }

    /// - Parameter wish: `Y` or `json`.
    static func add(_ transaction: Transaction, _ wish: String, _ call: GatewayCall, to object: inout AnswerObject) {
        guard isObject(wish) else { return object.add("receipt", value: .object(head(transaction, call))) }
        var receipt = head(transaction, call)
        let chip = chip(transaction, call)
        let emv = chip.members.filter { chipData.contains($0.name) }
        if !emv.isEmpty { receipt.append("emv", .object(JSONObject(emv))) }
        for member in chip.members where !chipData.contains(member.name) { receipt.append(member.name, member.value) }
        for (name, text) in entry(transaction, call) where !text.isEmpty && receipt[name] == nil {
            receipt.append(name, .string(text))
        }
        object.add("receiptObj", value: .object(receipt))
    }

    private static let chipData: Set = ["TVR", "ARC", "TSI", "AID", "IAD"]

    /// What the chip tells, as `emvTagData` has it; empty for other cards.
    private static func chip(_ transaction: Transaction, _ call: GatewayCall) -> JSONObject {
        guard let profile = call.request.behavior.processors[transaction.processor],
            let document = ChipFields.document(transaction, profile, call)
        else { return JSONObject() }
        return TransactionDetails.Memo(name: member, text: document).json?.object ?? JSONObject()
    }

    private static func head(_ transaction: Transaction, _ call: GatewayCall) -> JSONObject {
        let merchant = call.request.merchant(transaction.merchant.id)?.receipt ?? ReceiptHead()
        let sent = UserFields.texts(transaction)
        let time = call.request.behavior.clock.zone.civilTime(transaction.createdAt)
        return JSONObject(pairs: [
            ("dateTime", .string(time.compactDateTime)),
            ("dba", .string(sent["receiptDba"] ?? merchant.name)),
            ("address1", .string(sent["receiptAddress1"] ?? merchant.address1)),
            ("address2", .string(sent["receiptAddress2"] ?? merchant.address2)),
            ("phone", .string(sent["receiptPhone"] ?? merchant.phone)),
            ("header", .string(sent["receiptHeader"] ?? merchant.header)),
            ("footer", .string(sent["receiptFooter"] ?? merchant.footer)),
            ("nameOnCard", .string(transaction.details.name ?? "")),
            ("orderNote", .string(sent["orderNote"] ?? "")),
            ("items", .string(sent["items"] ?? "")),
        ])
    }

    /// How the card was read.
    private static func entry(_ transaction: Transaction, _ call: GatewayCall) -> [(String, String)] {
        guard transaction.account.tender == .card else { return [] }
        let record = transaction.account.bin.flatMap { call.request.behavior.bins.record($0) }
        return [
            ("Entry method", transaction.entryMode?.cardPointeText ?? ""),
            ("Network Label", transaction.account.brand?.text.uppercased() ?? ""),
            ("routeIndicator", record.map { $0.funding == .credit ? "Credit" : "Debit" } ?? ""),
        ]
    }
}
