/// What the journal keeps of a member that it does not keep as it was sent, for example the token of an account.
package struct RecordedText: Sendable {
    let name: String
    let text: String

    package init(of name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}
