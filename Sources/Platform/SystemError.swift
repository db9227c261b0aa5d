import Glibc

/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the call, for example `bind`.
    package let call: String
    /// The `errno` it left, or 0 when the reason is only known as text (`getaddrinfo`).
    package let code: Int32
    /// What the call was about: a path, `host:port`; empty when there is nothing to say.
    package let subject: String
    /// The reason in words.
    package let reason: String

    package init(call: String, code: Int32, subject: String = "") {
        self.init(call: call, code: code, subject: subject, reason: Self.text(of: code))
    }

    package init(call: String, code: Int32, subject: String, reason: String) {
        self.call = call
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    package var description: String {
        subject.isEmpty ? "\(call): \(reason)" : "\(call) \(subject): \(reason)"
    }

    /// The same error, said about `subject`.
    package func about(_ subject: String) -> SystemError {
        SystemError(call: call, code: code, subject: subject, reason: reason)
    }

    package var isAddressInUse: Bool { code == EADDRINUSE }
    package var isAccessDenied: Bool { code == EACCES || code == EPERM }
    package var isNotFound: Bool { code == ENOENT }
    /// The process or the system has no descriptor (or memory for one) left.
    package var isOutOfDescriptors: Bool {
        code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM
    }
    /// The peer ended the connection with RST, or the connection no longer exists.
    package var isReset: Bool { code == ECONNRESET || code == EPIPE || code == ECONNABORTED }
    package var isTimeout: Bool { code == ETIMEDOUT }
    package var isRefused: Bool { code == ECONNREFUSED }

    private static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        // The POSIX form: it always fills the buffer, with "Unknown error 999" if need be.
        _ = strerror_r(code, &buffer, buffer.count)
        return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}

/// The one place where system calls are made.
enum SystemCall {
    /// Calls again after `EINTR`.
    ///
    /// - Returns: what the call returned, nil when it would have to wait (`EAGAIN`).
    /// - Throws: ``SystemError`` for every other failure.
    @inline(__always)
    static func maybe<R: FixedWidthInteger & SignedInteger>(
        _ name: StaticString, _ call: () -> R
    ) throws(SystemError) -> R? {
        while true {
            let result = call()
            if result != -1 { return result }
            let code = errno
            if code == EINTR { continue }
            if code == EAGAIN || code == EWOULDBLOCK { return nil }
            trapOnBadDescriptor(code, name)
            throw SystemError(call: "\(name)", code: code)
        }
    }

    /// For calls that never have to wait.
    @inline(__always)
    @discardableResult
    static func check<R: FixedWidthInteger & SignedInteger>(
        _ name: StaticString, _ call: () -> R
    ) throws(SystemError) -> R {
        while true {
            let result = call()
            if result != -1 { return result }
            let code = errno
            if code == EINTR { continue }
            trapOnBadDescriptor(code, name)
            throw SystemError(call: "\(name)", code: code)
        }
    }

    /// A descriptor has one owner, who closes it once. `EBADF` says that this is broken: the number may by now belong
    /// to another connection, whose bytes the next call would take. There is nothing safe to go on with.
    private static func trapOnBadDescriptor(_ code: Int32, _ name: StaticString) {
        precondition(code != EBADF, "\(name) on a descriptor that is not open")
    }
}
