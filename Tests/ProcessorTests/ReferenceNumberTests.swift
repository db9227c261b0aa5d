import Cryptography
import Payments
import Processor
import PropertySupport
import Testing

@Suite struct ReferenceNumberTests {
    struct FormRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let civil: CivilTime
        let day: String
        let second: String

        init(_ name: String, _ civil: CivilTime, _ day: String, _ second: String) {
            testDescription = name
            self.civil = civil
            self.day = day
            self.second = second
        }
    }

    /// `DDD NNN K SSSSS` (reference §16).
    @Test(arguments: [
        FormRow("new year", CivilTime(year: 2030, month: 1, day: 1), "001", "00000"),
        FormRow(
            "new year's eve", CivilTime(year: 2030, month: 12, day: 31, hour: 23, minute: 59, second: 59), "365",
            "86399"),
        FormRow("of a leap year", CivilTime(year: 2028, month: 12, day: 31, hour: 12), "366", "43200"),
        FormRow("one second past midnight", CivilTime(year: 2018, month: 5, day: 2, second: 1), "122", "00001"),
    ])
    func form(_ row: FormRow) {
        var sequence = ReferenceSequence(firstCounter: 998)
        for (count, counter) in ["998", "999", "000", "001"].enumerated() {
            let (number, after) = sequence.next(at: row.civil)
            #expect(number.text == "\(row.day)\(counter)1\(row.second)")
            #expect(after.counter == 999 + count)
            sequence = after
        }
    }

    /// Twenty thousand in one second, and more: nodes, then seconds that are borrowed.
    @Test func burstsStayUnique() {
        var sequence = ReferenceSequence(firstCounter: 517)
        let civil = CivilTime(year: 2030, month: 1, day: 2, hour: 15)
        var seen: Set<String> = []
        for position in 0..<20_000 {
            let (number, after) = sequence.next(at: civil)
            #expect(number.text.utf8.count == 12)
            if !seen.insert(number.text).inserted { Issue.record("number \(position) came twice") }
            sequence = after
        }
        let nodes = Set(seen.map { Array($0)[6] })
        #expect(nodes.sorted() == Array("123456789"))
        #expect(Set(seen.map { $0.suffix(5) }) == ["54000", "54001", "54002"])
        // The clock catches up with what was borrowed.
        let later = sequence.next(at: CivilTime(year: 2030, month: 1, day: 2, hour: 15, second: 2)).number
        #expect(seen.insert(later.text).inserted)
    }

    @Test func aBurstBorrowsFromTheNextDay() {
        var sequence = ReferenceSequence(firstCounter: 0)
        let civil = CivilTime(year: 2030, month: 12, day: 31, hour: 23, minute: 59, second: 59)
        var seen: Set<String> = []
        for _ in 0..<9001 {
            let (number, after) = sequence.next(at: civil)
            seen.insert(number.text)
            sequence = after
        }
        #expect(seen.count == 9001)
        #expect(seen.contains { $0.hasPrefix("001") && $0.hasSuffix("00000") })
    }

    /// A clock that is set to any of a few moments, again and again: the references of a merchant never repeat.
    @Test(arguments: PropertySeeds.many.prefix(5))
    func aClockThatJumpsMakesNoReferenceTwice(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var world = Sample.world()
        let start = world.now(at: Sample.real)
        let spans: [Int64] = [0, 1, 3600, 3601, 7200, 86_400, 31_536_000]
        var seen: Set<RetrievalReferenceNumber> = []
        var made = 0
        for _ in 0..<30 {
            let span = spans[random.uniform(in: 0...(spans.count - 1))]
            try world.setClock(world.books.clock.showing(start + .seconds(span), at: Sample.real), at: Sample.real)
            for _ in 0..<random.uniform(in: 1...120) {
                let transaction = try world.authorize(1, Sample.declining)
                seen.insert(transaction.reference)
                made += 1
                #expect(world.books.ledger.transaction(transaction.reference, of: Sample.late)?.id == transaction.id)
            }
        }
        #expect(seen.count == made, "seed \(seed)")
    }

    /// A thousand numbers, away for two hours, and back to the same second: the counter comes round.
    @Test func backToASecondWhoseNumbersWereGiven() throws {
        var world = Sample.world()
        let start = world.now(at: Sample.real)
        var seen: Set<RetrievalReferenceNumber> = []
        for _ in 0..<1000 { seen.insert(try world.authorize(1, Sample.declining).reference) }
        try world.setClock(world.books.clock.showing(start + .seconds(7200), at: Sample.real), at: Sample.real)
        for _ in 0..<1000 { seen.insert(try world.authorize(1, Sample.declining).reference) }
        try world.setClock(world.books.clock.showing(start, at: Sample.real), at: Sample.real)
        for _ in 0..<1000 { seen.insert(try world.authorize(1, Sample.declining).reference) }
        #expect(seen.count == 3000)
    }

    @Test func theDayIsThatOfTheGatewaysZone() throws {
        var world = Sample.world()
        // 2030-01-03 02:00 UTC is the evening before in New York.
        let moment = CivilTime(year: 2030, month: 1, day: 3, hour: 2).instant
        try world.setClock(world.books.clock.showing(moment, at: Sample.real), at: Sample.real)
        let reference = try world.authorize(1).reference.text
        #expect(reference.hasPrefix("002") && reference.hasSuffix("75600"))
    }

    /// Other merchants' traffic changes neither references nor authorization codes.
    @Test(arguments: PropertySeeds.many.prefix(10))
    func merchantsDoNotDisturbEachOther(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var alone = Sample.world()
        var busy = Sample.world()
        for _ in 0..<50 {
            for _ in 0..<random.uniform(in: 0...3) {
                let others = [Sample.early, Sample.tipping, Sample.other, Sample.lateInProduction]
                _ = try busy.authorize(100, of: others[random.uniform(in: 0...3)], capture: true)
            }
            let expected = try alone.authorize(100, capture: true)
            let actual = try busy.authorize(100, capture: true)
            #expect(actual.reference == expected.reference, "seed \(seed)")
            #expect(actual.authorizationCode == expected.authorizationCode, "seed \(seed)")
            #expect(actual.stage == expected.stage, "seed \(seed)")
        }
    }

    @Test func anotherSeedGivesOtherIdentifiers() throws {
        var first = Sample.world()
        var second = World(
            name: "main", behavior: Sample.behavior(), seed: 8, journal: first.journal, at: Sample.real)
        let a = try first.authorize(100)
        let b = try second.authorize(100)
        #expect(a.authorizationCode != b.authorizationCode)
        #expect(a.reference != b.reference)
    }

    struct CodeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let form: AuthorizationCodeForm
        let length: Int
        let allowed: String
    }

    @Test(arguments: [
        CodeRow(
            testDescription: "digits behind a prefix", form: .prefixedDigits(prefix: "PPS", digits: 3), length: 6,
            allowed: "PS0123456789"),
        CodeRow(
            testDescription: "only digits", form: .prefixedDigits(prefix: "", digits: 6), length: 6,
            allowed: "0123456789"),
        CodeRow(
            testDescription: "many digits", form: .prefixedDigits(prefix: "", digits: 18), length: 18,
            allowed: "0123456789"),
        CodeRow(
            testDescription: "letters and digits", form: .alphanumeric(length: 6), length: 6,
            allowed: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        CodeRow(testDescription: "always the same", form: .fixed("AUTH"), length: 4, allowed: "AUTH"),
    ])
    func authorizationCodes(_ row: CodeRow) throws {
        var world = Sample.world(Sample.behavior { $0.processors["AAA"]?.authorizationCode = row.form })
        let codes = try (0..<40).map { _ in try #require(try world.authorize(100).authorizationCode) }
        #expect(codes.allSatisfy { $0.count == row.length && $0.allSatisfy { row.allowed.contains($0) } }, "\(codes)")
        if case .fixed = row.form { #expect(Set(codes).count == 1) } else { #expect(Set(codes).count > 30) }
    }
}
