/// What a merchant prints on its receipts.
package struct ReceiptHead: Hashable, Sendable {
    package var name = ""
    package var address1 = ""
    package var address2 = ""
    package var phone = ""
    package var header = ""
    package var footer = ""

    package init() {}
}
