extension Refusal {
    /// What more there is to know about some refusals than their name; for people who read a journal.
    private static let explanations: [Refusal: String] = [
        .unpublishedCardNumber:
            "it is no published test number, and the scenario does not say gateway.acceptsRealCardNumbers: true"
    ]

    package var explanation: String? { Self.explanations[self] }
}
