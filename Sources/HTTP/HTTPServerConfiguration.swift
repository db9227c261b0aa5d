package import Platform

/// One place where a server listens.
package struct HTTPListener: Sendable {
    /// Becomes `HTTPRequest.listener`.
    package var name: String
    /// A name or a literal; of a name's addresses the first is taken. IPv6 without brackets.
    package var host: String
    /// 0 lets the system choose.
    package var port: UInt16
    package var handler: any HTTPHandler
    /// Makes the filter of each new connection; nil for plain HTTP.
    package var filter: ByteFilterFactory?

    package init(
        name: String = "main", host: String = "127.0.0.1", port: UInt16 = 0, handler: any HTTPHandler,
        filter: ByteFilterFactory? = nil
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.handler = handler
        self.filter = filter
    }
}

/// Where a listener can be reached.
package struct HTTPBoundAddress: Hashable, Sendable, CustomStringConvertible {
    /// The name of the listener.
    package let name: String
    /// In digits.
    package let host: String
    package let port: UInt16

    package var description: String { SocketAddress.textOf(host: host, port: port) }
}

/// Words the body of an answer that the server gives by itself, because the request never reached a handler.
///
/// - Parameters: the status code, and what was wrong.
package typealias HTTPErrorBody = @Sendable (_ status: Int, _ what: String) -> (contentType: String, body: [UInt8])

package struct HTTPServerConfiguration: Sendable {
    package var limits = HTTPLimits()
    /// How many event loops; ignored when the server is given loops of someone else.
    package var loopCount = EventLoopGroup.coreCount
    package var errorBody: HTTPErrorBody = { status, what in
        ("text/plain; charset=utf-8", Array("\(status) \(StatusPhrases.standard(status)): \(what)\n".utf8))
    }

    package init() {}
}

/// Why a server could not listen.
package struct HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
    package let listener: String
    package let host: String
    package let port: UInt16
    package let reason: SystemError

    package var isAddressInUse: Bool { reason.isAddressInUse }

    package var description: String {
        "cannot listen on \(SocketAddress.textOf(host: host, port: port)) (\(listener)): \(reason.reason)"
    }
}
