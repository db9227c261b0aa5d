import Arguments
import Emulator
import Platform

struct FidelityCommand: Subcommand {
    static let description = CommandDescription(
        "fidelity",
        "Writes the pages of this project that say how far each answer can be trusted.",
        discussion: """
            For people who change Understudy. docs/fidelity.md and the pages below docs/fidelity are made from the
            titles, origins and switches of the steps in scenarios/replays, and from the notes in docs/fidelity/notes.

            EXAMPLES
              understudy fidelity
              understudy fidelity --check
            """,
        parameters: [root.description, check.description])

    static let root = Parameter.option(
        "root", default: ".", valueName: "folder", "The checkout whose pages are written.")
    static let check = Parameter.flag("check", "Writes nothing, and fails when a page is not what it should be.")

    private let root: String
    private let check: Bool

    init(_ arguments: ParsedArguments) {
        root = arguments[Self.root]
        check = arguments[Self.check]
    }

    func run() throws(ExitCode) {
        let folder = FidelityFolder(root: root)
        let paths: [String]
        do throws(FidelityFolder.Problem) {
            paths = check ? try folder.stalePages().map(\.path) : try folder.write()
        } catch {
            throw Terminal.failure(Self.code(of: error), "understudy: \(error)")
        }
        if check, !paths.isEmpty {
            throw Terminal.failure(
                .failed, paths.map { "\($0) is stale: run scripts/fidelity" }.joined(separator: "\n"))
        }
        for path in paths { Terminal.print("wrote \(path)") }
        if paths.isEmpty { Terminal.print("the pages are up to date") }
    }

    private static func code(of problem: FidelityFolder.Problem) -> Terminal.Failure {
        switch problem {
        case .unreadable: .noInput
        case .unwritable: .cannotCreate
        case .mistakes, .noMarker: .badData
        }
    }
}
