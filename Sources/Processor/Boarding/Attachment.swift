import Cryptography

/// A document of an application.
package struct Attachment: Hashable, Sendable {
    package let number: Int
    package let application: ApplicationNumber
    package var content: Content

    /// What a client sends.
    package struct Content: Hashable, Sendable {
        package var fileName: String
        package var mediaType: String
        package var kind: String
        package var note: String?
        package var bytes: [UInt8]

        package init(fileName: String, mediaType: String, kind: String, note: String?, bytes: [UInt8]) {
            self.fileName = fileName
            self.mediaType = mediaType
            self.kind = kind
            self.note = note
            self.bytes = bytes
        }

        /// SHA-256 of the document, in hexadecimal digits.
        package var digest: String { SHA256.hash(bytes).hex }
    }

    package init(number: Int, application: ApplicationNumber, content: Content) {
        self.number = number
        self.application = application
        self.content = content
    }
}
