import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The Tokenizer: a script for shops' pages, the page in its frame, and the call by which that page leaves card data.
/// Reference §14.2. The call is the vendor's own affair and written down nowhere; this one is ours.
enum TokenizerEndpoints {
    static func script(_ call: FluidCall) -> ServiceAnswer {
        let programs = call.request.behavior.accounts.accounts.flatMap { account in
            account.processors.map(\.fees) + [account.integrationFees].compactMap { $0 }
        }
        let states = Set(programs.flatMap(\.statesWithoutSurcharge)).sorted()
        return open(call.answer(text(TokenizerScript.text(withoutSurcharge: states), "text/javascript")))
    }

    static func frameScript(_ call: FluidCall) -> ServiceAnswer {
        open(call.answer(text(TokenizerFrameScript.text, "text/javascript")))
    }

    static func page(_ call: FluidCall) -> ServiceAnswer {
        call.perform(.page, as: call.keyOfPath) { _ in
            NoCommand(operation: call.operation)
        } answer: { _ throws(CallFault) in
            text(TokenizerPage.html, "text/html")
        }
    }

    /// Scripts are the same for everybody: nobody's secret is in them, so they may be compressed.
    private static func open(_ answer: consuming ServiceAnswer) -> ServiceAnswer {
        answer.response.isOpen = true
        return answer
    }

    private static func text(_ text: String, _ type: String) -> Envelope {
        var envelope = Envelope(nil)
        envelope.file = Envelope.File(contentType: "\(type); charset=utf-8", bytes: Array(text.utf8), headers: headers)
        return envelope
    }

    /// Every site may frame the page, so nothing is said about ancestors; scripts are our own files only.
    private static let headers = [
        HTTPField("Cache-Control", "no-store"),
        HTTPField(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'none'"),
        HTTPField("X-Content-Type-Options", "nosniff"),
    ]

    /// What the merchant adds to an amount, for the page in the frame; ours like the call for tokens.
    static func fees(_ call: FluidCall) -> ServiceAnswer {
        AmountEndpoints.fees(call, .page, as: call.keyOfPath, isOfPage: true)
    }

    static func makeToken(_ call: FluidCall) -> ServiceAnswer {
        let payment: ChargeRequest.Payment
        let billing: PostalAddress
        let shipping: PostalAddress
        do throws(CallFault) {
            let fields = try call.fields()
            payment = try read(fields)
            billing = try AddressReading.read(try fields.fields("billing_address"))
            shipping = try AddressReading.read(try fields.fields("shipping_address"))
        } catch {
            return call.refused(error, .page, as: call.keyOfPath)
        }
        return call.perform(.page, as: call.keyOfPath) { caller in
            MakeTemporaryToken(for: caller.account, payment, billing: billing, shipping: shipping)
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .failure(let fault): throw .charge(fault)
            case .success(let token):
                var envelope = Envelope(["token": .string(token.text)])
                envelope.recordedData = ["token": "(a token)"]
                return envelope
            }
        }
    }

    private static func read(_ fields: WireFields) throws(CallFault) -> ChargeRequest.Payment {
        let payment = try PaymentReading.read(fields)
        switch payment {
        case .card(var card):
            if card.entryMode == .keyed { card.entryMode = .eCommerce }
            return .card(card)
        case .bank, .missing, .several: return payment
        case .kept, .temporaryToken, .stored, .terminal, .redirect, .wallet:
            throw .invalid("card or ach is required")
        }
    }
}

extension FluidCall {
    /// The key that a page shows in its address.
    var keyOfPath: PresentedCredential {
        parameters["key"].map { .key(SecretDigest(of: $0)) } ?? .none
    }
}
