// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "peers",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .executableTarget(
            name: "hummingbird-peer", dependencies: [.product(name: "Hummingbird", package: "hummingbird")]),
        .executableTarget(
            name: "flyingfox-peer", dependencies: [.product(name: "FlyingFox", package: "FlyingFox")]),
    ]
)
