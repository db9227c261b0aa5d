/// Where this repository is, for tests that read its files.
enum Repository {
    static func path(_ relative: String, from file: String = #filePath) -> String {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        return (parts.dropLast(3) + [Substring(relative)]).joined(separator: "/")
    }
}
