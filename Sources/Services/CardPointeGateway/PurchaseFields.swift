import JSON
import Payments
import Processor

/// Level 2 and level 3 data of a request (reference §4.1).
enum PurchaseFields {
    static func read(_ survey: MemberSurvey, decimals: Int) -> PurchaseData {
        let fields = survey.fields
        func amount(_ name: String) -> PurchaseData.Amount? { fields.amount(name, decimals: decimals) }
        func text(_ name: String) -> String? { fields.text(name).map { CardNumberText.masked($0) } }
        var purchase = PurchaseData()
        purchase.invoice = text("invoiceid")
        purchase.purchaseOrder = text("ponumber")
        purchase.orderDate = text("orderdate")
        purchase.shipToPostalCode = text("shiptozip")
        purchase.shipFromPostalCode = text("shipfromzip")
        purchase.shipToCountry = text("shiptocountry")
        purchase.taxExempt = text("taxexempt")
        purchase.tax = amount("taxamnt")
        purchase.freight = amount("frtamnt")
        purchase.duty = amount("dutyamnt")
        purchase.discount = amount("discamnt")
        let elements = fields.object.present("items")?.array ?? []
        purchase.items = elements.prefix(PurchaseData.mostItems).compactMap { element in
            element.object.map { item($0, survey, decimals) }
        }
        return purchase
    }

    private static func item(_ object: JSONObject, _ survey: MemberSurvey, _ decimals: Int) -> PurchaseData.Item {
        let fields = survey.fields.inside(object)
        func amount(_ name: String) -> PurchaseData.Amount? { fields.amount(name, decimals: decimals) }
        func text(_ name: String) -> String? {
            guard let text = fields.text(name).map({ CardNumberText.masked($0) }) else { return nil }
            return survey.members["items[].\(name)"]?.longest.map { String(text.prefix($0)) } ?? text
        }
        var item = PurchaseData.Item()
        item.description = text("description")
        item.lineNumber = text("lineno")
        item.material = text("material")
        item.unit = text("uom")
        item.productCode = text("upc")
        item.quantity = text("quantity")
        item.taxExempt = text("taxexempt")
        item.unitCost = amount("unitcost")
        item.net = amount("netamnt")
        item.tax = amount("taxamnt")
        item.discount = amount("discamnt")
        return item
    }
}
