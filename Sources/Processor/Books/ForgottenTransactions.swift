import Payments

/// Transactions that nobody will look at again, released one after the other instead of all at once.
///
/// A thousand that go together push what is needed next out of the processor's caches, and the allocator joins their
/// pieces of memory only to split them again. One that goes when another one comes leaves its pieces to it. What is
/// that old has long left the caches: its memory is asked for some requests before, what it refers to after it.
struct ForgottenTransactions: Sendable {
    /// The last one of the last row goes first.
    private var rows: [[Boxed<Transaction>]] = []

    init() {}

    /// Takes over rows, oldest first. What is left of earlier ones goes now, so that there is never more than came at
    /// once.
    mutating func replace(with rows: [[Boxed<Transaction>]]) { self.rows = rows.reversed() }

    mutating func releaseOne() {
        guard let row = rows.indices.last else { return }
        if rows[row].popLast() == nil { rows.removeLast() }
        rows.last?.withUnsafeBufferPointer { Self.expect($0) }
    }

    private static func expect(_ row: UnsafeBufferPointer<Boxed<Transaction>>) {
        let next = row.count - 1
        if next >= 2 { row[next - 2].expect() }
        if next >= 1 { row[next - 1].value.expectParts() }
        if next >= 0 { row[next].value.order?.value.expectParts() }
    }
}

extension Boxed {
    /// It will be read soon.
    @inline(__always)
    fileprivate func expect() {
        ExpectedMemory.read(Unmanaged.passUnretained(self).toOpaque(), bytes: MemoryLayout<Value>.size)
    }
}

extension Transaction {
    fileprivate func expectParts() {
        order?.expect()
        ExpectedMemory.read(reference.text)
        if let orderID = details.orderID { ExpectedMemory.read(orderID.text) }
    }
}

extension PaymentOrder {
    fileprivate func expectParts() {
        ExpectedMemory.read(instrument.id.text)
        ExpectedMemory.read(instrument.masked)
        ExpectedMemory.read(orderID)
        ExpectedMemory.read(description)
        ExpectedMemory.read(ipAddress)
        ExpectedMemory.read(idempotencyKey)
    }
}
