import Testing

/// Who imports whom.
@Suite struct ArrowTests {
    let imports: [Import]
    let manifest: Manifest

    /// Read once: the suite is made anew for each of its tests.
    private static let read = Result {
        (
            imports: try Imports.all(in: SourceTree.files),
            manifest: try Manifest(SourceTree.file("Package.swift")?.text ?? "")
        )
    }

    init() throws {
        (imports, manifest) = try Self.read.get()
    }

    @Test func importsFollowTheTable() {
        expectNone(Imports.outsideTable(imports), "The arrows are in ImportTable; a new one needs a reason.")
    }

    @Test func importsAreDeclared() {
        expectNone(Imports.undeclared(imports, in: manifest), "Package.swift declares what a target imports.")
    }

    @Test func tableManifestAndFoldersAgree() throws {
        let targets = manifest.names.filter { !$0.hasSuffix("Tests") && $0 != "EmbedScenarios" }
        #expect(targets == ImportTable.names)
        let folders = try SourceTree.folders(in: "Sources").subtracting(["Services"])
            .union(SourceTree.folders(in: "Sources/Services"))
        #expect(folders == ImportTable.names)
        #expect(try SourceTree.folders(in: "Sources/Services") == ImportTable.services)
    }

    @Test(arguments: ImportTable.rows.map(\.target))
    func declaredDependenciesFollowTheTable(_ target: String) throws {
        let declared = try #require(manifest.dependencies[target], "not in Package.swift")
        let allowed = try #require(ImportTable.row(target)).ours
        // The plugin that embeds the scenarios is a declaration too, but no import.
        #expect(declared.subtracting(["EmbedScenarios"]).subtracting(allowed) == [])
    }

    @Test func thereIsNoCycle() {
        #expect(Imports.cycle(in: Imports.graph(of: imports)) == nil)
        #expect(Imports.cycle(in: manifest.dependencies) == nil)
    }

    /// The table itself cannot be widened past what the design rests on.
    @Test func theTableKeepsTheDesign() throws {
        for row in ImportTable.rows {
            let everything = row.ours.union(row.others)
            if row.target != "Platform" { #expect(everything.isDisjoint(with: ["Glibc", "Dispatch", "CPosix"])) }
            if row.target != "Scenarios" { #expect(!everything.contains("CLibYAML")) }
            if row.target != "Compression" { #expect(!everything.contains("CZlib")) }
            if !["Cryptography", "TLS"].contains(row.target) { #expect(!everything.contains("COpenSSL")) }
            if !["embed-scenarios", "TestSupport", "PropertySupport"].contains(row.target) {
                #expect(everything.allSatisfy { !$0.hasPrefix("Foundation") && $0 != "Testing" }, "\(row.target)")
            }
            if ImportTable.services.contains(row.target) {
                #expect(everything.isDisjoint(with: ImportTable.services), "services never import each other")
            }
            if ["Platform", "Cryptography", "JSON", "HTTP", "TLS"].contains(row.target) {
                #expect(everything.isDisjoint(with: ["Payments", "Processor"]), "\(row.target) knows no payments")
            }
        }
        // CBytes knows bytes, and imports nothing.
        #expect(try #require(ImportTable.row("Payments")).ours == ["CBytes"])
        let wire: Set<String> = ["HTTP", "JSON", "Platform", "ServiceKit", "Synchronization"]
        for domain in ["Payments", "Processor", "Scenarios"] {
            let row = try #require(ImportTable.row(domain))
            #expect(row.ours.union(row.others).isDisjoint(with: wire), "\(domain) knows no wire and no clock")
        }
    }
}
