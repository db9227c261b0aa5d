import Payments

/// A request and its answer, as far as they may be kept: card numbers and verification values are not in here.
package struct Exchange: Hashable, Sendable {
    package let service: String
    package let method: String
    package let status: Int
    /// Target, body of the request and body of the answer, each ended by a zero byte.
    private let content: ArraySlice<UInt8>
    /// Where the body of the request begins, and that of the answer, from the beginning.
    private let request: Int
    private let response: Int

    /// - Parameter target: path and query with secret parts replaced.
    package init(
        service: String, method: String, target: String, requestBody: [UInt8], status: Int, responseBody: [UInt8]
    ) {
        self.service = service
        self.method = method
        self.status = status
        request = target.utf8.count + 1
        response = request + requestBody.count + 1
        var content: [UInt8] = []
        content.reserveCapacity(response + responseBody.count + 1)
        target.withBytes { content.append(contentsOf: $0) }
        content.append(0)
        requestBody.withUnsafeBufferPointer { content.append(contentsOf: $0) }
        content.append(0)
        responseBody.withUnsafeBufferPointer { content.append(contentsOf: $0) }
        content.append(0)
        self.content = content[...]
    }

    /// Path and query.
    package var target: String { String(decoding: part(0..<(request - 1)), as: UTF8.self) }
    package var requestBody: [UInt8] { Array(part(request..<(response - 1))) }
    package var responseBody: [UInt8] { Array(part(response..<(content.count - 1))) }
    package var bodyBytes: Int { content.count - request - 2 }

    /// Asks something of the target, and of all that is kept: the target and both bodies, with zero bytes between them.
    package func isSo(
        _ isSo: (_ target: UnsafeBufferPointer<UInt8>, _ all: UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        content.withUnsafeBufferPointer { all in
            isSo(UnsafeBufferPointer(rebasing: all[..<(request - 1)]), all)
        }
    }

    private func part(_ range: Range<Int>) -> ArraySlice<UInt8> {
        content[(content.startIndex + range.lowerBound)..<(content.startIndex + range.upperBound)]
    }

    // MARK: - Keeping

    /// What is left of an exchange whose content lies among others.
    struct Kept: Sendable {
        fileprivate let service: String
        fileprivate let method: String
        fileprivate let status: Int
        fileprivate let content: Range<Int>
        fileprivate let request: Int
        fileprivate let response: Int
    }

    /// Puts the content behind what is there already.
    func keep(in bytes: inout [UInt8]) -> Kept {
        let start = bytes.count
        content.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        return Kept(
            service: service, method: method, status: status, content: start..<bytes.count, request: request,
            response: response)
    }

    init(_ kept: Kept, in bytes: [UInt8]) {
        service = kept.service
        method = kept.method
        status = kept.status
        content = bytes[kept.content]
        request = kept.request
        response = kept.response
    }
}
