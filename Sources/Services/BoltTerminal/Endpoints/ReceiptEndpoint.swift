import Payments
import Processor
import ServiceKit

/// `printReceipt`: prints the latest transaction with an order id once more (reference §3.5).
enum ReceiptEndpoint {
    static func answer(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let order = try call.fields.required("orderId", upTo: 50)
        try PrintTerms.check(call.fields, outOfRange: .receiptPrintDelayOutOfRange)
        return call.perform(.printReceipt(OrderID(order))) { call, reply in
            guard case .receipt(let transaction, let isPrinted) = reply else { return call.emptyAnswer() }
            let receipt = ReceiptData.object(transaction, call)
            guard isPrinted else {
                return ErrorBody.answer(
                    BoltFault(.noPrinting), to: call.request, operation: call.operation, call, receipt: receipt)
            }
            var object = AnswerObject()
            object.add("receiptData", receipt)
            return call.answer(object)
        }
    }
}
