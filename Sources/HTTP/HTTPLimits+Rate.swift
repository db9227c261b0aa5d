import Platform

extension HTTPLimits {
    /// When a transfer of which so much has come must be slower than ``bytesPerSecond``; `Int64.max` for never.
    ///
    /// - Parameter began: in nanoseconds, as is the result.
    package func rateDeadline(since began: Int64, after bytes: Int) -> Int64 {
        guard bytesPerSecond > 0 else { return .max }
        let (scaled, overflowed) = Int64(bytes).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflowed else { return .max }
        let (sum, carried) = began.advanced(by: rateGrace).addingReportingOverflow(scaled / Int64(bytesPerSecond))
        return carried ? .max : sum
    }
}
