import Dispatch

/// Calls that block (name resolution, disks) run here and never on an event loop.
package enum BlockingWork {
    private static let queue = DispatchQueue(label: "understudy.blocking", attributes: .concurrent)

    /// Begins `work` on a thread that may block; nobody waits for it.
    package static func begin(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Runs `work` on a thread that may block and resumes where the caller was.
    package nonisolated(nonsending) static func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(Failure) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
