import Dispatch
import Glibc

/// The signals a server is asked to end with.
package enum Signal: Hashable, Sendable, CaseIterable {
    case terminate, interrupt, hangUp

    fileprivate var number: Int32 {
        switch self {
        case .terminate: SIGTERM
        case .interrupt: SIGINT
        case .hangUp: SIGHUP
        }
    }

    package var name: String {
        switch self {
        case .terminate: "SIGTERM"
        case .interrupt: "SIGINT"
        case .hangUp: "SIGHUP"
        }
    }
}

/// Ends the process at once, whatever its other threads are doing.
///
/// `exit` would run the clean-up of libraries first, under the feet of threads that still use them (OpenSSL frees its
/// tables). Nothing is lost: `StandardStream` and `Files` do not buffer.
package func endProcess(_ code: Int32) -> Never { Glibc._exit(code) }

/// Delivers signals to a closure, on a thread of its own, until cancelled or released.
///
/// Invariant of `@unchecked Sendable`: the sources are made in `init` and never replaced; `DispatchSource` calls may
/// come from any thread.
package final class SignalDelivery: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]
    private let numbers: [Int32]

    /// The default action of these signals (ending the process) is switched off from now on.
    package init(_ signals: [Signal], _ deliver: @escaping @Sendable (Signal) -> Void) {
        let queue = DispatchQueue(label: "understudy.signals")
        numbers = signals.map(\.number)
        sources = signals.map { signal in
            Glibc.signal(signal.number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signal.number, queue: queue)
            source.setEventHandler { deliver(signal) }
            let isRegistered = Gate()
            source.setRegistrationHandler { isRegistered.open() }
            source.resume()
            // Registration happens on another thread; a signal that comes before it would be lost.
            isRegistered.wait()
            return source
        }
    }

    deinit { cancel() }

    /// Gives the signals their default action back.
    package func cancel() {
        for source in sources { source.cancel() }
        for number in numbers { Glibc.signal(number, SIG_DFL) }
    }
}
