import CPosix
import Glibc

/// Standard output and standard error of the process.
package enum StandardStream: Sendable {
    case output, error

    var number: Int32 {
        switch self {
        case .output: STDOUT_FILENO
        case .error: STDERR_FILENO
        }
    }

    /// Writes all of it, however many calls that takes; a line in one piece stays in one piece among other writers.
    ///
    /// Nobody can be told when the other end is gone, so that is no error.
    package func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.write(number, bytes.baseAddress! + sent, bytes.count - sent)
                if count > 0 {
                    sent += count
                } else if errno == EAGAIN {
                    waitForRoom()
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// Somebody may have made the terminal or pipe non-blocking.
    private func waitForRoom() {
        var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
