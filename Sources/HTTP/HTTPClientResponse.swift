/// What a server answered, or what came of it.
package struct HTTPClientResponse: Sendable {
    /// How the answer ended.
    package enum Ending: Hashable, Sendable {
        /// As long as it was announced.
        case complete
        /// The connection was closed inside of the head or the body; `body` is what came.
        case truncated
        /// The connection was closed (FIN) without a byte of an answer.
        case dropped
        /// The connection was reset (RST), perhaps after part of an answer.
        case reset
    }

    /// 0 when the head did not come.
    package var status: Int
    /// The phrase as sent; empty when there was none.
    package var reason: String
    package var headers: HTTPFields
    package var body: [UInt8]
    package var ending: Ending

    package init(
        status: Int = 0, reason: String = "", headers: HTTPFields = HTTPFields(), body: [UInt8] = [],
        ending: Ending = .complete
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.ending = ending
    }
}
