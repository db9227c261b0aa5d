import HashTreeCollections
package import Payments

/// A file of payments that somebody has uploaded. Source: reference of Fluid Pay, §11.
package struct FileBatch: Sendable {
    package enum Status: String, Hashable, Sendable { case queued, processing, completed, failed }

    /// A row of the file. Everything that can be wrong with it by itself has been looked at.
    package struct Row: Hashable, Sendable {
        package enum Content: Hashable, Sendable {
            case refused(Fault)
            case payment(Payment)
        }

        /// From 1, without the header.
        package let number: Int
        package let words: Words
        package let content: Content
    }

    /// What results repeat of a row, as far as it could be read.
    package struct Words: Hashable, Sendable {
        package var type = ""
        package var amount = ""
        package var orderID = ""
        package var poNumber = ""
        package var customer = ""

        package init() {}
    }

    /// A payment to be made; the account of it in a form that may be kept.
    package struct Payment: Hashable, Sendable {
        package enum Source: Hashable, Sendable {
            case kept(KeptAccount)
            case stored(customer: ObjectID, type: String?, payment: ObjectID?)
        }

        let source: Source
        let kind: PaymentOrder.Kind
        let order: PaymentOrder
        let amount: Int64?
        let baseAmount: Int64?
        let processor: ObjectID?
        let givesSurcharge: Bool
    }

    /// Why there is no payment.
    package enum Fault: Hashable, Sendable {
        case unreadable(String)
        case charge(ChargeFault)
        case forbidden(Permission)
    }

    /// What became of a row.
    package enum Result: Hashable, Sendable {
        case refused(Fault)
        case charged(ObjectID, ChargeStatus, ResponseCode, processor: ObjectID)
    }

    package let id: ObjectID
    package let account: ObjectID
    package let user: ObjectID
    package let fileName: String
    package let createdAt: Instant
    package let rows: Boxed<[Row]>
    package internal(set) var updatedAt: Instant
    /// Of the first rows, one each.
    package internal(set) var results: [Result] = []
    package internal(set) var status = Status.queued

    package var isDone: Bool { status == .completed || status == .failed }
    /// When a batch that is done was done.
    package var doneAt: Instant? { isDone ? updatedAt : nil }
    /// A file without rows takes room, too.
    fileprivate var weight: Int { rows.value.count + 1 }
}

extension FileBatch: Equatable {}

/// The uploaded files of a world. So many rows are kept; the oldest files that are done make room.
package struct FileBatchBook: Equatable, Sendable {
    private let limit: Int
    private var batches: TreeDictionary<ObjectID, FileBatch> = [:]
    private var order = PersistentArray<ObjectID>()
    private var rows = 0

    init(limit: Int) { self.limit = limit }

    package func batch(_ id: ObjectID) -> FileBatch? { batches[id] }

    /// Whether so many rows more can be kept, when those that are done make room.
    func hasRoom(for count: Int) -> Bool {
        let waiting = batches.reduce(0) { $0 + ($1.value.isDone ? 0 : $1.value.weight) }
        return waiting + count + 1 <= limit
    }

    mutating func apply(_ event: FileBatchEvent) {
        switch event {
        case .uploaded(let batch):
            batches[batch.value.id] = batch.value
            order.append(batch.value.id)
            rows += batch.value.weight
            makeRoom()
        case .processed(let id, let results, let now):
            guard batches[id] != nil else { return }
            batches[id]?.results += results
            batches[id]?.updatedAt = now
            let isDone = batches[id].map { $0.results.count == $0.rows.value.count } ?? true
            batches[id]?.status = isDone ? .completed : .processing
        case .failed(let id, let now):
            batches[id]?.status = .failed
            batches[id]?.updatedAt = now
        }
    }

    private mutating func makeRoom() {
        while rows > limit, let oldest = order[order.start], batches[oldest]?.isDone == true {
            order.removeFirst()
            rows -= batches.removeValue(forKey: oldest)?.weight ?? 0
        }
    }
}

package enum FileBatchEvent: Equatable, Sendable {
    case uploaded(Boxed<FileBatch>)
    /// The next rows are done.
    case processed(ObjectID, [FileBatch.Result], at: Instant)
    /// The rows that are left are not looked at.
    case failed(ObjectID, at: Instant)
}
