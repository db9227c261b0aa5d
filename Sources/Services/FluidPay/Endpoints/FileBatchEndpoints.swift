import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Texts

/// Files of payments: upload, state, results. Reference §11.
enum FileBatchEndpoints {
    static func upload(_ call: FluidCall) -> ServiceAnswer {
        let upload: FileBatchReading.Upload
        do throws(CallFault) {
            upload = try FileBatchReading.read(call)
        } catch {
            return call.refused(error, AccessNeed())
        }
        return call.perform(AccessNeed()) { caller in
            UploadFileBatch(for: caller.account, by: caller.user, fileName: upload.fileName, rows: upload.rows)
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .success(let batch): return Envelope(FileBatchDocument.json(batch))
            case .failure(.full): throw .invalid("too many rows are waiting: upload the file again later")
            }
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            FindFileBatch(id, of: caller.account)
        } answer: { batch throws(CallFault) in
            guard let batch else { throw .notFound }
            var envelope = Envelope(FileBatchDocument.json(batch))
            envelope.isBare = !call.policy.fileBatchEnvelope
            return envelope
        }
    }

    static func download(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            FindFileBatch(id, of: caller.account)
        } answer: { batch throws(CallFault) in
            guard let batch else { throw .notFound }
            guard batch.status == .completed else { throw .soft("batch is not in completed status") }
            var envelope = Envelope(nil)
            envelope.file = Envelope.File(
                name: "\(batch.id).csv", contentType: "text/csv",
                bytes: FileBatchDocument.results(of: batch, call.request.behavior))
            return envelope
        }
    }
}

/// An uploaded file as answers show it, and its results as a table.
enum FileBatchDocument {
    static func json(_ batch: FileBatch) -> JSONValue {
        JSONValue(pairs: [
            ("id", .string(batch.id.text)), ("user_id", .string(batch.user.text)),
            ("file_name", .string(batch.fileName)), ("status", .string(batch.status.rawValue)),
            ("num_lines", JSONValue(batch.rows.value.count)), ("processed_lines", JSONValue(batch.results.count)),
            ("created_at", WireTime.json(batch.createdAt)), ("updated_at", WireTime.json(batch.updatedAt)),
        ])
    }

    private static let columns = [
        "id", "type", "status", "response", "response_code", "amount", "order_id", "po_number", "customer_id", "error",
    ]

    /// One line for each row, in the order of the file; every value in quotes.
    static func results(of batch: FileBatch, _ behavior: Behavior) -> [UInt8] {
        var text = line(columns)
        for (row, result) in zip(batch.rows.value, batch.results) {
            let words = row.words
            var cells = ["", words.type, "error", "", ""]
            var error = ""
            switch result {
            case .refused(let fault): error = "row \(row.number): \(reason(fault))"
            case .charged(let id, let status, let response, let processor):
                let account = behavior.accounts.account(batch.account)
                cells[0] = id.text
                cells[2] = status.wireName
                cells[3] = response.wireName
                cells[4] = ResponseNumber.text(response, account?.processor(processor), behavior)
            }
            text += line(cells + [words.amount, words.orderID, words.poNumber, words.customer, error])
        }
        return Array(text.utf8)
    }

    private static func line(_ cells: [String]) -> String {
        cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }

    private static func reason(_ fault: FileBatch.Fault) -> String {
        switch fault {
        case .unreadable(let reason): reason
        case .charge(let fault): ChargeFaultText.text(fault)
        case .forbidden: "forbidden"
        }
    }
}
