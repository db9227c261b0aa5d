import Testing

@Suite struct ImportTests {
    private func imports(_ path: String, _ text: String) throws -> [Import] {
        try Imports.all(in: [SourceFile(path: path, text: text)])
    }

    @Test func everyFormOfImportIsRead() throws {
        let text = """
            import A
            package import B
            @testable import C
            @_spi(Test) @preconcurrency public import D
            import struct E.F
            import G.H
            // import I
            let j = "import J"
            """
        let found = try imports("Sources/HTTP/X.swift", text)
        #expect(found.map(\.module) == ["A", "B", "C", "D", "E", "G"])
        #expect(found.map(\.line) == [1, 2, 3, 4, 5, 6])
    }

    struct Place: Sendable, CustomTestStringConvertible {
        let path: String
        let target: String?
        var testDescription: String { path }
    }

    @Test(arguments: [
        Place(path: "Sources/HTTP/A.swift", target: "HTTP"),
        Place(path: "Sources/HTTP/Deep/A.swift", target: "HTTP"),
        Place(path: "Sources/Services/CardSecure/A.swift", target: "CardSecure"),
        Place(path: "Tests/HTTPTests/A.swift", target: "HTTPTests"),
        Place(path: "Plugins/EmbedScenarios/A.swift", target: nil),
        Place(path: "Package.swift", target: nil),
    ])
    func targetOfAFile(_ row: Place) {
        #expect(SourceFile(path: row.path, text: "").target == row.target)
    }

    @Test(
        arguments: [
            ("Payments", "Processor"), ("Processor", "HTTP"), ("Processor", "JSON"),
            ("CardPointeGateway", "CardSecure"),
            ("HTTP", "Payments"), ("HTTP", "Foundation"), ("Store", "Glibc"), ("Unheard", "HTTP"),
        ].map { Import(file: "Sources/x.swift", line: 3, target: $0.0, module: $0.1) })
    func forbiddenArrow(_ row: Import) {
        #expect(Imports.outsideTable([row]).map(\.line) == [3])
    }

    @Test func allowedArrow() {
        let row = Import(file: "Sources/x.swift", line: 3, target: "Processor", module: "Payments")
        #expect(Imports.outsideTable([row]) == [])
    }

    @Test func manifestIsRead() throws {
        let manifest = try Manifest(
            """
            func library(_ name: String) {}
            let package = Package(
                targets: [
                    // Comment.
                    .target(name: "C", path: "Sources/C"),
                    library("A", ["C", trees]),
                    library(
                        "B", path: "Services/B",
                        ["A", "C", .product(name: "Logging", package: "swift-log")]),
                    .executableTarget(
                        name: "main-tool",
                        dependencies: ["B"]),
                    tests("A", ["A", "B"]),
                    tests("B", ["A"]),
                ]
            )
            """)
        #expect(
            manifest.dependencies == [
                "C": [], "A": ["C"], "B": ["A", "C"], "main-tool": ["B"], "ATests": ["A", "B"],
                "BTests": ["A"],
            ])
        let undeclared = try imports("Sources/A/X.swift", "import C\nimport B\nimport Glibc\n")
        #expect(Imports.undeclared(undeclared, in: manifest).map(\.line) == [2])
    }

    @Test func cycles() {
        #expect(Imports.cycle(in: [:]) == nil)
        #expect(Imports.cycle(in: ["A": ["B", "C"], "B": ["D"], "C": ["D"], "D": ["Glibc"]]) == nil)
        #expect(Imports.cycle(in: ["A": ["A"]]) == ["A", "A"])
        #expect(Imports.cycle(in: ["A": ["B"], "B": ["C"], "C": ["D"], "D": ["B"]]) == ["B", "C", "D", "B"])
    }
}
