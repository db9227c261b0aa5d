import HTTP
import JSON
import Payments
import Testing

@testable import Inspector

/// The description of the API is the API.
@Suite struct OpenAPITests {
    private static func document() throws -> JSONValue { try Bench().control(.get, "/v1/openapi.json").json }

    private static func references(_ value: JSONValue) -> [String] {
        switch value {
        case .null, .bool, .number, .string: []
        case .array(let elements): elements.flatMap(references)
        case .object(let object):
            object.members.flatMap { $0.name == "$ref" ? [$0.value.stringValue ?? ""] : references($0.value) }
        }
    }

    @Test func listsEveryRouteAndNothingElse() throws {
        let paths = try #require(try Self.document()["paths"]?.object)
        var listed: Set<String> = []
        for path in paths.members {
            for operation in path.value.object?.members ?? [] { listed.insert("\(operation.name) \(path.name)") }
        }
        #expect(listed == Set(Routes.all.map { "\($0.method.token.lowercased()) \($0.path)" }))
        #expect(listed.count == Routes.all.count, "no route is there twice")
        #expect(Set(Routes.all.map(\.id)).count == Routes.all.count)
    }

    @Test(arguments: Routes.all.map(\.id))
    func describesARoute(_ id: String) throws {
        let route = try #require(Routes.all.first { $0.id == id })
        let operation = try #require(
            try Self.document()["paths"]?[route.path]?[route.method.token.lowercased()])
        #expect(operation["operationId"] == .string(id))
        let parameters = operation["parameters"]?.array ?? []
        #expect(
            parameters.filter { $0["in"] == "path" }.map { $0["name"] } == route.parameters.map { .string($0) })
        #expect(parameters.filter { $0["in"] == "path" }.allSatisfy { $0["required"] == true })
        #expect(
            parameters.filter { $0["in"] == "query" }.map { $0["name"] } == route.query.map { .string($0.name) })
        #expect((operation["requestBody"] != nil) == (route.body != nil))
        let responses = try #require(operation["responses"]?.object)
        #expect(responses.names == [String(route.success.status)] + route.everyFault.map(String.init) + ["default"])
        #expect((operation["security"] == []) == route.isOpen)
    }

    @Test func referencesResolve() throws {
        let document = try Self.document()
        let schemas = try #require(document.at("components.schemas")?.object)
        let prefix = "#/components/schemas/"
        let references = Set(Self.references(document))
        #expect(references == Set(schemas.names.map { prefix + $0 }), "none is missing, none is left over")
        #expect(schemas.names == schemas.names.sorted())
    }

    @Test func tokenIsAskedForWhenThereIsOne() throws {
        #expect(try Self.document()["paths"]?["/v1/worlds"]?.at("get.security") == [[:], ["token": []]])
        var configuration = ControlConfiguration()
        configuration.token = "t"
        let document = try Bench(SmallScenario.behavior(), configuration).control(
            .get, "/v1/openapi.json", headers: ["Authorization": "Bearer t"])
        #expect(document.json["paths"]?["/v1/worlds"]?.at("get.security") == [["token": []]])
    }

    /// Equal for each start of the same program: it can be kept and compared.
    @Test func isTheSameEveryTime() throws {
        #expect(try Self.document().serialized() == Self.document().serialized())
    }

    struct Sample: CustomTestStringConvertible, Sendable {
        let format: Schema.Format
        let text: String
        let fits: Bool
        var testDescription: String { "'\(text)' is \(fits ? "" : "no ")\(format)" }
    }

    static let samples: [Sample] =
        ["1d", "1d 2h", "1d 2h 3m 4s 5ms", "90m", "5ms", "0s", "3m 5ms"].map { ("duration", $0, true) }
        .map(sample)
        + ["", " ", "1", "d", "1d ", " 1d", "1d2h", "2h 1d", "1d 1d", "1.5h", "-1s", "1 d", "1s  2ms", "1D", "१d"].map {
            sample(("duration", $0, false))
        }
        + ["a", "w7", "A-b_c.d", "_", "-", "9", String(repeating: "x", count: 64)].map {
            sample(("worldName", $0, true))
        }
        + ["", ".a", "a b", "a/b", "é", "a\n", "~a", String(repeating: "x", count: 65)].map {
            sample(("worldName", $0, false))
        }
        + ["200", "404", "599", "100", "1xx", "5xx"].map { sample(("status", $0, true)) }
        + ["", "20", "2000", "099", "600", "6xx", "2x", "x00", "20x", "2XX"].map { sample(("status", $0, false)) }

    private static func sample(_ row: (String, String, Bool)) -> Sample {
        let formats: [String: Schema.Format] = ["duration": .duration, "worldName": .worldName, "status": .status]
        return Sample(format: formats[row.0] ?? .instant, text: row.1, fits: row.2)
    }

    /// The pattern that the document gives takes what the program takes.
    @Test(arguments: samples)
    func patternsSayWhatIsChecked(_ sample: Sample) throws {
        let pattern = try #require(sample.format.document["pattern"]?.stringValue)
        #expect(sample.format.accepts(sample.text) == sample.fits)
        // In JSON Schema `$` is the very end (ECMA-262), in Swift it may stand before a last newline.
        let regex = try Regex(pattern.replacing(#/\$$/#, with: #"\z"#))
        #expect((try regex.firstMatch(in: sample.text) != nil) == sample.fits)
    }
}
