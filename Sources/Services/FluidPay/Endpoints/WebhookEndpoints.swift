import JSON
import Payments
import Processor
package import ServiceKit

/// Tests of webhooks and changes of their secrets. Reference §15.
enum WebhookEndpoints {
    static func test(_ call: FluidCall) -> ServiceAnswer {
        let hook: ObjectID?
        let url: String?
        do throws(CallFault) {
            let fields = try call.fields()
            hook = try fields.nonempty("id").map { ObjectID($0) }
            url = try fields.nonempty("url", atMost: 2000)
            if hook == nil, url == nil { throw .invalid("url or id is required") }
            if let url {
                guard let address = WebhookAddress(url) else { throw fields.invalid("url") }
                guard call.policy.mayBeTold(address.host) else {
                    throw .invalid("invalid url: the scenario does not allow this host")
                }
            }
        } catch {
            return call.refused(error, AccessNeed())
        }
        var message: WebhookMessage?
        var answer = call.ofMerchant { caller in
            TestWebhook(of: caller.account, hook: hook, url: url)
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .success(let sent):
                message = sent
                return Envelope(.null)
            case .failure(.unknownHook): throw .notFound
            case .failure(.full): throw .invalid("too many messages wait")
            }
        }
        if let message { answer.held = held(message, call, answer.sequence, era: answer.era) }
        return answer
    }

    /// The answer tells what came of the test, so it waits for that.
    private static func held(
        _ message: WebhookMessage, _ call: FluidCall, _ sequence: Int?, era: Int
    ) -> HeldAnswer {
        let world = call.request.world
        let result: @Sendable () -> WebhookResult? = {
            world.snapshot.books.gateway.webhooks.testResult(message.number)
        }
        return HeldAnswer(
            due: message.at + call.policy.webhookTimeout, key: WebhookWaiting.key(world, message.number),
            isOver: { result() != nil },
            look: {
                var answer = call.answer(Envelope(document(message, result())), sequence: sequence)
                answer.sequence = sequence
                answer.era = era
                return answer
            })
    }

    private static func document(_ message: WebhookMessage, _ result: WebhookResult?) -> JSONValue {
        var status: JSONValue = .null
        var text = ""
        switch result {
        case .answered(let number)?: status = JSONValue(number)
        case .failed(let why)?: text = why
        case nil: text = "no answer in time"
        }
        return JSONValue(pairs: [
            ("url", .string(message.url ?? "")), ("delivered", .bool(result?.isReceived(.test) ?? false)),
            ("status_code", status), ("error", .string(text)),
        ])
    }

    static func rotate(_ call: FluidCall) -> ServiceAnswer {
        let hours: Int
        do throws(CallFault) {
            hours = try call.fields().integer("overlap_hours", in: 1...168) ?? 24
        } catch {
            return call.refused(error, AccessNeed())
        }
        return change(call, .rotate(overlap: .seconds(3600 * hours)), showsSecret: true)
    }

    static func expirePrevious(_ call: FluidCall) -> ServiceAnswer { change(call, .expirePrevious, showsSecret: false) }

    private static func change(
        _ call: FluidCall, _ change: ChangeWebhookSecret.Change, showsSecret: Bool
    ) -> ServiceAnswer {
        let id = call.id("id")
        let seed = call.request.world.seed
        let merchant = call.id("merchant")
        return call.ofMerchant { caller in
            ChangeWebhookSecret(of: caller.account, hook: id, change)
        } answer: { changed throws(CallFault) in
            guard let changed else { throw .notFound }
            let secret = WebhookSecrets.secret(of: changed.hook, changed.state.rotation, seed)
            var envelope = Envelope(
                WebhookDocument.hook(changed.hook, changed.state, merchant, secret: showsSecret ? secret : nil))
            envelope.recordedData = WebhookDocument.hook(
                changed.hook, changed.state, merchant, secret: showsSecret ? "(a secret)" : nil)
            return envelope
        }
    }
}

/// Names the answers of tests, so that whoever sends the messages can say that one is there.
package enum WebhookWaiting {
    /// Requests of terminals count upwards from 1; these count downwards.
    package static func key(_ world: WorldHandle, _ number: Int) -> HeldAnswer.Key {
        HeldAnswer.Key(world, -number)
    }
}

extension FluidCall {
    /// Performs a command for the merchant that the path names: only its own credentials may.
    func ofMerchant<C: Command>(
        _ make: @escaping @Sendable (Caller) -> C,
        answer: (C.Outcome) throws(CallFault) -> Envelope
    ) -> ServiceAnswer {
        let merchant = id("merchant")
        return perform(AccessNeed()) { caller in
            Conditional(make(caller), holds: caller.account.id == merchant)
        } answer: { outcome throws(CallFault) in
            guard let outcome else { throw .notFound }
            return try answer(outcome)
        }
    }
}

/// A command that is decided only under a condition; nil otherwise.
struct Conditional<Inner: Command>: Command {
    let inner: Inner
    let holds: Bool

    init(_ inner: Inner, holds: Bool) {
        self.inner = inner
        self.holds = holds
    }

    var operation: String { inner.operation }

    func decide(in context: DecisionContext) -> Decision<Inner.Outcome?> {
        guard holds else { return Decision(outcome: nil) }
        let decided = inner.decide(in: context)
        var decision = Decision<Inner.Outcome?>(outcome: decided.outcome)
        decision.effects = decided.effects
        return decision
    }
}
