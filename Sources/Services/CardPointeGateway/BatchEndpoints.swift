import Payments
import Processor
import ServiceKit

/// `openbatch/{merchid}/{batchsource}` (reference §10).
enum OpenBatchEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let command = OpenBatch(
            service: "cardpointe", merchant: call.merchant, source: BatchSource(call.parameters["batchsource"] ?? ""),
            wire: call.fields)
        return FollowUpCall.perform(command, call) { BatchReply.object($0) }
    }
}

/// `closebatch/{merchid}` and `closebatch/{merchid}/{batchid}` (reference §10).
enum CloseBatchEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        // A text that is no number is the name of no batch.
        let number = call.parameters["batchid"].map { Int($0) ?? -1 }
        let command = CloseBatch(service: "cardpointe", merchant: call.merchant, number: number, wire: call.fields)
        return FollowUpCall.perform(command, call) { BatchReply.object($0) }
    }
}

enum BatchReply {
    /// The text `null` for what did not work.
    static func object(_ batch: BatchID?) -> AnswerObject {
        var object = AnswerObject()
        object.add("batchid", batch.map { String($0.number) } ?? "null")
        object.add("respcode", batch == nil ? "noBatch" : "success")
        return object
    }
}
