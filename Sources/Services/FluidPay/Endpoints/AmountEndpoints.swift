import JSON
import Payments
import Processor
import ServiceKit

/// Fees and amounts: two lookups and the calculation. Reference §8, §9.
enum AmountEndpoints {
    static func fees(_ call: FluidCall) -> ServiceAnswer { fees(call, AccessNeed()) }

    /// - Parameters:
    ///   - credential: nil: that of the header.
    ///   - isOfPage: asked by the page of the Tokenizer, which names no type, and no card where there is none.
    static func fees(
        _ call: FluidCall, _ need: AccessNeed, as credential: PresentedCredential? = nil, isOfPage: Bool = false
    ) -> ServiceAnswer {
        let bin: String
        let state: String
        let method: String
        let base: Int64
        let processor: ObjectID?
        let surcharge: AmountComponent?
        do throws(CallFault) {
            let fields = try call.fields()
            if !isOfPage { _ = try fields.required("type") }
            // Of a bank account a page has no leading digits to send.
            bin = isOfPage ? try fields.text("bin") ?? "" : try fields.required("bin")
            guard isOfPage && bin.isEmpty || (6...19).contains(bin.utf8.count) && Digits.areAll(bin) else {
                throw fields.invalid("bin")
            }
            state = try fields.text("state", atMost: 50) ?? ""
            method = try fields.required("payment_method")
            guard method == "card" || method == "ach" else { throw fields.invalid("payment_method") }
            guard let amount = try fields.amount("base_amount") else { throw .invalid("base_amount is required") }
            base = amount
            processor = try fields.nonempty("processor_id").map { ObjectID($0) }
            surcharge = try ComponentReading.read("surcharge", fields)
        } catch {
            return call.refused(error, need, as: credential)
        }
        return call.perform(need, as: credential) { caller in
            var command = LookUpFees(account: caller.account, bin: bin, state: state, method: method, base: base)
            command.processor = processor
            command.surcharge = surcharge
            return command
        } answer: { fees throws(CallFault) in
            guard let fees else { throw .invalid("invalid processor_id") }
            return Envelope(document(fees))
        }
    }

    private static func document(_ fees: LookUpFees.Fees) -> JSONValue {
        let adjustment: JSONValue = ["value": 0, "type": ""]
        return JSONValue(pairs: [
            ("service_fee", JSONValue(fees.serviceFee)), ("payment_adjustment", adjustment),
            ("requested_amount", JSONValue(fees.requested)), ("discount_amount", .null),
            ("surcharge", JSONValue(fees.surcharge)),
        ])
    }

    static func bin(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(allowsPublishedKeys: true)
        let subject: LookUpGatewayBIN.Subject
        let state: String
        do throws(CallFault) {
            let fields = try call.fields()
            state = try fields.text("state", atMost: 50) ?? ""
            if let digits = try fields.nonempty("bin") {
                guard (6...19).contains(digits.utf8.count), Digits.areAll(digits) else { throw fields.invalid("bin") }
                subject = .digits(digits)
            } else if let token = try fields.nonempty("temp_token") {
                subject = .temporaryToken(token)
            } else if let customer = try fields.nonempty("customer_id") {
                let payment = try fields.nonempty("payment_method_id")
                subject = .customer(ObjectID(customer), payment: payment.map { ObjectID($0) })
            } else {
                throw .invalid("bin, temp_token or customer_id is required")
            }
        } catch {
            return call.refused(error, need)
        }
        return call.perform(need) { caller in
            LookUpGatewayBIN(subject, state: state, for: caller.account)
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .success(let found): return Envelope(document(found))
            case .failure(let fault): throw .charge(fault)
            }
        }
    }

    private static func document(_ found: LookUpGatewayBIN.Found) -> JSONValue {
        let row = found.record
        return JSONValue(pairs: [
            ("bin", .string(row == nil ? "" : found.digits)),
            ("card_brand", .string(row?.brand?.text.lowercased() ?? "")), ("issuing_bank", .string(row?.issuer ?? "")),
            ("card_type", .string(row?.funding?.rawValue ?? "")), ("card_level_generic", .string(row?.level ?? "")),
            ("country", .string(row?.country ?? "")), ("is_surchargeable", JSONValue(found.isSurchargeable)),
            ("payment_method_type", found.isBankAccount ? "ach" : "card"),
        ])
    }

    static func calculate(_ call: FluidCall) -> ServiceAnswer {
        let request: CalculationRequest
        do throws(CallFault) {
            request = try CalculationReading.read(try call.fields())
        } catch {
            return call.refused(error, AccessNeed())
        }
        return call.perform(AccessNeed()) { caller in
            CalculateAmounts(request, for: caller.account)
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .success(let calculation): return Envelope(CalculationDocument(calculation).json)
            case .failure(let fault): throw .invalid(text(fault))
            }
        }
    }

    private static func text(_ fault: CalculationFault) -> String {
        switch fault {
        case .noAmount: "amount, line_items or products is required"
        case .unknownProcessor: "invalid processor_id"
        case .noProcessor: "no default processor"
        case .currency: "invalid currency"
        case .binMissing: "cc_bin is required when the processor allows surcharging"
        case .stateMissing: "state is required when the processor allows surcharging"
        case .tooLarge: "the amount is too large"
        }
    }
}
