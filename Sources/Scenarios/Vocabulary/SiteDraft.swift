import Payments
import Processor

/// A site while it is read.
struct SiteDraft: Sendable {
    var site: Site
    var place: Place
    var merchants: [MerchantDraft] = []

    static let section = Section<SiteDraft>(
        "a site",
        [
            Field("name", .name("a name"), required: true, "the name of the site") { name, member, draft, _ in
                draft.site.name = SiteName(name)
                draft.place = member.value.place
            },
            Field(
                "environments", .list(of: environment, plan: .keyed(by: "environment", .members([:]))), required: true,
                "the environments in which it exists; the first one is the default"
            ) { environments, _, draft, _ in draft.site.environments = environments },
            Field(
                "credentials", .list(of: credential, plan: .keyed(by: "user", .members([:]))),
                "user names and passwords"
            ) { credentials, _, draft, _ in draft.site.credentials = credentials },
            Field(
                "giftCards", .oneOrMany(of: .prefixes),
                "leading digits of gift cards, whose numbers the tokenizer gives back in clear"
            ) { ranges, _, draft, _ in draft.site.giftCards = ranges.map { GiftCardRange(prefixes: $0) } },
            Field(
                "privateKey", .privateKey, "the RSA key to what clients encrypt: a PEM text, or the path of a .pem file"
            ) { key, _, draft, _ in draft.site.privateKey = key },
            Field(
                "detokenizeHosts", .oneOrMany(of: .name("an address")),
                "addresses of clients that may detokenize; left out: any"
            ) { hosts, _, draft, _ in draft.site.detokenizeHosts = Set(hosts) },
            Field(
                "merchants",
                .list(
                    of: MerchantDraft.reader, plan: .keyed(by: "id", .members(["receipt": MemberSections.receipt.plan]))
                ), required: true,
                "merchants of the site"
            ) { merchants, _, draft, _ in draft.merchants = merchants },
        ])

    static let reader = section.reader { node in
        SiteDraft(site: Site(name: "", environments: [], credentials: [], merchants: []), place: node.place)
    }

    private static let environment = Section<SiteEnvironment>(
        "an environment",
        [
            Field("environment", \.environment, .choice("environment"), required: true, "UAT or PROD"),
            Field("hosts", \.hosts, .oneOrMany(of: .name("a host name without port")), "host names that mean it"),
        ]
    ).reader { _ in SiteEnvironment(environment: .uat, hosts: []) }

    private static let credential = Section<SiteCredential>(
        "a credential",
        [
            Field("user", \.user, .name("a user name"), required: true, "the user name"),
            Field("password", \.password, .text, required: true, "the password"),
            Field(
                "merchants", .oneOrMany(of: .name("a merchant id")),
                "merchants that it covers; left out: all of the site"
            ) { ids, _, credential, _ in credential.merchants = ids.map { MerchantID($0) } },
            Field("detokenizes", \.detokenizes, .flag, "it may ask for the numbers behind tokens"),
        ]
    ).reader { _ in SiteCredential(user: "", password: "") }
}

/// A merchant while it is read.
struct MerchantDraft: Sendable {
    var merchant: Merchant
    var place: Place
    var achPlace: Place?
    var feePlace: Place?

    static let reader = Section<MerchantDraft>(
        "a merchant",
        [
            Field("id", .name("a merchant id"), required: true, "the merchant id") { id, member, draft, _ in
                draft.merchant.id = MerchantID(id)
                draft.place = member.value.place
            },
            Field("processor", \.merchant.processor, .processor, required: true, "the processor it is boarded to"),
            Field("currency", \.merchant.currency, .currency, "USD, or { code: XYZ, decimals: 2 }"),
            Field("enabled", \.merchant.isEnabled, .flag, "false: every request is refused"),
            Field("refundsUnsettled", \.merchant.refundsUnsettled, .flag, "refunds before settlement are allowed"),
            Field("forcedCredits", \.merchant.forcedCredits, .flag, "authorizations below zero are allowed"),
            Field(
                "overCapturePercent", \.merchant.overCapturePercent, .integer(0...1000),
                "how much more than authorized may be captured; left out: nothing"),
            Field("partialRefunds", \.merchant.partialRefunds, .flag, "refunds of a part are allowed"),
            Field("achMerchant", .name("a merchant id"), "the merchant id for bank accounts; left out: no ACH") {
                id, member, draft, _ in
                draft.merchant.achMerchant = MerchantID(id)
                draft.achPlace = member.value.place
            },
            Field("verifiesAddress", \.merchant.verifiesAddress, .flag, "decline when the address does not match"),
            Field("verifiesCardCode", \.merchant.verifiesCardCode, .flag, "decline when the value does not match"),
            Field(
                "showsVerificationOnDeclines", \.merchant.showsVerificationOnDeclines, .flag,
                "declined answers tell the results of verification, too"),
            Field("fee", .merchantFee, "what it adds to the price") { placed, _, draft, _ in
                draft.merchant.fee = placed.fee
                draft.feePlace = placed.merchantPlace
            },
            Field("looksUpBINs", \.merchant.looksUpBINs, .flag, "false: what is known of a card is not told"),
            Field("acceptsChips", \.merchant.acceptsChips, .flag, "false: cards may not be read by their chip"),
            Field("retail", \.merchant.isRetail, .flag, "its customers stand at a counter"),
            Field(
                "reportsTerminals", \.merchant.reportsTerminals, .flag,
                "a termid has eight characters, of which the last five are digits"),
            Field("receipt", \.merchant.receipt, section: MemberSections.receipt, "the head of receipts"),
            Field(
                "updatesAccounts", \.merchant.updatesAccounts, .flag, "card networks keep its stored cards up to date"),
            Field("note", .text, "for people") { _, _, _, _ in },
        ]
    ).reader { node in
        var merchant = Merchant(id: "", processor: "")
        merchant.source = node.place.sourceLine
        return MerchantDraft(merchant: merchant, place: node.place)
    }
}

extension SiteDraft {
    /// The sites, after the checks that need all of them.
    static func checked(_ drafts: [SiteDraft], _ reading: Reading) -> [Site] {
        var names: [SiteName: Place] = [:]
        var hosts: [String: SiteName] = [:]
        return drafts.map { draft in
            if let first = names.updateValue(draft.place, forKey: draft.site.name) {
                reading.report(
                    .error, at: draft.place, "a second site \(Quoting.quote(draft.site.name.text))",
                    notes: [(first, "the first one")])
            }
            for host in draft.site.environments.flatMap(\.hosts) {
                if let owner = hosts.updateValue(draft.site.name, forKey: host.lowercased()) {
                    reading.report(
                        .error, at: draft.place,
                        "the host \(Quoting.quote(host)) means two things: site "
                            + "\(Quoting.quote(owner.text)) claims it, too"
                    )
                }
            }
            var site = draft.site
            site.merchants = draft.checkedMerchants(reading)
            draft.checkCredentials(site.merchants, reading)
            return site
        }
    }

    private func checkedMerchants(_ reading: Reading) -> [Merchant] {
        var places: [MerchantID: Place] = [:]
        for draft in merchants {
            if let first = places.updateValue(draft.place, forKey: draft.merchant.id) {
                reading.report(
                    .error, at: draft.place, "a second merchant \(Quoting.quote(draft.merchant.id.text))",
                    notes: [(first, "the first one")])
            }
        }
        for draft in merchants {
            guard let ach = draft.merchant.achMerchant, let place = draft.achPlace, places[ach] == nil else { continue }
            reading.unknown(
                "merchant", ach.text, at: place, among: merchants.map(\.merchant.id.text), suffix: " of this site")
        }
        for draft in merchants {
            guard let owner = draft.merchant.fee?.merchant, let place = draft.feePlace, places[owner] == nil else {
                continue
            }
            reading.unknown(
                "merchant", owner.text, at: place, among: merchants.map(\.merchant.id.text), suffix: " of this site")
        }
        return merchants.map(\.merchant)
    }

    private func checkCredentials(_ merchants: [Merchant], _ reading: Reading) {
        for id in site.credentials.compactMap(\.merchants).joined() where !merchants.contains(where: { $0.id == id }) {
            reading.unknown(
                "merchant", id.text, at: place, among: merchants.map(\.id.text), suffix: " in a credential of this site"
            )
        }
    }
}

/// A currency while it is read.
private struct CurrencyDraft: Sendable {
    var code = ""
    var decimals = 2
}

extension Reader where Value == Currency {
    /// ISO 4217: three capital letters; decimals are known for those that do not have two.
    static var currency: Reader {
        let code = Reader<String>.text("a currency of three capital letters").then { text, node, reading -> String? in
            guard Currency.isCode(text) else {
                let upper = text.uppercased()
                return reading.expected(
                    "a currency of three capital letters", at: node,
                    suggestion: text.utf8.count == 3 && upper != text ? "did you mean '\(upper)'?" : nil)
            }
            return text
        }
        let long = Section<CurrencyDraft>(
            "a currency",
            [
                Field("code", \.code, code, required: true, "three capital letters"),
                Field("decimals", \.decimals, .integer(0...4), required: true, "digits behind the point"),
            ]
        ).reader({ _ in CurrencyDraft() }) { draft, _, _ in Currency(code: draft.code, decimals: draft.decimals) }
        return Reader(.either([code.shape, long.shape])) { node, reading in
            guard case .scalar = node.content else { return long.read(node, reading) }
            return code.read(node, reading).map { Currency(code: $0, decimals: Currency.decimals(of: $0)) }
        }
    }
}

extension Currency {
    /// Three capital letters.
    fileprivate static func isCode(_ text: String) -> Bool {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return text.utf8.count == 3 && text.utf8.allSatisfy { letters.contains($0) }
    }

    /// Digits behind the point, by ISO 4217.
    fileprivate static func decimals(of code: String) -> Int {
        switch code {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}
