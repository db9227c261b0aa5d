import CPosix
import Glibc

extension Files {
    /// Makes a file with these bytes, or replaces what is in it.
    ///
    /// - Throws: ``SystemError`` with the path.
    package static func write(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
        do throws(SystemError) {
            let file = Descriptor(try SystemCall.check("open") { posix_open_to_write(path) })
            defer { file.close() }
            var sent = 0
            while sent < bytes.count {
                sent += try SystemCall.check("write") {
                    bytes.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress! + sent, bytes.count - sent) }
                }
            }
        } catch {
            throw error.about(path)
        }
    }

    /// The path without `.`, `..` and symbolic links, absolute.
    ///
    /// - Throws: ``SystemError`` with the path, for example when there is no such file.
    package static func realPath(_ path: String) throws(SystemError) -> String {
        guard let real = realpath(path, nil) else { throw SystemError(call: "realpath", code: errno, subject: path) }
        defer { free(real) }
        return String(cString: real)
    }
}
