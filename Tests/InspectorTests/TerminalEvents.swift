import Payments
import Processor

/// One of each event at terminals and of boarding.
enum TerminalEvents {
    static func all(_ scope: SiteScope, _ merchant: MerchantKey, at now: Instant) -> [Event] {
        let key = TerminalKey(scope: scope, serial: "1")
        let request = Boxed(
            TerminalRequest(
                id: TerminalRequestID(1), terminal: key, merchant: merchant, service: "bolt", task: .confirm,
                startedAt: now, deadline: now))
        let model = TerminalModel(name: "pad", family: .ingenico, screenWidth: 1, screenHeight: 1)
        let terminal = Terminal(serial: "1", site: scope.site, merchant: merchant.id, model: model)
        let result = TerminalResult(
            request: TerminalRequestID(1), ending: .confirmed(true), endedAt: now, delivery: .ordinary)
        let number = ApplicationNumber(1)
        return [
            .terminal(.sessionBegan(key, TerminalSession(key: "k", merchant: merchant, expiresAt: now))),
            .terminal(.sessionUsed(key, until: now)), .terminal(.sessionEnded(key)),
            .terminal(.pairingShown(key, TerminalPairing(code: "123456", until: now))),
            .terminal(.displayed(key, "text")), .terminal(.timeSet(key, "2030-01-02T10:00:00")),
            .terminal(.asked(request)), .terminal(.moved(request)), .terminal(.acted(key, entry: 0)),
            .terminal(.ended(key, Boxed(result), busyUntil: nil)),
            .terminal(.conditionChanged(key, TerminalCondition())),
            .terminal(.delivered(Boxed(terminal))),
            .boarding(.merchantBoarded(Boxed(Merchant(id: "2", processor: "ACME")), scope: scope)),
            .boarding(.merchantClosed(MerchantKey(scope: scope, id: "2"))),
            .boarding(
                .applicationChanged(
                    Boxed(
                        MerchantApplication(
                            number: number, scope: scope, document: "{}",
                            facts: MerchantApplication.Facts(template: 1, name: "n", isAcquiring: false))))),
            .billing(
                .planChanged(
                    Boxed(
                        BillingPlan(
                            number: 1, merchant: merchant, profile: "1", account: nil,
                            amount: Money(minorUnits: 100, currency: .usd),
                            rhythm: BillingRhythm(start: 21_916, unit: .month, every: 1, end: .never), name: nil,
                            document: "{}")))),
            .boarding(
                .attached(
                    Boxed(
                        Attachment(
                            number: 123_456, application: number,
                            content: Attachment.Content(
                                fileName: "a.pdf", mediaType: "application/pdf", kind: "APPLIC", note: nil,
                                bytes: [1, 2]))))),
            .boarding(
                .orderChanged(
                    Boxed(EquipmentOrder(number: 1, application: number, equipment: 1, quantity: 1, document: "{}")))),
        ]
    }
}
