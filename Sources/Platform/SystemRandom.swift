import CPosix
import Glibc

/// Random bytes of the kernel, fit for keys and secrets.
package enum SystemRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        precondition(count >= 0, "a count is not negative")
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = posix_random(buffer.baseAddress! + filled, count - filled)
                if got > 0 { filled += got; continue }
                // Without its kernel's random numbers a process must not go on: it would hand out guessable secrets.
                precondition(got < 0 && errno == EINTR, "getrandom failed with errno \(errno)")
            }
        }
    }
}
