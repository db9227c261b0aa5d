@testable import Cryptography
import Testing

struct StreamRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var random: SeededRandom
    var numbers: [UInt64]

    init(_ name: String, _ random: SeededRandom, _ numbers: [UInt64]) {
        testDescription = name
        self.random = random
        self.numbers = numbers
    }
}

@Suite struct SeededRandomTests {
    @Test(arguments: [
        // The authors' C program, from the state 1, 2, 3, 4 and from states filled by their splitmix64.c.
        StreamRow(
            "state 1 2 3 4", SeededRandom(state: (1, 2, 3, 4)),
            [
                11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
                16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
                2_904_607_092_377_533_576,
            ]),
        StreamRow(
            "seed 0", SeededRandom(seed: 0), [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0]),
        StreamRow(
            "seed 1", SeededRandom(seed: 1), [0xB3F2_AF6D_0FC7_10C5, 0x853B_5596_4736_4CEA, 0x92F8_9756_082A_4514]),
        StreamRow(
            "seed 7", SeededRandom(seed: 7), [0xB358_FAF7_4EF9_765A, 0x475C_3D96_4F48_2CD2, 0xD6F1_D349_952C_7996]),
        StreamRow(
            "highest seed", SeededRandom(seed: .max),
            [0x8F55_20D5_2A7E_AD08, 0xC476_A018_CAA1_802D, 0x81DE_31C0_D260_469E]),
        // Another implementation of the derivation.
        StreamRow(
            "seed 7, label retref", SeededRandom(seed: 7, label: "retref"),
            [0xA8FE_09AE_2856_BE6A, 0x87DB_A8EE_62C9_8BF6, 0x1FBD_3C80_49C4_E8C4]),
        StreamRow(
            "seed 7, label token", SeededRandom(seed: 7, label: "token"),
            [0xDA1F_219D_DAA9_BD24, 0x7997_29ED_1E7A_4A0B, 0xDDB1_8390_725E_79AC]),
        StreamRow(
            "seed 7, empty label", SeededRandom(seed: 7, label: ""),
            [0x2F24_30FE_7D1E_47BF, 0xA8DE_4A38_AF1E_9D44, 0x441F_08B6_700C_9C9E]),
        StreamRow(
            "seed 8, label retref", SeededRandom(seed: 8, label: "retref"),
            [0x304A_21E3_ED35_6B86, 0xD773_70C8_27BD_6F85, 0xBAC8_EFE2_9F46_D07A]),
    ])
    func knownNumbers(_ row: StreamRow) {
        var random = row.random
        #expect(row.numbers.map { _ in random.next() } == row.numbers)
    }

    @Test func knownNumbersOfSplitMix() {
        var filler = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in filler.next() } == expected)
    }

    @Test func leavesTheStateOfZeros() {
        var random = SeededRandom(state: (0, 0, 0, 0))
        let numbers = (0..<8).map { _ in random.next() }
        #expect(Set(numbers).count > 4)
    }

    @Test func aCopyGoesOnAlone() {
        var random = SeededRandom(seed: 3)
        _ = random.next()
        var copy = random
        let numbers = (0..<4).map { _ in copy.next() }
        #expect((0..<4).map { _ in random.next() } == numbers)
        #expect(copy == random)
    }

    /// Pearson's chi-squared against the 99.99 % quantile; the seed is fixed, so the outcome is too.
    @Test(arguments: zip([2, 3, 10, 52, 100] as [UInt64], [15.1, 18.4, 33.7, 97.0, 159.0]))
    func uniform(bound: UInt64, quantile: Double) {
        var random = SeededRandom(seed: 2030, label: "uniform")
        var counts = [Int](repeating: 0, count: Int(bound))
        let rounds = 100_000
        for _ in 0..<rounds { counts[Int(random.uniform(below: bound))] += 1 }
        let expected = Double(rounds) / Double(bound)
        let chiSquared = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(chiSquared < quantile)
    }

    /// With three quarters of 2^64 as bound, the high half of the product alone would take every third number from
    /// two results of the generator and the others from one.
    @Test func refusesWhatWouldFavourSomeNumbers() {
        let bound = UInt64(3) << 62
        var random = SeededRandom(seed: 5)
        var thirds = [0, 0, 0]
        for _ in 0..<30_000 {
            let number = random.uniform(below: bound)
            #expect(number < bound)
            thirds[Int(number % 3)] += 1
        }
        // The biased form gives every third number half of all results (15,000) and the others a quarter.
        for count in thirds { #expect((9_600...10_400).contains(count)) }
    }

    @Test(arguments: [1, 2, 63, 64, 1 << 32, 1 << 63, UInt64.max] as [UInt64])
    func staysBelow(bound: UInt64) {
        var random = SeededRandom(seed: bound)
        for _ in 0..<1_000 { #expect(random.uniform(below: bound) < bound) }
    }

    @Test(arguments: [0...0, -3...3, Int.min...Int.max, Int.max - 1...Int.max, Int.min...Int.min + 1])
    func staysInRange(range: ClosedRange<Int>) {
        var random = SeededRandom(seed: 11)
        var seen: Set<Int> = []
        for _ in 0..<1_000 {
            let number = random.uniform(in: range)
            #expect(range.contains(number))
            seen.insert(number)
        }
        let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound))
        #expect(UInt64(seen.count) > min(width, 6))
    }

    @Test func shufflesEvenly() {
        var random = SeededRandom(seed: 52)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<12_000 {
            var elements = [1, 2, 3, 4]
            random.shuffle(&elements)
            #expect(elements.sorted() == [1, 2, 3, 4])
            counts[elements, default: 0] += 1
        }
        #expect(counts.count == 24)
        for (order, count) in counts { #expect((400...600).contains(count), "\(order)") }
    }

    @Test func shufflesNothingAndOne() {
        var random = SeededRandom(seed: 1)
        var none: [Int] = []
        random.shuffle(&none)
        var one = [7]
        random.shuffle(&one)
        #expect(none == [] && one == [7])
    }

    @Test func streamsOfLabelsAreApart() {
        var seen: Set<UInt64> = []
        for label in ["retref", "token", "authcode", "retref ", ""] {
            for seed in 0..<20 as Range<UInt64> {
                var random = SeededRandom(seed: seed, label: label)
                for _ in 0..<20 { #expect(seen.insert(random.next()).inserted) }
            }
        }
    }
}
