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
        rows.last?.withUnsafeBytes { Self.expect($0.assumingMemoryBound(to: UInt.self)) }
    }

    /// - Parameter row: the addresses of transactions. As references they would be counted, which is to wait for them.
    private static func expect(_ row: UnsafeBufferPointer<UInt>) {
        let next = row.count - 1
        if next >= 1 {
            ExpectedMemory.read(UnsafeRawPointer(bitPattern: row[next - 1]), bytes: TransactionParts.length)
        }
        if next >= 0 { TransactionParts.expect(of: row[next]) }
    }
}

/// Where a transaction that lies on its own refers to other memory. What is read there makes hints for the processor,
/// and nothing else.
private enum TransactionParts {
    /// What stands before the value of an object.
    private static let header = 2 * MemoryLayout<UInt>.size
    static let length = header + MemoryLayout<Transaction>.size

    private static let order = place(of: \.order)
    private static let orderID = place(of: \.details.orderID)
    private static let reference = place(of: \.reference)

    private static func place(of part: PartialKeyPath<Transaction>) -> Int? {
        MemoryLayout<Transaction>.offset(of: part).map { header + $0 }
    }

    static func expect(of transaction: UInt) {
        guard let transaction = UnsafeRawPointer(bitPattern: transaction) else { return }
        expect(transaction, order, bytes: header + MemoryLayout<PaymentOrder>.size)
        // The second word of a text says where its bytes are kept, if it is not short.
        expect(transaction, orderID.map { $0 + MemoryLayout<UInt>.size }, bytes: 1)
        expect(transaction, reference.map { $0 + MemoryLayout<UInt>.size }, bytes: 1)
    }

    @inline(__always)
    private static func expect(_ transaction: UnsafeRawPointer, _ place: Int?, bytes: Int) {
        guard let place else { return }
        // The highest byte of a word tells kinds of references apart.
        let address = transaction.load(fromByteOffset: place, as: UInt.self) & 0x00FF_FFFF_FFFF_FFFF
        ExpectedMemory.read(UnsafeRawPointer(bitPattern: address), bytes: bytes)
    }
}
