import Platform
package import Scenarios

/// The files below a folder on disk. Nothing outside of it is read, not even through links.
package struct ScenarioFolder: ScenarioFiles {
    /// A scenario file is never larger.
    private static let byteLimit = 16 << 20
    /// Only for suggesting names.
    private static let listed = 2_000
    private let folder: String

    /// - Parameter folder: as it is to be shown, for example `scenarios`; empty for the current one.
    package init(_ folder: String) { self.folder = folder }

    package func displayName(of path: String) -> String {
        folder.isEmpty ? path : folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }

    package func read(_ path: String) throws(ScenarioFileError) -> [UInt8] {
        do throws(SystemError) {
            let root = try Files.realPath(folder.isEmpty ? "." : folder)
            let real = try Files.realPath(displayName(of: path))
            guard real.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
                throw SystemError(call: "open", code: 0, subject: path, reason: "a link leads out of the folder")
            }
            return try Files.read(real, limit: Self.byteLimit)
        } catch {
            throw error.isNotFound ? .notFound : .unreadable(error.reason)
        }
    }

    package var paths: [String] {
        var found: [String] = []
        var folders = [""]
        while !folders.isEmpty, found.count < Self.listed {
            let current = folders.removeFirst()
            for entry in entries(current) where !entry.name.hasPrefix(".") {
                let path = current.isEmpty ? entry.name : current + "/" + entry.name
                if entry.isDirectory, path.split(separator: "/").count <= 3 { folders.append(path) }
                if !entry.isDirectory { found.append(path) }
            }
        }
        return found
    }

    private func entries(_ path: String) -> [Files.Entry] {
        do throws(SystemError) {
            return try Files.list(path.isEmpty ? (folder.isEmpty ? "." : folder) : displayName(of: path))
        } catch {
            // What cannot be listed is not suggested.
            return []
        }
    }
}
