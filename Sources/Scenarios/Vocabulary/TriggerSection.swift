import Processor

extension SettingsSections {
    static let triggers = Section<TriggerSettings>(
        "the triggers",
        [
            Field("cardholder", \.cardholder, .flag, "the name of the cardholder may ask for an outcome: DECLINE 51"),
            Field("order", \.order, .flag, "the order id may ask for an outcome: CAPTURE-TIMEOUT-4711"),
            Field("header", \.header, .name("the name of a header field"), "a header field that may ask for one"),
        ])
}
