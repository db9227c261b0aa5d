import JSON
import Payments
import Processor
import ServiceKit

/// `receiptData`: the merchant's head, which the client's `userFields` may overrule.
enum ReceiptData {
    static func object(_ transaction: Transaction, _ call: BoltCall) -> AnswerObject {
        let head = head(transaction, call)
        let sent = userFields(transaction)
        let zone = call.request.behavior.clock.zone
        var object = AnswerObject()
        object.add("dba", sent["receiptDba"]?.text ?? head.name)
        object.add("address1", sent["receiptAddress1"]?.text ?? head.address1)
        object.add("address2", sent["receiptAddress2"]?.text ?? head.address2)
        object.add("phone", sent["receiptPhone"]?.text ?? head.phone)
        object.add("header", sent["receiptHeader"]?.text ?? head.header)
        object.add("orderNote", sent["orderNote"]?.text ?? "")
        object.add("dateTime", zone.civilTime(transaction.createdAt).compactDateTime)
        object.add("items", value: sent["items"] ?? "")
        object.add("nameOnCard", transaction.details.name ?? "")
        object.add("footer", sent["receiptFooter"]?.text ?? head.footer)
        return object
    }

    /// The terminal service's own, or else that of the merchant.
    private static func head(_ transaction: Transaction, _ call: BoltCall) -> ReceiptHead {
        let own = call.settings.terms(of: transaction.merchant.id).receipt
        guard own == ReceiptHead() else { return own }
        let merchant = transaction.merchant
        return call.request.behavior.directory.merchant(merchant.id, in: merchant.scope)?.receipt ?? own
    }

    private static func userFields(_ transaction: Transaction) -> JSONObject {
        guard let memo = transaction.details.memos.first(where: { $0.name == "userfields" }) else {
            return JSONObject()
        }
        do throws(JSONError) {
            return try JSONValue(parsing: memo.text, limits: .widest).object ?? JSONObject()
        } catch {
            // Another service keeps texts of another form under this name; they hold nothing for a receipt.
            return JSONObject()
        }
    }
}
