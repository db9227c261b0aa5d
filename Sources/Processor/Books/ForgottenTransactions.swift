import Payments

/// Transactions that nobody will look at again, released one after the other instead of all at once.
///
/// A thousand that go together push what is needed next out of the processor's caches, and the allocator joins their
/// pieces of memory only to split them again. One that goes when another one comes leaves its pieces to it. What is
/// that old has long left the caches: its memory is asked for some requests before, then that of what it refers to,
/// then that of what that refers to.
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
        if next >= 2 {
            ExpectedMemory.read(UnsafeRawPointer(bitPattern: row[next - 2]), bytes: TransactionParts.length)
        }
        if next >= 1 { TransactionParts.expect(of: row[next - 1]) }
        if next >= 0 { TransactionParts.expectPartsOfOrder(of: row[next]) }
    }
}

/// Where a transaction that lies on its own refers to other memory. What is read there makes hints for the processor,
/// and nothing else.
private enum TransactionParts {
    /// What stands before the value of an object.
    private static let header = 2 * MemoryLayout<UInt>.size
    static let length = header + MemoryLayout<Transaction>.size

    private static let order = place(of: \Transaction.order)
    /// What a sale has elsewhere, one line each.
    private static let parts = [
        place(of: \Transaction.stage), text(place(of: \Transaction.details.orderID)),
        text(place(of: \Transaction.reference)),
    ].compactMap { $0 }
    /// The same of an order; what others have as well is in the caches.
    private static let partsOfOrder = [
        text(place(of: \PaymentOrder.instrument.id)), text(place(of: \PaymentOrder.instrument.masked)),
        place(of: \PaymentOrder.features), place(of: \PaymentOrder.memos),
    ].compactMap { $0 }

    private static func place<Whole>(of part: PartialKeyPath<Whole>) -> Int? {
        MemoryLayout<Whole>.offset(of: part).map { header + $0 }
    }

    /// The second word of a text says where its bytes are kept, if it is not short.
    private static func text(_ place: Int?) -> Int? { place.map { $0 + MemoryLayout<UInt>.size } }

    static func expect(of transaction: UInt) {
        guard let transaction = UnsafeRawPointer(bitPattern: transaction) else { return }
        if let order {
            ExpectedMemory.read(referred(transaction, order), bytes: header + MemoryLayout<PaymentOrder>.size)
        }
        for part in parts { ExpectedMemory.read(referred(transaction, part), bytes: 1) }
    }

    static func expectPartsOfOrder(of transaction: UInt) {
        guard let transaction = UnsafeRawPointer(bitPattern: transaction), let order,
            let order = referred(transaction, order)
        else { return }
        for part in partsOfOrder { ExpectedMemory.read(referred(order, part), bytes: 1) }
    }

    /// What a word refers to: its highest byte tells kinds of references apart.
    @inline(__always)
    private static func referred(_ object: UnsafeRawPointer, _ place: Int) -> UnsafeRawPointer? {
        UnsafeRawPointer(bitPattern: object.load(fromByteOffset: place, as: UInt.self) & 0x00FF_FFFF_FFFF_FFFF)
    }
}
