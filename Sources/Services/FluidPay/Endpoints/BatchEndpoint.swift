import JSON
import Payments
import Processor
import ServiceKit

/// `POST /api/settlement/batch/search`. Reference §10.
enum BatchEndpoint {
    static func answer(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(.viewSettlementBatches)
        return call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            let range = PageRange(limit: try SearchReading.limit(fields), offset: try SearchReading.offset(fields))
            let settled = try SearchReading.dates("batch_date", fields)
            return (range, settled, try SearchReading.text("settlement_batch_id", fields))
        } perform: { range, settled, filter in
            call.perform(need) { caller in
                SearchBatches(of: caller.account, settled: settled, range) { id in filter?(BatchName.id(id)) ?? true }
            } answer: { found throws(CallFault) in
                let results = found.page.elements.map { result($0, call) }
                return Envelope(
                    JSONValue(pairs: [("summary", .array(summary(found.all, call))), ("results", .array(results))]),
                    totalCount: found.page.total)
            }
        }
    }

    private static func merchant(_ found: SearchBatches.Found, _ call: FluidCall) -> JSONValue {
        .string(call.request.behavior.accounts.account(booking: found.id.merchant)?.account.id.text ?? "")
    }

    private static func result(_ found: SearchBatches.Found, _ call: FluidCall) -> JSONValue {
        let totals = found.totals
        return JSONValue(pairs: [
            ("id", .string(BatchName.id(found.id))), ("merchant_id", merchant(found, call)),
            ("batch_date", WireTime.json(found.settledAt)), ("processor_id", .string(found.processor.id.text)),
            ("processor_name", .string(found.processor.name)),
            ("processor_type", .string(found.processor.type.text)),
            ("batch_number", .string(String(found.id.number))),
            ("num_transactions", JSONValue(totals.captureCount + totals.refundCount)),
            ("amount_captured", JSONValue(totals.captured)), ("amount_credit", JSONValue(totals.refunded)),
            ("net_deposit", JSONValue(found.isRejected ? 0 : totals.captured - totals.refunded)),
            ("response_code", JSONValue(code(found, call))),
            ("response_message", found.isRejected ? " REJECT" : " ACCEPT"),
        ])
    }

    private static func code(_ found: SearchBatches.Found, _ call: FluidCall) -> Int {
        if found.isRejected { return Int(call.policy.rejectedBatchCode) ?? 0 }
        return Int(call.request.behavior.processors[found.processor.type]?.approval.code ?? "") ?? 0
    }

    /// One line for each day and processor.
    private static func summary(_ all: [SearchBatches.Found], _ call: FluidCall) -> [JSONValue] {
        var lines: [(day: String, found: SearchBatches.Found, totals: BatchTotals)] = []
        for found in all {
            let day = WireTime.day(found.settledAt)
            if let index = lines.firstIndex(where: { $0.day == day && $0.found.processor.id == found.processor.id }) {
                lines[index].totals.captureCount += found.totals.captureCount
                lines[index].totals.refundCount += found.totals.refundCount
                lines[index].totals.captured += found.totals.captured
                lines[index].totals.refunded += found.totals.refunded
            } else {
                lines.append((day, found, found.totals))
            }
        }
        return lines.map { line in
            JSONValue(pairs: [
                ("merchant_id", merchant(line.found, call)), ("batch_date", .string(line.day)),
                ("processor_id", .string(line.found.processor.id.text)),
                ("processor_name", .string(line.found.processor.name)),
                ("num_transactions", JSONValue(line.totals.captureCount + line.totals.refundCount)),
                ("captured", JSONValue(line.totals.captured)), ("credit", JSONValue(line.totals.refunded)),
            ])
        }
    }
}
