import CPosix
import Glibc

/// Files that hold secrets, or that several processes may make at the same time.
extension Files {
    /// Makes a folder and those above it; one that exists is left as it is.
    ///
    /// - Parameter mode: of the folders that are made.
    /// - Throws: ``SystemError`` with the path.
    package static func makeFolder(_ path: String, mode: UInt32) throws(SystemError) {
        if try isDirectory(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]), mode: mode)
        }
        guard mkdir(path, mode) != 0 else { return }
        let code = errno
        if code == EEXIST, try isDirectory(path) { return }
        throw SystemError(call: "mkdir", code: code, subject: path)
    }

    /// Makes a file with all of these bytes, or none: whoever sees it sees it complete.
    ///
    /// - Returns: false when there was one already; it is left as it is.
    /// - Throws: ``SystemError`` with the path.
    package static func create(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(SystemError) -> Bool {
        let draft = try writeDraft(path, bytes, mode: mode)
        defer { unlink(draft) }
        guard link(draft, path) != 0 else { return true }
        let code = errno
        if code == EEXIST { return false }
        throw SystemError(call: "link", code: code, subject: path)
    }

    /// The same, in the place of what was there before.
    package static func replace(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(SystemError) {
        let draft = try writeDraft(path, bytes, mode: mode)
        guard rename(draft, path) != 0 else { return }
        let code = errno
        unlink(draft)
        throw SystemError(call: "rename", code: code, subject: path)
    }

    /// The permission bits of a file.
    package static func mode(_ path: String) throws(SystemError) -> UInt32 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemError(call: "stat", code: errno, subject: path) }
        return status.st_mode & 0o7777
    }

    /// Writes a file of another name next to `path`, through to the disk.
    private static func writeDraft(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(SystemError) -> String {
        let draft = "\(path).\(getpid()).\(MonotonicClock.now()).new"
        do throws(SystemError) {
            let file = Descriptor(try SystemCall.check("open") { posix_open_new(draft) })
            defer { file.close() }
            var sent = 0
            while sent < bytes.count {
                sent += try SystemCall.check("write") {
                    bytes.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress! + sent, bytes.count - sent) }
                }
            }
            try SystemCall.check("fchmod") { fchmod(file.number, mode) }
            try SystemCall.check("fsync") { fsync(file.number) }
        } catch {
            unlink(draft)
            throw error.about(path)
        }
        return draft
    }
}
