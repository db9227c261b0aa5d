import CPosix
import Glibc

/// Reading files and folders. Blocks: call it while starting up, or through ``BlockingWork``.
package enum Files {
    /// One entry of a folder.
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let isDirectory: Bool
    }

    /// All bytes of a file.
    ///
    /// - Parameter limit: the largest size accepted, in bytes.
    /// - Throws: ``SystemError`` with the path; `EFBIG` for a file over the limit.
    package static func read(_ path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
        do throws(SystemError) {
            let file = Descriptor(try SystemCall.check("open") { posix_open_to_read(path) })
            defer { file.close() }
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = try SystemCall.check("read") { Glibc.read(file.number, &chunk, chunk.count) }
                if count == 0 { return bytes }
                guard bytes.count + count <= limit else { throw SystemError(call: "read", code: EFBIG) }
                bytes.append(contentsOf: chunk[..<count])
            }
        } catch {
            throw error.about(path)
        }
    }

    /// What is in a folder, without `.` and `..`, sorted by the bytes of the name so that the order is the same on
    /// every machine.
    ///
    /// - Throws: ``SystemError`` with the path.
    package static func list(_ path: String) throws(SystemError) -> [Entry] {
        guard let folder = opendir(path) else { throw SystemError(call: "opendir", code: errno, subject: path) }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                if errno != 0 { throw SystemError(call: "readdir", code: errno, subject: path) }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            entries.append(Entry(name: name, isDirectory: try isDirectory(path + "/" + name)))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Follows symbolic links; false for a link that leads nowhere.
    ///
    /// - Throws: ``SystemError`` with the path, for example when a folder above it may not be read.
    package static func isDirectory(_ path: String) throws(SystemError) -> Bool {
        var status = stat()
        do throws(SystemError) {
            try SystemCall.check("stat") { stat(path, &status) }
        } catch {
            if error.isNotFound { return false }
            throw error.about(path)
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether something of this name exists.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// When the file was last written, in nanoseconds since 1970 UTC.
    ///
    /// - Throws: ``SystemError`` with the path.
    package static func modified(_ path: String) throws(SystemError) -> Int64 {
        var status = stat()
        do throws(SystemError) {
            try SystemCall.check("stat") { stat(path, &status) }
        } catch {
            throw error.about(path)
        }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
