import HTTP
import ServiceKit

/// Batches, settlement and payouts (reference §9, §10).
extension Routes {
    static let settlements: [Route] = [
        Route(
            pattern: ["settlestat"], methods: [.get], operation: "settlementStatus",
            answer: SettlementStatusEndpoint.answer),
        Route(
            pattern: ["settlestatByBatchSource"], methods: writing, operation: "settlementStatus",
            answer: SettlementStatusBySourceEndpoint.answer),
        Route(pattern: ["funding"], methods: [.get], operation: "funding", answer: FundingEndpoint.answer),
        Route(pattern: ["deposit"], methods: [.get], operation: "deposit", answer: DepositEndpoint.answer),
        Route(
            pattern: ["openbatch", ":merchid", ":batchsource"], methods: [.get], operation: "openBatch",
            answer: OpenBatchEndpoint.answer),
        Route(
            pattern: ["closebatch", ":merchid"], methods: [.get], operation: "closeBatch",
            answer: CloseBatchEndpoint.answer),
        Route(
            pattern: ["closebatch", ":merchid", ":batchid"], methods: [.get], operation: "closeBatch",
            answer: CloseBatchEndpoint.answer),
    ]
}
