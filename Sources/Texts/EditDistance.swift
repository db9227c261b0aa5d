/// How alike two words are.
package enum EditDistance {
    /// Letters to insert, remove or change until one is the other (Levenshtein).
    package static func between<Letter: Equatable>(_ one: [Letter], _ other: [Letter]) -> Int {
        var row = Array(0...other.count)
        for line in one.indices {
            var diagonal = row[0]
            row[0] = line + 1
            for column in other.indices {
                let change = diagonal + (other[column] == one[line] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, min(row[column], row[column + 1]) + 1)
            }
        }
        return row[other.count]
    }
}
