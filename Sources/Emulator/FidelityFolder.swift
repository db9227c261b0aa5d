package import Platform
package import Replays
import Texts

/// The pages about fidelity of a checkout of this project, made from `scenarios/replays` and `docs/fidelity/notes`.
package struct FidelityFolder: Sendable {
    /// A page and where it belongs.
    package struct Page: Hashable, Sendable {
        package let path: String
        package let text: String
    }

    /// Why the pages cannot be made.
    package enum Problem: Error, CustomStringConvertible {
        case unreadable(SystemError)
        case unwritable(SystemError)
        case mistakes(ReplayMistakes)
        /// The notes of a page lack the line that is replaced.
        case noMarker(path: String, marker: String)

        package var description: String {
            switch self {
            case .unreadable(let error): "cannot read \(error.subject): \(error.reason)"
            case .unwritable(let error): "cannot write \(error.subject): \(error.reason)"
            case .mistakes(let mistakes): mistakes.description
            case .noMarker(let path, let marker): "\(path) has no line '\(marker)'"
            }
        }
    }

    private let root: String
    private static let notes = "docs/fidelity/notes"
    private static let replays = "scenarios/replays"
    private static let longestPage = 4 << 20

    /// - Parameter root: the folder that holds `docs` and `scenarios`.
    package init(root: String) { self.root = root }

    package func pages() throws(Problem) -> [Page] {
        var services: [FidelityPages.Service] = []
        for folder in try list(Self.replays) where folder.isDirectory {
            services.append(
                FidelityPages.Service(
                    name: folder.name, replays: try replays(of: folder.name),
                    notes: try notes(folder.name, marker: FidelityPages.behaviorsMarker)))
        }
        let pages = FidelityPages(
            services: services, index: try notes("index", marker: FidelityPages.servicesMarker) ?? "",
            replaysPrefix: "../../\(Self.replays)/", servicesPrefix: "fidelity/")
        return [Page(path: "docs/fidelity.md", text: pages.indexPage)]
            + services.map { Page(path: "docs/fidelity/\($0.name).md", text: pages.page(of: $0)) }
    }

    /// The pages that are not what they should be.
    package func stalePages() throws(Problem) -> [Page] {
        var stale: [Page] = []
        for page in try pages() {
            let isFresh = Files.exists("\(root)/\(page.path)") ? try text(page.path) == page.text : false
            if !isFresh { stale.append(page) }
        }
        return stale
    }

    /// Writes the pages that are not what they should be.
    ///
    /// - Returns: their paths.
    package func write() throws(Problem) -> [String] {
        let stale = try stalePages()
        for page in stale {
            do throws(SystemError) {
                try Files.write("\(root)/\(page.path)", Array(page.text.utf8))
            } catch {
                throw .unwritable(error)
            }
        }
        return stale.map(\.path)
    }

    /// All replays of a service, those of folders within its folder too.
    private func replays(of folder: String) throws(Problem) -> [Replay] {
        var result: [Replay] = []
        for entry in try list("\(Self.replays)/\(folder)") {
            let name = "\(folder)/\(entry.name)"
            if entry.isDirectory {
                result += try replays(of: name)
            } else if name.hasSuffix(".replay") {
                let bytes = try bytes("\(Self.replays)/\(name)")
                do throws(ReplayMistakes) {
                    result.append(try ReplayParser.parse(bytes, path: name))
                } catch {
                    throw .mistakes(error)
                }
            }
        }
        return result
    }

    private func notes(_ name: String, marker: String) throws(Problem) -> String? {
        let path = "\(Self.notes)/\(name).md"
        guard Files.exists("\(root)/\(path)") else { return nil }
        let text = try text(path)
        guard text.contains(marker + "\n") else { throw .noMarker(path: path, marker: marker) }
        return text
    }

    private func text(_ path: String) throws(Problem) -> String { String(decoding: try bytes(path), as: UTF8.self) }

    private func bytes(_ path: String) throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            return try Files.read("\(root)/\(path)", limit: Self.longestPage)
        } catch {
            throw .unreadable(error)
        }
    }

    private func list(_ path: String) throws(Problem) -> [Files.Entry] {
        do throws(SystemError) {
            return try Files.list("\(root)/\(path)")
        } catch {
            throw .unreadable(error)
        }
    }
}
