import Payments
import Processor

/// A processor while it is read.
struct ProcessorDraft: Sendable {
    var profile: ProcessorProfile
    var approval: ResponseCode?
    var hostBatch = HostBatchDraft()

    static let section = Section<ProcessorDraft>(
        "a processor",
        [
            Field("title", \.profile.title, .name("a title"), required: true, "its name in full, for people"),
            Field(
                "approval", CodeDraft.reader, required: true, "the answer to an ordinary approval: a code of its table"
            ) { code, member, draft, reading in
                draft.approval = code.response(of: draft.profile.name, at: member.value, reading)
            },
            Field(
                "refundApproval", CodeDraft.reader, "the answer to an approved online refund; left out: as approval"
            ) { code, member, draft, reading in
                draft.profile.refundApproval = code.response(of: draft.profile.name, at: member.value, reading)
            },
            Field(
                "testCardInProduction", CodeDraft.reader,
                "the answer to a published test card in production; left out: the refusal invalidCard"
            ) { code, member, draft, reading in
                draft.profile.testCardInProduction = code.response(of: draft.profile.name, at: member.value, reading)
            },
            Field(
                "amountCodes", \.profile.amountCodes, .list(of: AmountCodeDraft.reader),
                "amounts whose digits name the response code"),
            Field(
                "decisionOrder", \.profile.decisionOrder,
                .list(of: .choice("decision step")).then { steps, node, reading in
                    Set(steps).count == steps.count
                        ? steps : reading.error(at: node.place, "a decision step stands here twice")
                }, "which mechanism gets its say first; those left out never do"),
            Field("avs", \.profile.defaultAVS, section: avs, "address verification when no trigger matches"),
            Field("cvv", \.profile.defaultCVV, section: cvv, "card verification when no trigger matches"),
            Field("authorizationCode", \.profile.authorizationCode, .authorizationCode, "how its codes look"),
            Field("batchNumbers", \.profile.batchNumbers, section: batchNumbers, "how batch numbers rise"),
            Field(
                "hostBatchNumbers", \.hostBatch, section: SettlementSections.hostBatchNumbers, "its own batch numbers"),
            Field(
                "onlineRefunds", .list(of: .brand), "brands whose refunds go to the issuer"
            ) { brands, _, draft, _ in draft.profile.onlineRefundBrands = Set(brands) },
            Field("ach", ACHDraft.reader, "for a processor of bank account payments: how it checks them") {
                ach, member, draft, reading in
                draft.profile.ach = ach.profile(of: draft.profile.name, at: member.value, reading)
            },
            Field("commercialCard", \.profile.commercialCardText, .text, "the member commcard of an ordinary card"),
            Field("binType", \.profile.binTypeText, .text, "the member bintype of an ordinary card"),
            Field("reportsEntryMode", \.profile.reportsEntryMode, .flag, "approvals name the entry mode"),
            Field(
                "reportsEntryModeOnDeclines", \.profile.reportsEntryModeOnDeclines, .flag, "declines do, too"),
            Field(
                "wallets", .list(of: Reader<Wallet>.choice("wallet")), "the wallets whose payments it takes"
            ) { wallets, _, draft, _ in draft.profile.wallets = Set(wallets) },
            Field(
                "contactlessStripes", .list(of: .brand), "brands whose stripe may be read without contact"
            ) { brands, _, draft, _ in draft.profile.contactlessStripes = Set(brands) },
            Field("reportsChipData", \.profile.reportsChipData, .flag, "answers tell what the chip said"),
            Field(
                "storedCredentials", CardPresentSections.storedCredentials.reader { _ in StoredCredentialPractice() },
                "what it makes of payments with stored credentials"
            ) { practice, _, draft, _ in draft.profile.storedCredentials = practice },
        ])

    private static let avs = Section<AVSDefaults>(
        "the address verification",
        [
            Field("withAddress", \.withAddress, .avsResult, "when the request has an address"),
            Field("withoutAddress", \.withoutAddress, .avsResult, "when it has none"),
            Field("zeroAmount", \.zeroAmount, .avsResult, "when the amount is zero"),
            Field("foreignCountry", \.foreignCountry, .avsResult, "when the country is not the default one"),
            Field("onlyUnitedStates", \.onlyUnitedStates, .flag, "triggers do not apply to addresses elsewhere"),
            Field(
                "mismatches", .list(of: .avsResult), "results that decline at a merchant with verifiesAddress"
            ) { results, _, defaults, _ in defaults.mismatches = Set(results) },
        ])

    private static let cvv = Section<CVVDefaults>(
        "the card verification",
        [
            Field("present", \.present, .cvvResult, "when the request has a value that is no trigger"),
            Field("absent", \.absent, .cvvResult, "when it has none"),
            Field("absentKeyed", \.absentKeyed, .cvvResult, "when it has none and the card was keyed"),
            Field(
                "mismatches", .list(of: .cvvResult), "results that decline at a merchant with verifiesCardCode"
            ) { results, _, defaults, _ in defaults.mismatches = Set(results) },
        ])

    private static let batchNumbers = Section<BatchNumbering>(
        "the batch numbers",
        [
            Field("first", \.first, .integer(0...999_999_999_999), "the number of the first batch"),
            Field("step", \.step, .integer(1...1_000_000), "how much the next one is more"),
        ])

    /// A reader of the values below `processors`; the key is the name.
    static let reader = Reader<ProcessorProfile>(.section(section.shape), plan: section.plan) { node, reading in
        let name = ProcessorName(reading.currentKey)
        var draft = ProcessorDraft(profile: ProcessorProfile(name: name, title: "", approval: noCode))
        guard section.read(node, into: &draft, reading), let approval = draft.approval else { return nil }
        draft.profile.approval = approval
        draft.profile.hostBatchNumbers = draft.hostBatch.numbers
        draft.profile.hostBatchDigits = draft.hostBatch.digits
        draft.profile.source = node.place.sourceLine
        return draft.profile
    }

    /// Stands in until the real one is read, which is required.
    private static let noCode = ResponseCode(processor: "", code: "", status: .approved, text: "")
}

extension Reader where Value == AVSResult {
    static var avsResult: Reader { Reader<String>.text("a result, possibly empty").map { AVSResult($0) } }
}

extension Reader where Value == CVVResult {
    static var cvvResult: Reader { Reader<String>.text("a result, possibly empty").map { CVVResult($0) } }
}

/// A code of a processor's table, possibly with another text: `"00"` or `{ code: "000", text: Approval }`.
struct CodeDraft: Sendable {
    var code = ""
    var text: String?
    var processor: ProcessorName?

    private static let section = Section<CodeDraft>(
        "a response code",
        [
            Field("code", \.code, .name("a code"), required: true, "the code as text, leading zeros kept"),
            Field("text", \.text, .text, "a wording in place of the table's"),
            Field("processor", \.processor, .anyProcessor, "the processor whose code it is, where that is not clear"),
        ])

    static let reader: Reader<CodeDraft> = {
        let long = section.reader { _ in CodeDraft() }
        return Reader(.either([.text("a code"), long.shape])) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else { return long.read(node, reading) }
            return CodeDraft(code: text)
        }
    }()

    /// The code in the tables; reports when it is in none.
    func response(of processor: ProcessorName, at node: YAMLNode, _ reading: Reading) -> ResponseCode? {
        let owner = self.processor ?? processor
        guard let response = reading.responseCodes.response(owner, code) else {
            guard !reading.library.missesTable else { return nil }
            reading.unknown(
                "response code", code, at: node["code"]?.place ?? node.place,
                among: reading.responseCodes.codes(of: owner), suffix: " of \(owner)")
            return nil
        }
        return text.map { response.worded($0) } ?? response
    }
}

/// The checks of bank account payments while they are read.
struct ACHDraft: Sendable {
    var badRoutingNumber = CodeDraft()
    var badAccountLength = CodeDraft()
    var shortest = 4
    var longest = 17
    var checksRoutingNumber = true
    var entryCodes: [String] = []
    var entryCodeByOrigin: [String: String] = [:]
    var defaultEntryCode: String?
    var sendsCredits = true
    var reversalDescription: String?

    static let section = Section<ACHDraft>(
        "the checks of bank account payments",
        [
            Field(
                "badRoutingNumber", \.badRoutingNumber, CodeDraft.reader, required: true,
                "the answer to a routing number with a wrong check digit; <bankaba> in the text stands for it"),
            Field(
                "badAccountLength", \.badAccountLength, CodeDraft.reader, required: true,
                "the answer to a wrong account length; <account> in the text stands for as many n"),
            Field("shortestAccount", \.shortest, .integer(1...34), "the digits of the shortest account number"),
            Field(
                "checksRoutingNumber", \.checksRoutingNumber, .flag,
                "false: any nine digits are a routing number"),
            Field("longestAccount", \.longest, .integer(1...34), "the digits of the longest account number"),
            Field(
                "entryCodes", \.entryCodes, .oneOrMany(of: .name("a kind of entry")), "kinds that a request may name"),
            Field(
                "entryCodeByOrigin", .map(key: "origin", of: .name("a kind of entry")),
                "the kind of entry by the member ecomind"
            ) { pairs, _, draft, _ in
                for (key, value) in pairs {
                    guard case .scalar(let origin, _) = key.content else { continue }
                    draft.entryCodeByOrigin[origin] = value
                }
            },
            Field("defaultEntryCode", \.defaultEntryCode, .name("a kind of entry"), "when the request says nothing"),
            Field("credits", \.sendsCredits, .flag, "money may be sent without an original"),
            Field(
                "reversalDescription", \.reversalDescription, .name("a text"),
                "the achDescription that takes back an earlier entry; left out: none does"),
        ])

    static let reader = section.reader { _ in ACHDraft() }

    func profile(of processor: ProcessorName, at node: YAMLNode, _ reading: Reading) -> ACHProfile? {
        guard shortest <= longest else {
            return reading.error(at: node.place, "'shortestAccount' is more than 'longestAccount'")
        }
        guard let routing = badRoutingNumber.response(of: processor, at: node["badRoutingNumber"] ?? node, reading),
            let length = badAccountLength.response(of: processor, at: node["badAccountLength"] ?? node, reading)
        else { return nil }
        var profile = ACHProfile(
            badRoutingNumber: routing, badAccountLength: length, accountLengths: shortest...longest)
        profile.checksRoutingNumber = checksRoutingNumber
        profile.entryCodes = entryCodes
        profile.entryCodeByOrigin = entryCodeByOrigin
        profile.defaultEntryCode = defaultEntryCode
        profile.sendsCredits = sendsCredits
        profile.reversalDescription = reversalDescription
        return profile
    }
}

/// An amount rule while it is read.
private struct AmountCodeDraft: Sendable {
    var operation = AmountCodeRule.Operation.authorization
    var from: Int64 = 0
    var through: Int64 = .max
    var digits = 2
    var minimumOriginal: Int64 = 0

    static let section = Section<AmountCodeDraft>(
        "an amount rule",
        [
            Field("operation", \.operation, .choice("operation"), required: true, "what it applies to"),
            Field("from", \.from, .amount, required: true, "the smallest amount"),
            Field("through", \.through, .amount, required: true, "the largest amount"),
            Field("digits", \.digits, .integer(1...3), required: true, "how many digits the code has"),
            Field(
                "minimumOriginal", \.minimumOriginal, .amount, "for refunds: the least amount of the original payment"),
        ])

    static let reader = section.reader({ _ in AmountCodeDraft() }) { draft, node, reading -> AmountCodeRule? in
        guard draft.from <= draft.through else {
            return reading.error(
                at: node["from"]?.place ?? node.place,
                "the range is the wrong way round: 'from' is more than 'through'",
                suggestion: "swap 'from' and 'through'")
        }
        return AmountCodeRule(
            operation: draft.operation, amounts: draft.from...draft.through, codeDigits: draft.digits,
            minimumOriginal: draft.minimumOriginal, source: node.place.sourceLine)
    }
}

/// `{ prefix: ABC, digits: 3 }`, `{ alphanumeric: 6 }` or `{ fixed: AUTH }`.
private struct AuthorizationCodeDraft: Sendable {
    var prefix: String?
    var digits: Int?
    var alphanumeric: Int?
    var fixed: String?

    static let section = Section<AuthorizationCodeDraft>(
        "an authorization code",
        [
            Field("prefix", \.prefix, .text, "what stands before the digits"),
            Field("digits", \.digits, .integer(1...12), "how many digits vary"),
            Field("alphanumeric", \.alphanumeric, .integer(1...12), "how many letters and digits vary"),
            Field("fixed", \.fixed, .text, "always this text"),
        ])
}

extension Reader where Value == AuthorizationCodeForm {
    static var authorizationCode: Reader {
        AuthorizationCodeDraft.section.reader({ _ in AuthorizationCodeDraft() }) { draft, node, reading in
            switch (draft.prefix, draft.digits, draft.alphanumeric, draft.fixed) {
            case (let prefix, let digits?, nil, nil): return .prefixedDigits(prefix: prefix ?? "", digits: digits)
            case (nil, nil, let length?, nil): return .alphanumeric(length: length)
            case (nil, nil, nil, let text?): return .fixed(text)
            default:
                return reading.error(
                    at: node.place,
                    "an authorization code has 'digits' and perhaps 'prefix', or 'alphanumeric', or 'fixed'")
            }
        }
    }
}
