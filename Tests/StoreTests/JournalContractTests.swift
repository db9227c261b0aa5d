import Payments
import Processor
import Store
import Testing

/// A kind of journal, by how many entries it is to keep.
struct JournalKind: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let make: @Sendable (_ limit: Int) -> any Journal

    /// Every kind there is: the contract below asks of none which it is.
    static let all = [JournalKind(testDescription: "memory") { MemoryJournal(limit: $0) }]
}

/// What a world expects of any journal.
@Suite struct JournalContractTests {
    private func entry(_ sequence: Int, _ operation: String = "o") -> JournalEntry {
        JournalEntry(
            sequence: sequence, at: Instant(seconds: Int64(sequence)), operation: operation,
            events: [.rule(.stateSet(name: "n", value: "\(sequence)"))], reasons: [.note("\(sequence)")])
    }

    private func exchange(_ status: Int) -> Exchange {
        Exchange(service: "s", method: "PUT", target: "/t", requestBody: [1, 2], status: status, responseBody: [3])
    }

    private func filled(_ kind: JournalKind, limit: Int, _ count: Int) throws -> any Journal {
        var journal = kind.make(limit)
        for sequence in 0..<count { try journal.append(entry(sequence + 1)) }
        return journal
    }

    /// The journal holds just these entries, each what it was.
    private func expect(
        _ journal: any Journal, keeps kept: ClosedRange<Int>?, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(journal.kept == kept, sourceLocation: location)
        for sequence in -1...((kept?.upperBound ?? 0) + 2) {
            let found = journal.entry(sequence)
            let isKept = kept?.contains(sequence) ?? false
            #expect((found != nil) == isKept, "\(sequence)", sourceLocation: location)
            guard let found else { continue }
            let same = entry(sequence)
            #expect(
                found.sequence == sequence && found.at == same.at && found.events == same.events
                    && found.reasons == same.reasons, sourceLocation: location)
        }
    }

    @Test(arguments: JournalKind.all)
    func aNewJournalIsEmpty(_ kind: JournalKind) { expect(kind.make(5), keeps: nil) }

    @Test(arguments: JournalKind.all)
    func entriesAreKeptInOrder(_ kind: JournalKind) throws {
        for count in 1...5 { expect(try filled(kind, limit: 5, count), keeps: 1...count) }
    }

    @Test(arguments: JournalKind.all, [1, 2, 5])
    func theOldestAreForgotten(_ kind: JournalKind, limit: Int) throws {
        var journal = try filled(kind, limit: limit, limit)
        for sequence in (limit + 1)...(limit + 12) {
            try journal.append(entry(sequence))
            expect(journal, keeps: (sequence - limit + 1)...sequence)
        }
    }

    struct GapRow: CustomTestStringConvertible, Sendable {
        let kind: JournalKind
        let count: Int
        let sequence: Int
        var testDescription: String { "\(kind.testDescription): \(sequence) behind \(count)" }
    }

    @Test(
        arguments: JournalKind.all.flatMap { kind in
            [(0, 0), (0, 2), (0, -1), (3, 3), (3, 5), (3, 1), (3, 0), (9, 9), (9, 11)].map {
                GapRow(kind: kind, count: $0.0, sequence: $0.1)
            }
        })
    func whatDoesNotFollowIsRefused(_ row: GapRow) throws {
        var journal = try filled(row.kind, limit: 5, row.count)
        let before = journal.kept
        #expect(throws: JournalFault.self) { try journal.append(entry(row.sequence)) }
        expect(journal, keeps: before)
        try journal.append(entry(row.count + 1))
        #expect(journal.kept?.upperBound == row.count + 1)
    }

    @Test(arguments: JournalKind.all)
    func anExchangeCompletesItsEntry(_ kind: JournalKind) throws {
        var journal = try filled(kind, limit: 5, 8)
        journal.attach(exchange(200), to: 6)
        expect(journal, keeps: 4...8)
        #expect(journal.entry(6)?.exchange == exchange(200))
        #expect([4, 5, 7, 8].allSatisfy { journal.entry($0)?.exchange == nil })
        journal.attach(exchange(500), to: 6)
        #expect(journal.entry(6)?.exchange == exchange(500))
        // Forgotten or not there yet: nothing happens.
        for sequence in [-1, 0, 3, 9] { journal.attach(exchange(200), to: sequence) }
        expect(journal, keeps: 4...8)
        try journal.append(entry(9))
        #expect(journal.entry(9)?.exchange == nil)
    }

    struct CutRow: CustomTestStringConvertible, Sendable {
        let kind: JournalKind
        /// Of eight entries the last five are kept.
        let sequence: Int
        let kept: ClosedRange<Int>?
        let isRefused: Bool
        var testDescription: String { "\(kind.testDescription): after \(sequence)" }
    }

    @Test(
        arguments: JournalKind.all.flatMap { kind in
            [
                CutRow(kind: kind, sequence: 8, kept: 4...8, isRefused: false),
                CutRow(kind: kind, sequence: 7, kept: 4...7, isRefused: false),
                CutRow(kind: kind, sequence: 4, kept: 4...4, isRefused: false),
                CutRow(kind: kind, sequence: 3, kept: nil, isRefused: false),
                CutRow(kind: kind, sequence: 2, kept: 4...8, isRefused: true),
                CutRow(kind: kind, sequence: 0, kept: 4...8, isRefused: true),
                CutRow(kind: kind, sequence: -1, kept: 4...8, isRefused: true),
                CutRow(kind: kind, sequence: 9, kept: 4...8, isRefused: true),
            ]
        })
    func truncating(_ row: CutRow) throws {
        var journal = try filled(row.kind, limit: 5, 8)
        do throws(JournalFault) {
            try journal.truncate(after: row.sequence)
            #expect(!row.isRefused)
        } catch {
            #expect(row.isRefused)
        }
        expect(journal, keeps: row.kept)
        let next = row.isRefused ? 9 : row.sequence + 1
        try journal.append(entry(next))
        #expect(journal.kept?.upperBound == next && journal.entry(next) != nil)
        #expect(throws: JournalFault.self) { try journal.append(entry(next)) }
    }

    @Test(arguments: JournalKind.all)
    func whatWasCutLeavesNothingBehind(_ kind: JournalKind) throws {
        var journal = try filled(kind, limit: 5, 5)
        journal.attach(exchange(200), to: 4)
        try journal.truncate(after: 3)
        try journal.append(entry(4))
        #expect(journal.entry(4)?.exchange == nil)
        expect(journal, keeps: 1...4)
    }

    @Test(arguments: JournalKind.all)
    func forksAreIsolated(_ kind: JournalKind) throws {
        var journal = try filled(kind, limit: 5, 6)
        journal.attach(exchange(200), to: 5)
        var fork = try journal.forked()
        var second = try journal.forked()
        expect(fork, keeps: 2...6)
        #expect(fork.entry(5)?.exchange == exchange(200))
        // Each way of changing one, and the others stay.
        try fork.append(entry(7))
        fork.attach(exchange(500), to: 6)
        try second.truncate(after: 2)
        try second.append(
            JournalEntry(sequence: 3, at: Instant(seconds: 0), operation: "other", events: [], reasons: []))
        expect(journal, keeps: 2...6)
        #expect(journal.entry(6)?.exchange == nil && journal.entry(3)?.operation == "o")
        try journal.truncate(after: 4)
        journal.attach(exchange(404), to: 3)
        expect(fork, keeps: 3...7)
        #expect(fork.entry(6)?.exchange == exchange(500) && fork.entry(3)?.exchange == nil)
        #expect(second.kept == 2...3 && second.entry(3)?.operation == "other")
        // A fork of a fork.
        let third = try fork.forked()
        try fork.truncate(after: 5)
        expect(third, keeps: 3...7)
    }
}
