/// Rules about whole files.
enum FileForm {
    static let longestSource = 400

    static func tooLong(_ files: [SourceFile]) -> [Finding] {
        files.filter { $0.isSwift && $0.isBelow("Sources") }.compactMap { file in
            let count = lines(of: file.text).count - (file.text.hasSuffix("\n") ? 1 : 0)
            return count > longestSource ? Finding(file.path, "\(count) lines") : nil
        }
    }

    private static let kinds = [".swift", ".h", ".c", ".md", ".yaml", ".csv", ".txt", "Dockerfile", "Makefile"]

    static func withoutFinalNewline(_ files: [SourceFile]) -> [Finding] {
        files.filter { file in kinds.contains { file.path.hasSuffix($0) } || file.isBelow(anyOf: Scripts.folders) }
            .compactMap { file in
                guard let last = file.text.unicodeScalars.last, last != "\n" else { return nil }
                return Finding(file.path, line: lines(of: file.text).count, "no newline at the end")
            }
    }

    /// The change log has a place for what is not released yet.
    static func changeLog(_ text: String?) -> [Finding] {
        guard let text else { return [Finding("CHANGELOG.md", "is missing")] }
        let headings = lines(of: text).filter { $0.hasPrefix("## ") }
        guard headings.first == "## [Unreleased]" else {
            return [Finding("CHANGELOG.md", "the first section has to be '## [Unreleased]'")]
        }
        return []
    }
}

/// Shell scripts: run from anywhere, stop at the first error.
enum Scripts {
    static let folders = ["scripts", ".ci"]

    static func findings(in files: [SourceFile]) -> [Finding] {
        files.filter { $0.isBelow(anyOf: folders) }.flatMap { file -> [Finding] in
            var result: [Finding] = []
            let all = lines(of: file.text)
            if !file.isExecutable { result.append(Finding(file.path, "is not executable")) }
            if !["#!/usr/bin/env bash", "#!/bin/bash"].contains(all.first) {
                result.append(Finding(file.path, line: 1, "does not start with a line that names bash"))
            }
            // The first command: before it only comments and blank lines.
            let command = all.enumerated().first { !$0.element.isEmpty && !$0.element.hasPrefix("#") }
            if command?.element != "set -euo pipefail" {
                result.append(
                    Finding(file.path, line: (command?.offset ?? 0) + 1, "does not begin with set -euo pipefail"))
            }
            return result
        }
    }
}
