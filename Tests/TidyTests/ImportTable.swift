/// Which target may import what: the arrows of docs/architecture.md. A new target, or a new arrow, is a change here,
/// and so one that a reviewer sees.
struct ImportRow: Sendable {
    let target: String
    /// Targets of this package.
    let ours: Set<String>
    /// Modules of the system and of dependencies.
    let others: Set<String>

    init(_ target: String, _ ours: Set<String> = [], others: Set<String> = []) {
        self.target = target
        self.ours = ours
        self.others = others
    }
}

enum ImportTable {
    static let services: Set<String> = [
        "CardPointeGateway", "CardSecure", "BoltTerminal", "HostedTokenizer", "CoPilot", "FluidPay",
    ]

    static let rows: [ImportRow] = [
        // The system.
        ImportRow("CPosix"),
        ImportRow("CMemory"),
        ImportRow("CBytes"),
        ImportRow("CLibYAML"),
        ImportRow("COpenSSL"),
        ImportRow("CZlib"),
        ImportRow("Platform", ["CPosix"], others: ["Glibc", "Dispatch", "Synchronization"]),

        // Foundations know no payments.
        ImportRow("Cryptography", ["COpenSSL"]),
        ImportRow("JSON", ["CBytes"]),
        ImportRow("CSV"),
        ImportRow("Texts"),
        ImportRow("Arguments", ["Texts"]),
        ImportRow("HTTP", ["Platform"], others: ["Synchronization"]),
        ImportRow("TLS", ["HTTP", "Platform", "COpenSSL"]),
        ImportRow("Compression", ["HTTP", "CZlib"]),

        // The domain knows no wire, no file and no clock.
        ImportRow("Payments", ["CBytes"]),
        ImportRow(
            "Processor", ["Payments", "Cryptography", "Texts", "CMemory"],
            others: ["HashTreeCollections", "DequeModule"]),
        ImportRow("Scenarios", ["Processor", "Payments", "CSV", "Texts", "CLibYAML"]),
        ImportRow("Store", ["Processor", "Payments"], others: ["DequeModule", "Synchronization"]),

        // The emulated services know each other not at all.
        ImportRow(
            "ServiceKit", ["Platform", "HTTP", "JSON", "Processor", "Payments", "Cryptography", "Texts"],
            others: ["Synchronization"]),
        ImportRow("CardPointeGateway", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Cryptography"]),
        ImportRow("HostedTokenizer", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Texts"]),
        ImportRow(
            "CoPilot", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Platform", "Cryptography"]),
        ImportRow(
            "FluidPay", ["ServiceKit", "HTTP", "JSON", "CSV", "Processor", "Payments", "Cryptography", "Texts"]),
        ImportRow(
            "CardSecure",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Platform", "Cryptography", "Texts"]),
        ImportRow(
            "BoltTerminal", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Cryptography", "Texts"]),

        // Composition.
        ImportRow(
            "Inspector", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Scenarios"],
            others: ["Synchronization"]),
        ImportRow("ShippedScenarios"),
        ImportRow("Replays", ["HTTP", "JSON", "Platform", "Payments", "Cryptography", "Texts"]),
        ImportRow(
            "Emulator",
            services.union([
                "Platform", "HTTP", "JSON", "Payments", "Processor", "Scenarios", "Store", "ServiceKit", "Inspector",
                "ShippedScenarios", "Replays", "Cryptography", "TLS", "Compression", "Texts",
            ]),
            others: ["Logging", "Synchronization"]),
        ImportRow(
            "EmulatorCLI",
            [
                "Arguments", "Emulator", "Platform", "Replays", "Scenarios", "HTTP", "JSON", "Processor", "Payments",
                "TLS",
            ],
            others: ["Logging"]),

        // Not part of the running program: for the build, for measuring, for tests.
        ImportRow("embed-scenarios", others: ["Foundation"]),
        ImportRow("benchmark-server", ["HTTP", "Platform", "TLS"]),
        ImportRow("PropertySupport", ["Cryptography"], others: ["Foundation"]),
        ImportRow(
            "TestSupport",
            [
                "Emulator", "Platform", "HTTP", "JSON", "Payments", "Processor", "Scenarios", "Replays",
                "ShippedScenarios",
            ],
            others: ["Foundation", "Testing", "Synchronization"]),
    ]

    static func row(_ target: String) -> ImportRow? { rows.first { $0.target == target } }

    static let names = Set(rows.map(\.target))
}
