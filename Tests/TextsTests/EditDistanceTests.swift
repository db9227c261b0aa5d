import Testing
import Texts

@Suite struct EditDistanceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let one: String
        let other: String
        let distance: Int
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(name: "equal", one: "port", other: "port", distance: 0),
        Row(name: "nothing and something", one: "", other: "port", distance: 4),
        Row(name: "one inserted", one: "pot", other: "port", distance: 1),
        Row(name: "one removed", one: "port", other: "por", distance: 1),
        Row(name: "one changed", one: "part", other: "port", distance: 1),
        Row(name: "two swapped are two changes", one: "prot", other: "port", distance: 2),
        Row(name: "of each kind", one: "kitten", other: "sitting", distance: 3),
    ])
    func between(_ row: Row) {
        #expect(EditDistance.between(Array(row.one), Array(row.other)) == row.distance)
        #expect(EditDistance.between(Array(row.other), Array(row.one)) == row.distance)
    }
}
