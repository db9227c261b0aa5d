import Payments
import Processor

/// The section `bolt`: terminals, and the service in front of them.
enum TerminalSection {
    static let section = Section<TerminalSettings>("the terminal service", tables + people + switches)

    private static let tables: [Field<TerminalSettings>] = [
        Field("models", .tables, "tables of kinds of terminals") { files, _, settings, reading in
            let rows = reading.rows(of: files, TerminalModelRow.table, key: \.model.name, "this model")
            let later = rows.map(\.model)
            settings.models = later.enumerated().filter { position, model in
                !later[(position + 1)...].contains { $0.name == model.name }
            }.map(\.element)
        },
        Field("errors", .tables, "tables of what clients are told of each fault") { files, _, settings, reading in
            settings.faults = TerminalFaultTable(
                files.flatMap { file in TerminalFaultRow.table.read(file, reading).compactMap(\.fault) })
        },
        Field("chips", .tables, "tables of what chips tell about themselves") { files, _, settings, reading in
            settings.chips = ChipTable(files.flatMap { file in ChipRow.table.read(file, reading).map(\.chip) })
        },
    ]

    private static let people: [Field<TerminalSettings>] = [
        Field(
            "keys", .list(of: key, plan: .keyed(by: "key", .members([:]))), "keys of the service, and whom they cover"
        ) { keys, _, settings, _ in settings.keys = keys },
        Field(
            "merchants",
            .list(of: merchant, plan: .keyed(by: "id", .members(["receipt": MemberSections.receipt.plan]))),
            "what the service knows of merchants"
        ) { merchants, _, settings, _ in
            for terms in merchants { settings.merchants[terms.id] = terms }
        },
        Field(
            "terminals", .list(of: TerminalDraft.reader, plan: .keyed(by: "hsn", .members([:]))), "devices"
        ) { drafts, _, settings, reading in
            for draft in drafts { draft.add(to: &settings, reading) }
        },
        Field(
            "cardholder", CardholderScriptDraft.script,
            "what the cardholder does when no script of the terminal says anything"
        ) { script, _, settings, _ in settings.defaults = script },
    ]

    private static let switches: [Field<TerminalSettings>] = [
        Field("sessionLifetime", \.sessionLifetime, .duration, "how long a session lives"),
        Field("sessionExtendsOnUse", \.sessionExtendsOnUse, .flag, "each use of a session starts its life anew"),
        Field("pairingLifetime", \.pairingLifetime, .duration, "how long a pairing code is good"),
        Field("cardholderTimeout", \.cardholderTimeout, .duration, "how long a question waits for the cardholder"),
        Field(
            "timeoutAnswerDelay", \.timeoutAnswerDelay, .duration,
            "how long after that time the client hears that it is over"),
        Field("offlinePingDelay", \.offlinePingDelay, .duration, "how long a ping tries to reach a device"),
        Field(
            "clearDisplayDelay", \.clearDisplayDelay, .duration,
            "how long the result of a payment is shown before the client is answered, when it does not say"),
        Field(
            "confirmationPause", \.confirmationPause, .duration, "how long a device is busy behind a confirmation"),
        Field("orderIDSpelling", \.orderIDSpelling, .choice("spelling"), "how answers spell the order id"),
        Field(
            "listsDetailsAsTerminals", \.listsDetailsAsTerminals, .flag,
            "terminalDetails names its list 'terminals', as one sample does"),
        Field(
            "surchargeFreePostalCodes", \.surchargeFreePostalCodes,
            .list(of: .name("the beginning of a postal code")), "beginnings of postal codes without surcharge"),
        Field(
            "unauthorizedBody", \.unauthorizedBody, .choice("body"),
            "the body of answers with status 401 and 403: described or empty"),
    ]

    private static let key = Section<TerminalSettings.AccessKey>(
        "a key",
        [
            Field("key", \.secret, .name("a key"), required: true, "what stands in the field Authorization"),
            Field("site", \.site, .site, required: true, "the site whose merchants it covers"),
            Field(
                "merchants", .oneOrMany(of: .name("a merchant id")),
                "merchants that it covers; left out: all of the site"
            ) { ids, _, key, _ in key.merchants = ids.map { MerchantID($0) } },
        ]
    ).reader { _ in TerminalSettings.AccessKey() }

    private static let merchant = Section<TerminalSettings.MerchantTerms>(
        "a merchant of the terminal service",
        [
            Field("id", .name("a merchant id"), required: true, "the merchant id") { id, _, terms, _ in
                terms.id = MerchantID(id)
            },
            Field("twoFactor", \.requiresPairing, .flag, "a session needs the code that the terminal shows"),
            Field("pinDebit", \.allowsPINDebit, .flag, "debit cards with PIN are allowed"),
            Field("tokenizes", \.tokenizes, .flag, "false: the tokenizer has no site for the merchant"),
            Field("surcharge", \.surcharge, .percentage, "the surcharge in percent, for example 3.00"),
            Field(
                "receipt", \.receipt, section: MemberSections.receipt,
                "the head of receipts, where it is another than at the gateway"),
        ]
    ).reader { _ in TerminalSettings.MerchantTerms(id: "") }
}

extension Reader where Value == Int {
    /// A percentage with at most two decimals, as hundredths of a percent.
    static let percentage = Reader(.text("a percentage such as 3 or 2.75")) { node, reading in
        guard case .scalar(let text, _) = node.content, !node.isNull,
            let hundredths = DecimalText.scaled(text, decimals: 2), (0...10_000).contains(hundredths)
        else { return reading.expected("a percentage such as 3 or 2.75", at: node) }
        return Int(hundredths)
    }
}
