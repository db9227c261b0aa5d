import Foundation
import PackagePlugin

/// Turns every file below `scenarios/` into one Swift source, so that the binary alone is enough.
@main
struct EmbedScenarios: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "scenarios")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding scenarios", executable: try context.tool(named: "embed-scenarios").url,
                arguments: [folder.path(), output.path()], inputFiles: try filesBelow(folder), outputFiles: [output])
        ]
    }

    private func filesBelow(_ folder: URL) throws -> [URL] {
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys) else {
            return []
        }
        return try walker.compactMap { $0 as? URL }
            .filter { try $0.resourceValues(forKeys: Set(keys)).isRegularFile == true }
            .sorted { $0.path() < $1.path() }
    }
}
