import Foundation

/// What the person who runs the tests asks for.
enum RunSettings {
    static var seed: String? { ProcessInfo.processInfo.environment["SEED"] }
}
