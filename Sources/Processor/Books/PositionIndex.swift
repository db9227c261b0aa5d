/// Finds what has a key among the elements of a sequence that grows at the end and is forgotten from the front.
///
/// It holds positions and 32 bits of the hash of each key, not the keys: whoever looks something up compares the keys
/// of the elements that it offers. So all of it are plain numbers in a few flat tables. Copies share the tables; the
/// first change after a copy duplicates the newest table and nothing else. Positions are not taken out one by one: a
/// table goes when all of its positions are forgotten.
package struct PositionIndex: Equatable, Sendable {
    /// Oldest first. Each covers ``span`` positions.
    private var tables: [Table] = []
    private let span: Int

    /// - Parameter limit: about how many positions there are at one time. A lookup asks some eight tables, or more when
    ///   that many positions would make tables too large to duplicate.
    package init(limit: Int) { span = min(max(limit / 8, 1 << 10), 1 << 15) }

    /// Adds a position behind all others, unless the newest table has its hash already. So it is nearly always done
    /// without anybody looking at elements.
    ///
    /// - Returns: whether it was added; if not, ``append(_:hash:replaces:)`` does it.
    package mutating func appendNew(_ position: Int, hash: Int) -> Bool {
        prepareTable(for: position)
        return tables[tables.count - 1].insertNew(position, hash: hash)
    }

    /// Adds a position behind all others.
    ///
    /// - Parameter replaces: an older position need not be found any more: its element is gone, or has the same key.
    package mutating func append(_ position: Int, hash: Int, replaces: (Int) -> Bool) {
        prepareTable(for: position)
        tables[tables.count - 1].insert(position, hash: hash, replaces: replaces)
    }

    private mutating func prepareTable(for position: Int) {
        if tables.isEmpty || position - tables[tables.count - 1].start >= span {
            // The next one will be as full.
            tables.append(Table(start: position, slots: tables.last.map { $0.places.slotMask + 1 } ?? 16))
        }
    }

    /// The newest position of a hash that is the one that is meant.
    package func newest(hash: Int, where isMeant: (Int) -> Bool) -> Int? {
        // What is read through a span is not copied.
        let tables = tables.span
        var index = tables.count
        while index > 0 {
            index -= 1
            if let found = tables[index].newest(hash: hash, where: isMeant) { return found }
        }
        return nil
    }

    /// Asks for the memory that is needed to add a position with a hash.
    package func expectAppending(hash: Int) {
        let tables = tables.span
        let last = tables.count - 1
        if last >= 0 { tables[last].places.expectAll(hash: hash) }
    }

    /// Asks for the memory that is needed to look a hash up, and to add a position with it.
    package func expect(hash: Int) {
        let tables = tables.span
        for index in 0..<tables.count { tables[index].places.expectFilter(hash: hash) }
        expectAppending(hash: hash)
    }

    /// Positions before this one are gone.
    package mutating func forget(before oldest: Int) {
        while let first = tables.first, first.start + span <= oldest { tables.removeFirst() }
    }
}

extension PositionIndex {
    /// An open hash table with linear probing, at most half full.
    private struct Table: Equatable, Sendable {
        let start: Int
        private var count = 0
        /// A bit for each of eight groups of hashes to a slot. Most of what is looked for is in no table or in one, and
        /// these bits lie closer together than the slots, which no cache holds.
        private var filter: [UInt64]
        /// The upper half of a slot has the bits of the hash, the lower half `position - start + 1`. Zero is empty.
        private var slots: [UInt64]
        /// Where they are, and how many.
        fileprivate var places: Places

        /// - Parameter slots: a power of two, and at least 16.
        init(start: Int, slots: Int) {
            self.start = start
            self.slots = [UInt64](repeating: 0, count: slots)
            filter = [UInt64](repeating: 0, count: slots / 8)
            places = Places(slotMask: slots - 1)
        }

        mutating func insertNew(_ position: Int, hash: Int) -> Bool {
            // The table grows before it takes what would make it too full.
            if (count + 1) * 2 > places.slotMask + 1 { grow() }
            let entry = entry(position, hash: hash)
            let index = freeOrSame(entry, from: firstSlot(of: entry >> 32))
            guard slots[index] == 0 else { return false }
            take(entry, at: index)
            return true
        }

        mutating func insert(_ position: Int, hash: Int, replaces: (Int) -> Bool) {
            if (count + 1) * 2 > places.slotMask + 1 { grow() }
            let entry = entry(position, hash: hash)
            var index = freeOrSame(entry, from: firstSlot(of: entry >> 32))
            while slots[index] != 0 {
                if replaces(self.position(in: slots[index])) {
                    slots[index] = entry
                    return
                }
                index = freeOrSame(entry, from: next(index))
            }
            take(entry, at: index)
        }

        /// The first slot that is empty or has the hash of an entry.
        @inline(__always)
        private func freeOrSame(_ entry: UInt64, from start: Int) -> Int {
            var index = start
            while slots[index] != 0, slots[index] >> 32 != entry >> 32 { index = next(index) }
            return index
        }

        private func entry(_ position: Int, hash: Int) -> UInt64 {
            UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(position - start + 1)
        }

        private mutating func take(_ entry: UInt64, at index: Int) {
            places.slots = slots.withUnsafeMutableBufferPointer {
                $0[index] = entry
                return ExpectedPlace($0.baseAddress)
            }
            count += 1
            note(entry >> 32)
        }

        // Inlined, for a table is copied to be asked otherwise.
        @inline(__always)
        func newest(hash: Int, where isMeant: (Int) -> Bool) -> Int? {
            let bits = UInt64(UInt32(truncatingIfNeeded: hash))
            guard mayHold(bits) else { return nil }
            let slots = slots.span
            var index = firstSlot(of: bits)
            var newest: Int?
            while slots[index] != 0 {
                if slots[index] >> 32 == bits {
                    let candidate = position(in: slots[index])
                    if candidate > newest ?? -1, isMeant(candidate) { newest = candidate }
                }
                index = next(index)
            }
            return newest
        }

        private func position(in slot: UInt64) -> Int { start + Int(slot & 0xFFFF_FFFF) - 1 }

        @inline(__always)
        private func mayHold(_ bits: UInt64) -> Bool {
            let filter = filter.span
            return filter[Int(bits >> 6) & places.filterMask] >> (bits & 63) & 1 != 0
        }

        private mutating func note(_ bits: UInt64) {
            let word = Int(bits >> 6) & places.filterMask
            places.filter = filter.withUnsafeMutableBufferPointer {
                $0[word] |= 1 << (bits & 63)
                return ExpectedPlace($0.baseAddress)
            }
        }

        private func firstSlot(of bits: UInt64) -> Int { Int(bits) & places.slotMask }

        private func next(_ index: Int) -> Int { (index + 1) & places.slotMask }

        private mutating func grow() {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            places.slotMask = slots.count - 1
            filter = [UInt64](repeating: 0, count: slots.count / 8)
            for entry in old where entry != 0 {
                note(entry >> 32)
                var index = firstSlot(of: entry >> 32)
                while slots[index] != 0 { index = next(index) }
                slots[index] = entry
            }
        }
    }

    /// Of plain numbers, so that they are read without a copy of the table.
    fileprivate struct Places: Equatable, Sendable {
        /// One less than the number of slots.
        var slotMask: Int
        var filter = ExpectedPlace()
        var slots = ExpectedPlace()
        /// One less than the number of words of the filter.
        var filterMask: Int { slotMask >> 3 }

        init(slotMask: Int) { self.slotMask = slotMask }

        @inline(__always)
        func expectFilter(hash: Int) { filter.expect((Int(UInt32(truncatingIfNeeded: hash) >> 6) & filterMask) &* 8) }

        @inline(__always)
        func expectAll(hash: Int) {
            expectFilter(hash: hash)
            slots.expect((Int(UInt32(truncatingIfNeeded: hash)) & slotMask) &* 8)
        }
    }
}
