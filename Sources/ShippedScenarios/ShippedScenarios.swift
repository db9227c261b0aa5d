/// The scenario files that are part of the binary, by their path below `scenarios/`.
package enum ShippedScenarios {
    /// The bytes of one embedded file, or nil when there is none of that name.
    package static func file(_ path: String) -> [UInt8]? {
        embeddedFiles.first { $0.path.description == path }.map { bytes(of: $0.text) }
    }

    /// Every embedded path, sorted.
    package static var paths: [String] { embeddedFiles.map(\.path.description) }

    private static func bytes(of text: StaticString) -> [UInt8] {
        text.withUTF8Buffer { [UInt8]($0) }
    }
}
