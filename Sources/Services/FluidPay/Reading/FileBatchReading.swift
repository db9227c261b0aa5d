import CSV
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Texts

/// Files of payments: a table with one payment in each row. Reference §11.
///
/// A row becomes the body of the call that makes one payment and is read as that: the same limits, the same words.
enum FileBatchReading {
    /// The uploaded file and its rows.
    struct Upload {
        let fileName: String
        let rows: [UploadFileBatch.Row]
    }

    static func read(_ call: FluidCall) throws(CallFault) -> Upload {
        let file = try file(of: call)
        return Upload(fileName: file.name, rows: try rows(of: file.bytes, call.policy))
    }

    private static func file(of call: FluidCall) throws(CallFault) -> (name: String, bytes: [UInt8]) {
        let parts: [MultipartPart]
        do throws(MultipartFault) {
            parts = try MultipartReader.read(
                call.request.http.body, contentType: call.request.http.headers["Content-Type"],
                limits: call.request.formLimits)
        } catch {
            throw .invalid("\(error)")
        }
        let files = parts.filter { $0.name == "file" }
        guard let file = files.first else { throw .invalid("file is required") }
        guard files.count == 1 else { throw .invalid("only one file at a time") }
        guard let name = file.fileName, !name.isEmpty else { throw .invalid("file has no file name") }
        guard name.count <= 255 else { throw .invalid("the file name has more than 255 characters") }
        return (name, file.body)
    }

    private static func rows(of bytes: [UInt8], _ policy: GatewayPolicy) throws(CallFault) -> [UploadFileBatch.Row] {
        var rules = CSVRules(bytes: bytes.count, rows: policy.fileBatchRows, columns: 100, faults: 1)
        rules.goesOnAfterBadRows = true
        let table = CSVReader.read(bytes, rules)
        if table.isCutShort, let fault = table.faults.last {
            throw .invalid("invalid file: line \(fault.line), column \(fault.column): \(fault.reason)")
        }
        let columns = try columns(of: table)
        return table.rows.map { row in
            if let fault = row.fault {
                return UploadFileBatch.Row(words: FileBatch.Words(), content: .unreadable(fault.reason))
            }
            var cells: [String: String] = [:]
            for (name, cell) in zip(columns, table.cells(of: row)) { cells[name] = table.text(cell) }
            return FileBatchRow(cells).row
        }
    }

    private static func columns(of table: CSVTable) throws(CallFault) -> [String] {
        let names = table.header.map { table.text($0) }
        guard !names.isEmpty else { throw .invalid("the file has no header") }
        var seen: Set<String> = []
        for name in names {
            guard FileBatchRow.columns.contains(name) else { throw .invalid("unknown column \(name)") }
            guard seen.insert(name).inserted else { throw .invalid("the column \(name) stands there twice") }
        }
        for name in FileBatchRow.required where !seen.contains(name) {
            throw .invalid("the column \(name) is missing")
        }
        return names
    }
}

/// A row of a file of payments, by column.
struct FileBatchRow {
    static let required = ["transaction_type", "amount"]
    static let columns: Set<String> = Set(
        required + Array(card.keys) + Array(bank.keys) + Array(stored.keys) + plain + addressColumns("billing")
            + addressColumns("shipping"))

    /// Column → member of the payment method.
    private static let card = [
        "cc_number": "number", "cc_expiration": "expiration_date", "cc_cvc": "cvc",
    ]
    private static let bank = [
        "ach_account_number": "account_number", "ach_routing_number": "routing_number",
        "ach_account_type": "account_type", "ach_sec_code": "sec_code",
    ]
    private static let stored = [
        "customer_id": "id", "payment_method_type": "payment_method_type", "payment_method_id": "payment_method_id",
    ]
    /// Columns with the name of their member.
    private static let plain = [
        "base_amount", "surcharge", "shipping_amount", "tax_amount", "discount_amount", "order_id", "description",
        "po_number", "tax_exempt", "email_address", "processor_id",
    ]
    private static let address = [
        "first_name", "last_name", "company", "address_line_1", "address_line_2", "city", "state", "postal_code",
        "country", "phone", "fax", "email",
    ]

    private static func addressColumns(_ kind: String) -> [String] { address.map { "\(kind)_\($0)" } }

    private let cells: [String: String]

    /// - Parameter cells: by column; empty ones count as absent.
    init(_ cells: [String: String]) { self.cells = cells.filter { !$0.value.isEmpty } }

    var row: UploadFileBatch.Row {
        var words = FileBatch.Words()
        words.type = cells["transaction_type"] ?? ""
        words.amount = cells["amount"] ?? ""
        words.orderID = cells["order_id"] ?? ""
        words.poNumber = cells["po_number"] ?? ""
        words.customer = cells["customer_id"] ?? ""
        do throws(CallFault) {
            var request = try ChargeReading.read(WireFields(try body()))
            // The body has card data in it, and is not kept.
            request.wire = NoWireFacts()
            return UploadFileBatch.Row(words: words, content: .request(request))
        } catch {
            return UploadFileBatch.Row(words: words, content: .unreadable(reason(error)))
        }
    }

    private func body() throws(CallFault) -> JSONObject {
        for name in Self.required where cells[name] == nil { throw .invalid("\(name) is required") }
        guard ["sale", "authorize", "credit"].contains(cells["transaction_type"]) else {
            throw .invalid("invalid transaction_type")
        }
        if let description = cells["description"], description.count > 100 {
            throw .invalid("invalid description: more than 100 characters")
        }
        var object = JSONObject(pairs: [
            ("type", .string(cells["transaction_type"] ?? "")), ("amount", .string(cells["amount"] ?? "")),
            ("payment_method", .object(try paymentMethod())),
        ])
        for name in Self.plain {
            if let text = cells[name] { object.append(name, .string(text)) }
        }
        for kind in ["billing", "shipping"] {
            let members = Self.address.compactMap { name in
                cells["\(kind)_\(name)"].map { (name, JSONValue.string($0)) }
            }
            if !members.isEmpty { object.append("\(kind)_address", JSONValue(pairs: members)) }
        }
        return object
    }

    private func paymentMethod() throws(CallFault) -> JSONObject {
        let kinds = [
            ("card", Self.card, "cc_number"), ("ach", Self.bank, "ach_account_number"),
            ("customer", Self.stored, "customer_id"),
        ]
        let given = kinds.filter { kind in kind.1.keys.contains { cells[$0] != nil } }
        guard let kind = given.first else {
            throw .invalid("cc_number, ach_account_number or customer_id is required")
        }
        guard given.count == 1 else { throw .invalid("a row has one card, one bank account or one customer") }
        guard cells[kind.2] != nil else { throw .invalid("\(kind.2) is required") }
        if kind.0 == "ach" { try checkBank() }
        let members = kind.1.sorted { $0.key < $1.key }.compactMap { column, member in
            cells[column].map { (member, JSONValue.string($0)) }
        }
        return JSONObject(pairs: [(kind.0, JSONValue(pairs: members))])
    }

    /// All four columns are needed, and rows may not be telephone payments.
    private func checkBank() throws(CallFault) {
        for name in ["ach_routing_number", "ach_account_type", "ach_sec_code"] where cells[name] == nil {
            throw .invalid("\(name) is required")
        }
        guard ["WEB", "CCD", "PPD"].contains(cells["ach_sec_code"]?.uppercased()) else {
            throw .invalid("invalid ach_sec_code")
        }
    }

    /// In the words of the file: its columns are flat.
    private func reason(_ fault: CallFault) -> String {
        var policy = GatewayPolicy()
        policy.badRequestPrefix = ""
        return fault.message(policy).replacing("billing_address.", with: "billing_").replacing(
            "shipping_address.", with: "shipping_")
    }
}
