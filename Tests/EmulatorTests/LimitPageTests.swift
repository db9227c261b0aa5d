import HTTP
import Platform
import Processor
import TLS
import Testing

/// The pages about limits say what the code has.
@Suite struct LimitPageTests {
    /// The cells of a table's row behind the one that is `` `name` ``; of the first row below a heading.
    private static func cells(_ name: String, _ page: String, below heading: String) throws -> [String] {
        let text = String(decoding: try Files.read(Repository.path("docs/\(page)")), as: UTF8.self)
        for line in text.split(separator: "\n").drop(while: { $0 != heading }) {
            let cells = line.split(separator: "|").map { String($0.trimmingPrefix(" ")) }
            guard let place = cells.firstIndex(where: { names($0).contains(name) }) else { continue }
            return Array(cells[(place + 1)...])
        }
        return []
    }

    /// Several names share a row where their values are the same.
    private static func names(_ cell: String) -> [String] {
        cell.split(separator: ",").map { $0.trimmingPrefix(" ") }
            .map { String($0).replacing("`", with: "").replacing(" ", with: "") }
    }

    @Test func everyLimitOfAWorld() throws {
        for child in Mirror(reflecting: LimitSettings()).children {
            let name = try #require(child.label)
            let cells = try Self.cells(name, "reference/scenario.md", below: "### 8.4 `limits`")
            #expect(cells.count >= 2 && cells[1].trimmingSuffix(" ") == "\(child.value)", "\(name)")
        }
    }

    @Test func everyLimitOfTheServer() throws {
        let limits = HTTPLimits()
        for limit in NamedHTTPLimit.all {
            let cell = try #require(try Self.cells(limit.name, "limits.md", below: "## 1. HTTP").first, "\(limit.name)")
            switch limit.kind {
            case .number(let path, _): #expect(Self.number(cell) == limits[keyPath: path], "\(limit.name)")
            case .time(let path): #expect(Self.time(cell) == limits[keyPath: path], "\(limit.name)")
            }
        }
        let certificates = try Self.cells("certificates", "limits.md", below: "## 1. HTTP").first ?? ""
        #expect(Self.number(certificates) == LocalAuthority.usualCertificates)
    }

    private static func number(_ cell: String) -> Int? {
        let words = cell.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0) }) else { return nil }
        switch words.dropFirst().first {
        case "MiB": return number << 20
        case "KiB": return number << 10
        default: return number
        }
    }

    private static func time(_ cell: String) -> Duration? {
        let words = cell.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0) }) else { return nil }
        return words.dropFirst().first == "ms" ? .milliseconds(number) : .seconds(number)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ blank: Character) -> String {
        var text = self[...]
        while text.last == blank { text.removeLast() }
        return String(text)
    }
}
