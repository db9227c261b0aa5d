import Foundation
import Platform
import Testing

@Suite struct SystemTests {
    private let folder = NSTemporaryDirectory() + "platform-" + UUID().uuidString

    private func withFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        try body()
    }

    @Test func filesAreReadWhole() throws {
        try withFolder {
            let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let path = folder + "/data"
            #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
            #expect(try Files.read(path) == bytes)
            #expect(try Files.read(path, limit: 200_000) == bytes)
            let error = try #require(throws: SystemError.self) { try Files.read(path, limit: 199_999) }
            #expect(error.subject == path)
            #expect(try Files.modified(path) > 1_500_000_000_000_000_000)
        }
    }

    @Test func theLimitOfDescriptorsIsNeverLowered() throws {
        let before = try #require(DescriptorLimit.raise(to: 1))
        #expect(before > 1)
        let limits = String(decoding: try Files.read("/proc/self/limits"), as: UTF8.self)
        let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
        let hard = try #require(Int(line.split(separator: " ")[4]), "\(line)")
        let raised = try #require(DescriptorLimit.raise(to: before + 1))
        #expect(raised == min(before + 1, hard))
        #expect(DescriptorLimit.raise(to: 1) == raised)
    }

    @Test func foldersAreListedInOrder() throws {
        try withFolder {
            for name in ["b", "a", "\u{E9}", "B"] {
                #expect(FileManager.default.createFile(atPath: folder + "/" + name, contents: Data()))
            }
            try FileManager.default.createDirectory(atPath: folder + "/c", withIntermediateDirectories: false)
            let entries = try Files.list(folder)
            #expect(entries.map(\.name) == ["B", "a", "b", "c", "\u{E9}"])
            #expect(entries.map(\.isDirectory) == [false, false, false, true, false])
            #expect(Files.exists(folder + "/a"))
            #expect(!Files.exists(folder + "/nothing"))
            #expect(try !Files.isDirectory(folder + "/nothing"))
        }
    }

    @Test func errorsNameCallAndPath() throws {
        let error = try #require(throws: SystemError.self) { try Files.read("/nonexistent/file") }
        #expect(error.isNotFound)
        #expect("\(error)" == "open /nonexistent/file: No such file or directory")
        let listing = try #require(throws: SystemError.self) { try Files.list("/nonexistent") }
        #expect(listing.call == "opendir")
    }

    @Test func randomBytesDiffer() {
        #expect(SystemRandom.bytes(0).isEmpty)
        let first = SystemRandom.bytes(1_000)
        #expect(first.count == 1_000)
        #expect(first != SystemRandom.bytes(1_000))
    }

    @Test func theWallClockAgreesWithFoundation() {
        let before = Int64(Date().timeIntervalSince1970) - 1
        let now = SystemClock.now() / 1_000_000_000
        #expect(now >= before && now <= Int64(Date().timeIntervalSince1970) + 1)
        #expect(abs(SystemClock.seconds() - now) <= 1)
        #expect(MonotonicClock.now() <= MonotonicClock.now())
    }

    @Test func theLockKeepsThreadsApart() async {
        let count = Lock(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1_000 { count.withLock { $0 += 1 } } }
            }
        }
        #expect(count.withLock { $0 } == 8_000)
    }

    @Test func signalsAreDelivered() async {
        let received: Signal = await withCheckedContinuation { continuation in
            let once = Lock<CheckedContinuation<Signal, Never>?>(continuation)
            let delivery = SignalDelivery([.hangUp]) { signal in
                once.withLock { taken in
                    defer { taken = nil }
                    return taken
                }?.resume(returning: signal)
            }
            kill(getpid(), SIGHUP)
            // Released by the closure below, after the signal has come.
            Self.kept.withLock { $0.append(delivery) }
        }
        #expect(received == .hangUp)
        Self.kept.withLock { $0.removeAll() }
    }

    private static let kept = Lock<[SignalDelivery]>([])

    @Test func blockingWorkKeepsItsResultOrError() async throws {
        #expect(await BlockingWork.run { 7 } == 7)
        await #expect(throws: SystemError.self) {
            try await BlockingWork.run { () throws(SystemError) in try Files.read("/nonexistent") }
        }
    }

    @Test func addressesAreWrittenAndResolved() throws {
        #expect(SocketAddress.textOf(host: "::1", port: 80) == "[::1]:80")
        let address = try #require(try SocketAddress.resolve(host: "127.0.0.1", port: 81).first)
        #expect(address.numeric == ("127.0.0.1", 81))
        let error = try #require(throws: SystemError.self) { try SocketAddress.resolve(host: "no such host", port: 1) }
        #expect(error.call == "getaddrinfo")
        #expect(error.subject == "no such host:1")
    }

    @Test func aPortInUseSaysSo() throws {
        let first = try Descriptor.listening(host: "127.0.0.1", port: 0)
        let port = try first.localAddress().numeric.port
        let error = try #require(throws: SystemError.self) { try Descriptor.listening(host: "127.0.0.1", port: port) }
        #expect(error.isAddressInUse)
        #expect("\(error)" == "bind 127.0.0.1:\(port): Address already in use")
    }

    /// A child process has a copy of every descriptor until it runs its program: a copy must not keep a port open.
    @Test func aCopyDoesNotGoOnListening() throws {
        // An address of its own: on the usual one, another test could get the port as soon as it is free.
        let socket = try Descriptor.listening(host: "127.0.0.78", port: 0)
        let copy = Descriptor(dup(socket.number))
        let addresses = [try socket.localAddress()]
        func connect() throws {
            _ = try Descriptor.connected(to: addresses, until: MonotonicClock.now().advanced(by: .seconds(30)))
        }
        try connect()
        socket.stopListening()
        let error = try #require(throws: SystemError.self) { try connect() }
        #expect(error.isRefused)
        withExtendedLifetime(copy) {}
    }

    @Test func nobodyListening() throws {
        let addresses = try SocketAddress.resolve(host: "127.0.0.1", port: 1)
        let error = try #require(throws: SystemError.self) {
            try Descriptor.connected(to: addresses, until: MonotonicClock.now().advanced(by: .seconds(30)))
        }
        #expect(error.isRefused)
    }
}
