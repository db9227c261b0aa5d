import CPosix
import Glibc

/// The address of one end of a TCP connection.
package struct SocketAddress: Sendable {
    var storage: sockaddr_storage
    var length: socklen_t

    /// Addresses of `host` (a name or a literal, IPv6 without brackets), in the order of the system's preference.
    /// Blocks while a name server is asked.
    ///
    /// - Parameter listening: for `bind` instead of `connect`.
    /// - Throws: ``SystemError`` of `getaddrinfo`, about `host:port`.
    package static func resolve(
        host: String, port: UInt16, listening: Bool = false
    ) throws(SystemError) -> [SocketAddress] {
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = posix_resolve(host, String(port), listening ? 1 : 0, &list)
        guard failure == 0 else {
            let reason =
                failure == EAI_SYSTEM ? String(cString: strerror(errno)) : String(cString: gai_strerror(failure))
            throw SystemError(
                call: "getaddrinfo", code: 0, subject: textOf(host: host, port: port), reason: reason)
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var entry = list
        while let current = entry {
            var address = sockaddr_storage()
            posix_copy_address(current, &address)
            found.append(SocketAddress(storage: address, length: current.pointee.ai_addrlen))
            entry = current.pointee.ai_next
        }
        return found
    }

    /// `127.0.0.1:8080`, `[::1]:8080`.
    package static func textOf(host: String, port: UInt16) -> String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Host in digits and port; `("unknown", 0)` for families that are neither IPv4 nor IPv6.
    package var numeric: (host: String, port: UInt16) {
        var text = [CChar](repeating: 0, count: 64)
        var port: UInt16 = 0
        let failure = withUnsafePointer(to: storage) { posix_numeric_host($0, &text, text.count, &port) }
        guard failure == 0 else { return ("unknown", 0) }
        return (text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }, port)
    }

    var family: Int32 { Int32(storage.ss_family) }
}
