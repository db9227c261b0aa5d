import CPosix

/// How many descriptors this process may have open (`RLIMIT_NOFILE`).
package enum DescriptorLimit {
    /// Raises it, as far as a process may do that by itself; it is never lowered.
    ///
    /// - Returns: what it is then; nil when the system does not say.
    package static func raise(to wanted: Int) -> Int? {
        let limit = posix_raise_descriptor_limit(wanted)
        return limit < 0 ? nil : limit
    }
}
