/// What one command can be told: an option, a flag, or the words that belong to no option.
package struct ParameterDescription: Sendable {
    package enum Kind: Sendable {
        /// `--name`
        case flag
        /// `--name VALUE`; of several, the last counts.
        case option
        /// `--name VALUE`, any number of times.
        case repeatedOption
        /// One word, which may be missing.
        case word
        /// Any number of words.
        case words(isRequired: Bool)
    }

    package let name: String
    package let kind: Kind
    let valueName: String
    let help: String
    /// A paragraph of its own below the help.
    let details: String
    /// What is shown as the default; empty for none.
    let initial: String
    /// All values there are; empty when there are too many.
    let choices: [String]
    let accepts: @Sendable (String) -> Bool

    var isWord: Bool {
        switch kind {
        case .flag, .option, .repeatedOption: false
        case .word, .words: true
        }
    }

    /// Whether a value follows the name.
    var takesValue: Bool {
        switch kind {
        case .option, .repeatedOption: true
        case .flag, .word, .words: false
        }
    }

    /// `--name <value>`, `--name` or `<value>`.
    var synopsis: String {
        if isWord { return "<\(valueName)>" }
        return takesValue ? "--\(name) <\(valueName)>" : "--\(name)"
    }

    /// The same with the marks of what may be left out or repeated.
    var usage: String {
        switch kind {
        case .flag, .option, .word: "[\(synopsis)]"
        case .repeatedOption, .words(isRequired: false): "[\(synopsis) ...]"
        case .words(isRequired: true): "\(synopsis) ..."
        }
    }
}

/// A parameter with the type of its value.
package struct Parameter<Value: Sendable>: Sendable {
    package let description: ParameterDescription
    /// Makes the value of what was given, in order. Each text was accepted.
    let make: @Sendable ([String]) -> Value
}

/// A value that an option can have.
package protocol OptionValue: Sendable {
    init?(option text: String)
    /// As it is written on a command line.
    var option: String { get }
    static var choices: [String] { get }
}

extension OptionValue {
    package static var choices: [String] { [] }
}

extension OptionValue where Self: LosslessStringConvertible {
    package init?(option text: String) { self.init(text) }
    package var option: String { description }
}

extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    package init?(option text: String) { self.init(rawValue: text) }
    package var option: String { rawValue }
    package static var choices: [String] { allCases.map(\.rawValue) }
}

extension String: OptionValue {}
extension Int: OptionValue {}
extension UInt16: OptionValue {}
extension UInt64: OptionValue {}

extension Parameter {
    private init(
        _ name: String, _ kind: ParameterDescription.Kind, _ help: String, valueName: String?, details: String = "",
        initial: String = "", choices: [String] = [], accepts: @escaping @Sendable (String) -> Bool = { _ in true },
        make: @escaping @Sendable ([String]) -> Value
    ) {
        description = ParameterDescription(
            name: name, kind: kind, valueName: valueName ?? name, help: help, details: details, initial: initial,
            choices: choices, accepts: accepts)
        self.make = make
    }

    package static func option(
        _ name: String, default initial: Value, valueName: String? = nil, _ help: String
    ) -> Parameter where Value: OptionValue {
        Parameter(
            name, .option, help, valueName: valueName, initial: initial.option, choices: Value.choices,
            accepts: { Value(option: $0) != nil }, make: { $0.last.flatMap(Value.init(option:)) ?? initial })
    }

    package static func option<Wrapped: OptionValue>(
        _ name: String, valueName: String? = nil, _ help: String
    ) -> Parameter where Value == Wrapped? {
        Parameter(
            name, .option, help, valueName: valueName, choices: Wrapped.choices,
            accepts: { Wrapped(option: $0) != nil }, make: { $0.last.flatMap(Wrapped.init(option:)) })
    }
}

extension Parameter<[String]> {
    package static func repeatedOption(
        _ name: String, valueName: String? = nil, details: String = "", _ help: String
    ) -> Parameter {
        Parameter(name, .repeatedOption, help, valueName: valueName, details: details, make: { $0 })
    }

    package static func words(_ name: String, isRequired: Bool = true, _ help: String) -> Parameter {
        Parameter(name, .words(isRequired: isRequired), help, valueName: nil, make: { $0 })
    }
}

extension Parameter<Bool> {
    package static func flag(_ name: String, details: String = "", _ help: String) -> Parameter {
        Parameter(name, .flag, help, valueName: nil, details: details, make: { !$0.isEmpty })
    }
}

extension Parameter<String?> {
    package static func word(_ name: String, _ help: String) -> Parameter {
        Parameter(name, .word, help, valueName: nil, make: \.last)
    }
}
