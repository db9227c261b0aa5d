import Cryptography
import Payments

extension BoardingCommand {
    func apply(
        _ document: String, _ facts: MerchantApplication.Facts, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let boarding = context.books.boarding
        guard boarding.applicationCount < context.behavior.limits.applications else { return .failed(.full) }
        let number = ApplicationNumber(context.behavior.boarding.firstNumber + boarding.applicationCount)
        let application = MerchantApplication(number: number, scope: scope, document: document, facts: facts)
        return decision(context.moved(application, to: .inProgress, after: nil))
    }

    func attach(
        _ content: Attachment.Content, to application: MerchantApplication, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let attachment = Attachment(
            number: 123_456 + context.books.boarding.attachmentCount, application: application.number, content: content)
        return Decision(
            events: [.boarding(.attached(Boxed(attachment)))], outcome: .success(.attachment(attachment.number)))
    }

    // MARK: - Signatures

    func askForSignature(_ application: MerchantApplication, _ context: DecisionContext) -> Decision<Outcome> {
        decision(context.sentForSignature(application))
    }

    func withdraw(_ application: MerchantApplication, _ context: DecisionContext) -> Decision<Outcome> {
        guard application.signature == .pending else { return .failed(.notPending) }
        var application = application
        application.signature = .notSent
        application.signatureKey = nil
        return decision(context.moved(application, to: .inProgress, after: nil))
    }

    func sign(
        _ application: MerchantApplication, _ key: String?, _ signer: String?, _ context: DecisionContext
    ) -> Decision<Outcome> {
        guard application.signature == .pending else { return .failed(.notPending) }
        if let key, key != application.signatureKey { return .failed(.unknown) }
        return decision(context.signed(application, by: signer))
    }

    func submit(
        _ application: MerchantApplication, _ signer: String?, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let settings = context.behavior.boarding
        if application.facts.isAcquiring {
            guard settings.submissionSigns, signer != nil else { return .failed(.accessDenied) }
            return decision(context.signed(application, by: signer))
        }
        var application = application
        application.signer = signer
        return decision(context.moved(application, to: .boarding, after: settings.boardingTakes))
    }
}

extension DecisionContext {
    /// A page on which the merchant signs is there from now on.
    func sentForSignature(_ application: MerchantApplication) -> Effects {
        var random = SeededRandom(seed: seed, label: "signature \(application.number.number) \(now.nanoseconds)")
        let key = Self.uuid(&random) + "/" + Self.uuid(&random)
        return moved(application, to: .outForSignature, after: behavior.boarding.signingTakes) { application in
            application.signatureKey = key
            application.signature = .pending
        }
    }

    private static func uuid(_ random: inout SeededRandom) -> String {
        let digits = Hex.encode((0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        let parts = [8, 4, 4, 4, 12]
        var rest = Substring(digits)
        return parts.map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }.joined(separator: "-")
    }
}
