import Foundation
import HTTP
import Platform
import TLS
import Testing

/// The authority and its files.
@Suite struct AuthorityTests {
    /// A folder that is removed with the last reference.
    final class Folder: Sendable {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/understudy-tls-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }

        func mode(_ name: String) throws -> Int {
            let value = try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions]
            return try #require(value as? Int)
        }
    }

    @Test func isMadeOnceAndFoundAgain() throws {
        let folder = try Folder()
        let files = AuthorityFiles(dataDirectory: folder.path + "/data")
        let first = try files.open().certificateText()
        let second = try AuthorityFiles(dataDirectory: folder.path + "/data/").open().certificateText()
        #expect(first == second)
        #expect(try Files.read(files.certificatePath) == first)
        #expect(try folder.mode("data/tls/ca-key.pem") == 0o600)
        #expect(try folder.mode("data/tls/ca.pem") == 0o644)
        #expect(try folder.mode("data/tls") == 0o700)
        // No draft is left behind.
        #expect(try Files.list(files.folder).map(\.name) == ["ca-key.pem", "ca.pem"])
    }

    @Test func theCertificateIsWrittenAgain() throws {
        let folder = try Folder()
        let files = AuthorityFiles(dataDirectory: folder.path)
        let text = try files.open().certificateText()
        try FileManager.default.removeItem(atPath: files.certificatePath)
        #expect(try files.open().certificateText() == text)
        try Files.write(files.certificatePath, Array("something else".utf8))
        _ = try files.open()
        #expect(try Files.read(files.certificatePath) == text)
    }

    @Test func whoeverIsFasterMakesTheOnlyOne() async throws {
        let folder = try Folder()
        let texts = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 {
                group.addTask { [path = folder.path] in
                    try await BlockingWork.run { () throws(any Error) in
                        try AuthorityFiles(dataDirectory: path).open().certificateText()
                    }
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
    }

    struct BadRow: CustomTestStringConvertible, Sendable {
        let name: String
        let complaint: String
        let spoil: @Sendable (String) throws -> Void
        var testDescription: String { name }
    }

    @Test(arguments: [
        BadRow(name: "readable for others", complaint: "others may read it") {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: $0)
        },
        BadRow(name: "empty", complaint: "does not hold") { try Files.write($0, []) },
        BadRow(name: "the certificate alone", complaint: "does not hold") {
            let text = String(decoding: try Files.read($0), as: UTF8.self)
            let start = try #require(text.range(of: "-----BEGIN CERTIFICATE"))
            try Files.write($0, Array(text[start.lowerBound...].utf8))
        },
        BadRow(name: "the key of another", complaint: "not that of the certificate") {
            let other = try Folder()
            let files = AuthorityFiles(dataDirectory: other.path)
            _ = try files.open()
            let key = try String(decoding: Files.read(files.keyPath), as: UTF8.self).components(
                separatedBy: "-----BEGIN CERTIFICATE")[0]
            let own = try String(decoding: Files.read($0), as: UTF8.self).components(
                separatedBy: "-----BEGIN CERTIFICATE")[1]
            try Files.write($0, Array((key + "-----BEGIN CERTIFICATE" + own).utf8))
        },
    ])
    func aSpoiledFileIsNotUsed(_ row: BadRow) throws {
        let folder = try Folder()
        let files = AuthorityFiles(dataDirectory: folder.path)
        _ = try files.open()
        try row.spoil(files.keyPath)
        #expect {
            try files.open()
        } throws: {
            let text = "\($0)"
            return text.contains(row.complaint) && text.contains(files.keyPath) && !text.contains("BEGIN")
        }
    }

    @Test func anotherPersonsCertificateIsServed() throws {
        // Made as anybody would make one: the authority's own key file holds a certificate and its key.
        let folder = try Folder()
        let files = AuthorityFiles(dataDirectory: folder.path)
        let text = try files.open().certificateText()
        let identity = try Identity.read(certificate: files.certificatePath, key: files.keyPath)
        let pair = try Pair(host: "localhost", source: .own(identity), trusts: text)
        // It is no certificate of a server, and is not taken for one.
        #expect(throws: TLSError.self) { try pair.handshake() }
    }

    @Test func aCertificateWithoutItsKeyIsRefused() throws {
        let folder = try Folder()
        let other = try Folder()
        let files = AuthorityFiles(dataDirectory: folder.path)
        let others = AuthorityFiles(dataDirectory: other.path)
        _ = try files.open()
        _ = try others.open()
        for (certificate, key, complaint) in [
            (files.certificatePath, others.keyPath, "it is not the key"),
            (files.certificatePath, files.certificatePath, "no private key"),
            (files.certificatePath, "/nosuch", "No such file"),
        ] {
            #expect {
                try Identity.read(certificate: certificate, key: key)
            } throws: {
                "\($0)".contains(complaint) && "\($0)".contains(key)
            }
        }
    }
}
