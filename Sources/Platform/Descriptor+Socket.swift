import CPosix
import Glibc

/// What became of an attempt to move bytes without waiting.
package enum Transfer: Hashable, Sendable {
    case bytes(Int)
    case wouldBlock
    /// The peer will send no more (FIN).
    case ended
    case failed(SystemError)
}

/// TCP sockets: non-blocking ones for event loops, blocking ones for the client.
extension Descriptor {
    /// A listening, non-blocking socket whose accepted connections have `TCP_NODELAY`.
    ///
    /// - Throws: ``SystemError`` of the call that failed, about `host:port`.
    package static func listening(
        host: String, port: UInt16, backlog: Int32 = 1024
    ) throws(SystemError) -> Descriptor {
        let address = try SocketAddress.resolve(host: host, port: port, listening: true)[0]
        do throws(SystemError) {
            let socket = Descriptor(try SystemCall.check("socket") { posix_socket(address.family, 1) })
            try SystemCall.check("setsockopt") { posix_set_reuse_address(socket.number) }
            // Inherited by accepted sockets on Linux: one call less for each connection.
            try SystemCall.check("setsockopt") { posix_set_no_delay(socket.number) }
            try SystemCall.check("bind") {
                withUnsafePointer(to: address.storage) { posix_bind(socket.number, $0, address.length) }
            }
            try SystemCall.check("listen") { listen(socket.number, backlog) }
            return socket
        } catch {
            throw error.about(SocketAddress.textOf(host: host, port: port))
        }
    }

    /// Closes a listening socket so that clients are refused from now on. Closing alone would not do that while a child
    /// process that is just being started holds a copy of the descriptor: until it runs its program, the kernel would
    /// go on completing connections that nobody takes.
    package func stopListening() {
        // Fails only for sockets that do not listen (any more).
        _ = posix_shutdown_read(number)
        close()
    }

    /// The address this end is bound to.
    package func localAddress() throws(SystemError) -> SocketAddress {
        var address = sockaddr_storage()
        var length = socklen_t()
        try SystemCall.check("getsockname") { posix_local_address(number, &address, &length) }
        return SocketAddress(storage: address, length: length)
    }

    /// The next waiting connection, non-blocking; nil when there is none.
    package func accept() throws(SystemError) -> (socket: Descriptor, peer: SocketAddress)? {
        var address = sockaddr_storage()
        var length = socklen_t()
        guard let accepted = try SystemCall.maybe("accept4", { posix_accept(number, &address, &length) }) else {
            return nil
        }
        return (Descriptor(accepted), SocketAddress(storage: address, length: length))
    }

    /// Receives into `buffer` without waiting (or, on a blocking socket, after waiting).
    @inline(__always)
    package func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        do throws(SystemError) {
            guard let count = try SystemCall.maybe("recv", { posix_receive(number, buffer.baseAddress, buffer.count) })
            else { return .wouldBlock }
            return count == 0 ? .ended : .bytes(count)
        } catch {
            return .failed(error)
        }
    }

    /// Sends what fits without waiting; never raises SIGPIPE.
    @inline(__always)
    package func send(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        do throws(SystemError) {
            guard let count = try SystemCall.maybe("send", { posix_send(number, bytes.baseAddress, bytes.count) })
            else { return .wouldBlock }
            return .bytes(count)
        } catch {
            return .failed(error)
        }
    }

    /// Sends FIN; receiving goes on. A connection that is already gone is not an error here.
    package func endSending() { _ = posix_shutdown_write(number) }

    /// Closes with RST instead of FIN and forgets unsent bytes.
    package func reset() {
        // Fails only for sockets that are gone; then there is nothing to reset.
        _ = posix_set_reset_on_close(number)
        close()
    }

    /// Sizes of the kernel's buffers in bytes, for tests that must fill them. The kernel doubles the figures.
    package func setBuffers(receiving: Int32? = nil, sending: Int32? = nil) throws(SystemError) {
        if let receiving { try SystemCall.check("setsockopt") { posix_set_receive_buffer(number, receiving) } }
        if let sending { try SystemCall.check("setsockopt") { posix_set_send_buffer(number, sending) } }
    }

    /// Nothing to receive, no end, no error.
    package var isQuiet: Bool { posix_wait(number, 1, 0, 0) == 0 }

    /// Waits until there is something to receive (`input`) or room to send (`output`), or the connection fails.
    ///
    /// - Parameter deadline: of ``MonotonicClock``; `Int64.max` waits without end.
    /// - Returns: false when the deadline passed.
    package func wait(input: Bool, output: Bool, until deadline: Int64) throws(SystemError) -> Bool {
        while true {
            let left = deadline == .max ? -1 : max(0, deadline - MonotonicClock.now())
            // Rounded up, or the last fraction of a millisecond would be spent in a busy loop.
            let milliseconds = left < 0 ? -1 : Int32(clamping: (left + 999_999) / 1_000_000)
            let ready = try SystemCall.check("poll") {
                posix_wait(number, input ? 1 : 0, output ? 1 : 0, milliseconds)
            }
            if ready > 0 { return true }
            if deadline != .max && MonotonicClock.now() >= deadline { return false }
        }
    }

    /// A connected non-blocking socket with `TCP_NODELAY`; the addresses are tried in order.
    ///
    /// - Throws: ``SystemError`` of the last address tried; `ETIMEDOUT` when the deadline passed.
    package static func connected(
        to addresses: [SocketAddress], until deadline: Int64, receiveBuffer: Int32? = nil
    ) throws(SystemError) -> Descriptor {
        var last = SystemError(call: "connect", code: EADDRNOTAVAIL)
        for address in addresses {
            do throws(SystemError) {
                let socket = Descriptor(try SystemCall.check("socket") { posix_socket(address.family, 1) })
                try socket.setBuffers(receiving: receiveBuffer)
                try SystemCall.check("setsockopt") { posix_set_no_delay(socket.number) }
                try socket.connect(to: address, until: deadline)
                return socket
            } catch {
                let (host, port) = address.numeric
                last = error.about(SocketAddress.textOf(host: host, port: port))
            }
        }
        throw last
    }

    private func connect(to address: SocketAddress, until deadline: Int64) throws(SystemError) {
        let result = withUnsafePointer(to: address.storage) { posix_connect(number, $0, address.length) }
        if result == 0 { return }
        // After EINTR the connection goes on being made, as after EINPROGRESS (connect(2)).
        guard errno == EINPROGRESS || errno == EINTR else { throw SystemError(call: "connect", code: errno) }
        guard try wait(input: false, output: true, until: deadline) else {
            throw SystemError(call: "connect", code: ETIMEDOUT)
        }
        let failure = posix_take_error(number)
        if failure != 0 { throw SystemError(call: "connect", code: failure) }
    }
}
