// swift-tools-version: 6.2
import PackageDescription

/// In CI (`CI=true` in the environment) a warning is an error. A setting of our own targets rather than a compiler flag
/// on the command line: that would reach the dependencies too, and rebuild them.
let strict: [SwiftSetting] = Context.environment["CI"] == "true" ? [.treatAllWarnings(as: .error)] : []

/// Release builds do not check at run time that nobody reads what somebody else is changing: debug builds, and so all
/// tests, fuzzers and sanitizers, do. See docs/decisions.
let trusting: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// Release builds find types that are put together, such as dictionaries, by code and not by name: by name, the runtime
/// looks through all conformances of the program for each new type of a key (3,316, for 49 types at a start).
let typesByCode: [SwiftSetting] = [
    .unsafeFlags(
        ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release))
]

/// No target of the program has the library of regular expressions imported for it: that is a megabyte of the binary.
/// `Texts` has what was used of it.
let lean: [SwiftSetting] = [
    .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"])
]

/// For targets that work at start, when somebody looks, or a few times a second: small code rather than fast code.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// Objects and archives to link before the Swift runtime, with blanks between: scripts/release has some.
let first: [LinkerSetting] =
    (Context.environment["UNDERSTUDY_LINK_FIRST"]?.split(separator: " ").map(String.init)).map { [.unsafeFlags($0)] }
    ?? []

/// One list of compiler settings for every target.
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + strict + trusting + typesByCode

/// A library target in `Sources/<path or name>`, with the shared settings.
func library(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = [],
    isHot: Bool = true
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path.map { "Sources/\($0)" } ?? "Sources/\(name)",
        swiftSettings: settings + lean + (isHot ? [] : small), plugins: plugins)
}

/// The tests of one target, in `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["PropertySupport"], exclude: exclude,
        swiftSettings: settings)
}

let trees: Target.Dependency = .product(name: "HashTreeCollections", package: "swift-collections")
let deques: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "understudy",
    products: [.executable(name: "understudy", targets: ["EmulatorCLI"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // System libraries: thin, one `shim.h` each; and what C says better than Swift.
        .target(name: "CPosix", path: "Sources/CPosix"),
        .target(name: "CMemory", path: "Sources/CMemory"),
        .target(name: "CBytes", path: "Sources/CBytes"),
        .systemLibrary(name: "CLibYAML", path: "Sources/CLibYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", path: "Sources/COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),

        // Foundations: no payments.
        library("Platform", ["CPosix"]),
        library("Cryptography", ["COpenSSL"]),
        library("JSON", ["CBytes"]),
        library("CSV"),
        library("Texts"),
        library("Arguments", ["Texts"], isHot: false),
        library("HTTP", ["Platform"]),
        library("TLS", ["HTTP", "Platform", "COpenSSL"]),
        library("Compression", ["HTTP", "CZlib"]),

        // Domain: no HTTP, no JSON, no I/O.
        library("Payments", ["CBytes"]),
        library("Processor", ["Payments", "Cryptography", "Texts", "CMemory", trees, deques]),

        // What the domain asks for.
        library("Scenarios", ["Processor", "Payments", "CSV", "Texts", "CLibYAML"], isHot: false),
        library("Store", ["Processor", "Payments", deques]),

        // The emulated services.
        library("ServiceKit", ["Platform", "HTTP", "JSON", "Processor", "Payments", "Cryptography", "Texts"]),
        library(
            "CardPointeGateway", path: "Services/CardPointeGateway",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Cryptography"]),
        library(
            "CardSecure", path: "Services/CardSecure",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Platform", "Cryptography", "Texts"]),
        library(
            "HostedTokenizer", path: "Services/HostedTokenizer",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Texts"], isHot: false),
        library(
            "FluidPay", path: "Services/FluidPay",
            ["ServiceKit", "HTTP", "JSON", "CSV", "Processor", "Payments", "Cryptography", "Texts"]),

        library(
            "BoltTerminal", path: "Services/BoltTerminal",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Cryptography", "Texts"], isHot: false),

        library(
            "CoPilot", path: "Services/CoPilot",
            ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Platform", "Cryptography"], isHot: false),

        // Composition.
        library("Inspector", ["ServiceKit", "HTTP", "JSON", "Processor", "Payments", "Scenarios"], isHot: false),
        library("ShippedScenarios", plugins: ["EmbedScenarios"]),
        library("Replays", ["HTTP", "JSON", "Platform", "Payments", "Cryptography", "Texts"], isHot: false),
        library(
            "Emulator",
            [
                "Platform", "HTTP", "JSON", "Payments", "Processor", "Scenarios", "Store", "ServiceKit",
                "CardPointeGateway", "CardSecure", "HostedTokenizer", "BoltTerminal", "CoPilot", "FluidPay",
                "Inspector",
                "ShippedScenarios", "Replays", "Cryptography", "TLS", "Compression", "Texts", logging,
            ]),
        .executableTarget(
            name: "EmulatorCLI",
            dependencies: [
                "Arguments", "Emulator", "Platform", "Replays", "Scenarios", "HTTP", "JSON", "Processor", "Payments",
                "TLS",
                logging,
            ],
            path: "Sources/EmulatorCLI", swiftSettings: settings + lean + small, linkerSettings: first),

        // The server with a handler that does nothing, for Benchmarks/run.
        .executableTarget(
            name: "benchmark-server", dependencies: ["HTTP", "Platform", "TLS"], path: "Sources/benchmark-server",
            swiftSettings: settings + lean),

        // Scenario files become part of the binary.
        .executableTarget(name: "embed-scenarios", path: "Sources/embed-scenarios", swiftSettings: settings),
        .plugin(name: "EmbedScenarios", capability: .buildTool(), dependencies: ["embed-scenarios"]),

        // Tests.
        library("PropertySupport", ["Cryptography"]),
        library(
            "TestSupport",
            [
                "Emulator", "Platform", "HTTP", "JSON", "Payments", "Processor", "Scenarios", "Replays",
                "ShippedScenarios",
            ]),
        tests("Platform", ["Platform"]),
        tests("Cryptography", ["Cryptography"]),
        tests("JSON", ["JSON"]),
        tests("CSV", ["CSV"]),
        tests("Texts", ["Texts"]),
        tests("Arguments", ["Arguments"]),
        tests("HTTP", ["HTTP", "Platform", "TLS"]),
        tests("TLS", ["TLS", "HTTP", "Platform"]),
        tests("Compression", ["Compression", "HTTP"]),
        tests("CBytes", ["CBytes"]),
        tests("Payments", ["Payments"]),
        tests("Processor", ["Processor", "Payments", "Cryptography", "Store", "TestSupport"]),
        tests("Scenarios", ["Scenarios", "Processor", "Payments", "TestSupport", "ShippedScenarios"]),
        tests("Store", ["Store", "Processor", "Payments", "TestSupport"]),
        tests("ServiceKit", ["ServiceKit", "Store", "Platform", "HTTP", "JSON", "Processor", "Payments"]),
        tests(
            "CardPointeGateway",
            [
                "CardPointeGateway", "Emulator", "ServiceKit", "TestSupport", "HTTP", "JSON", "Processor", "Payments",
            ]),
        tests("HostedTokenizer", ["HostedTokenizer", "TestSupport", "HTTP", "Processor"]),
        tests(
            "CardSecure",
            [
                "CardSecure", "TestSupport", "Emulator", "ServiceKit", "HTTP", "JSON", "Processor", "Payments",
                "Cryptography",
            ]),
        tests(
            "FluidPay",
            [
                "FluidPay", "Emulator", "ServiceKit", "TestSupport", "HTTP", "JSON", "Processor", "Payments",
                "Cryptography",
            ]),
        tests(
            "Inspector",
            ["Inspector", "Emulator", "ServiceKit", "TestSupport", "HTTP", "JSON", "Processor", "Payments"]),
        tests("Replays", ["Replays", "HTTP", "JSON", "Payments", "TestSupport"]),
        tests(
            "Emulator",
            [
                "Emulator", "TestSupport", "Platform", "HTTP", "JSON", "Processor", "Payments", "Scenarios", "Replays",
                "ServiceKit", "TLS", "Compression", "CSV",
            ]),
        tests(
            "BoltTerminal",
            [
                "BoltTerminal", "Emulator", "ServiceKit", "TestSupport", "Platform", "HTTP", "JSON", "Processor",
                "Payments", "Cryptography",
            ]),
        tests("Tidy", [], exclude: ["allowed-numbers.txt"]),
    ]
)
