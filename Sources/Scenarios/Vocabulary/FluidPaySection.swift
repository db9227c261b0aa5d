import Payments
import Processor

/// The gateway of accounts and orders while it is read.
struct FluidPayDraft: Sendable {
    var site = SiteName("fluidpay")
    var environment = Environment.uat
    var hosts: [String] = []
    var accounts: [GatewayAccountDraft] = []
    var policy = GatewayPolicy()

    static let field = Field<ScenarioDraft>(
        "fluidpay", section.reader { _ in FluidPayDraft() },
        "the Fluid Pay gateway: its hosts, accounts, users, keys, tables and switches"
    ) { fluidpay, member, draft, reading in
        draft.parts.accounts = fluidpay.directory(reading)
        reading.sites.append(fluidpay.siteEntry(at: member.value.place))
        draft.parts.directory = Directory(sites: reading.sites)
    }

    static let section = Section<FluidPayDraft>(
        "the Fluid Pay gateway",
        [
            Field("site", .name("a name"), "the name of its site, for rules; fluidpay when left out") {
                name, _, draft, _ in draft.site = SiteName(name)
            },
            Field("environment", \.environment, .choice("environment"), "UAT (the sandbox) or PROD"),
            Field("hosts", \.hosts, .oneOrMany(of: .name("a host name without port")), "host names that mean it"),
            Field(
                "accounts", \.accounts,
                .list(of: GatewayAccountDraft.reader, plan: .keyed(by: "id", GatewayAccountDraft.section.plan)),
                required: true, "merchants and partners"),
            Field("switches", \.policy, section: FluidPayPolicy.section, "what documents leave open"),
            Field(
                "processorAnswers", .tables, "tables of what processors say behind the gateway's own codes"
            ) { files, _, draft, reading in
                draft.policy.processorAnswers = ProcessorAnswerRow.read(files, reading)
            },
            Field(
                "routingNumbers", .tables, "tables of the routing numbers of test accounts"
            ) { files, _, draft, reading in draft.policy.routingNumbers = RoutingRow.read(files, reading) },
            Field(
                "bins", .tables, "tables of what leading digits tell of a card; of equal rows, the later one counts"
            ) { files, _, draft, reading in draft.policy.bins = BINRecordRow.read(files, reading) },
            Field(
                "accountUpdates", .list(of: AccountUpdateDraft.reader, plan: .prepend),
                "what card networks tell of stored cards when they are paid with"
            ) { updates, _, draft, _ in
                draft.policy.accountUpdates = Dictionary(updates, uniquingKeysWith: { first, _ in first })
            },
            Field(
                "brands", .list(of: BrandDraft.reader, plan: .prepend),
                "card brands that this gateway knows beside those of the scenario"
            ) { ranges, _, draft, _ in draft.policy.brands = BrandTable(ranges.flatMap { $0 }) },
        ])

    /// Rules may name the site and the processor accounts.
    static func collectNames(_ root: YAMLNode, _ reading: Reading) {
        guard let node = root["fluidpay"] else { return }
        reading.siteNames.append(node["site"]?.text ?? "fluidpay")
        guard case .sequence(let accounts)? = node["accounts"]?.content else { return }
        for account in accounts {
            guard case .sequence(let processors)? = account["processors"]?.content else { continue }
            reading.merchantIDs += processors.compactMap { $0["id"]?.text }
        }
    }

    private var scope: SiteScope { SiteScope(site: site, environment: environment) }

    /// The merchants of the ledger: one for each processor account.
    private func siteEntry(at place: Place) -> Site {
        let merchants = accounts.flatMap { draft in
            draft.account.processors.map { processor in
                var merchant = Merchant(
                    id: MerchantID(processor.id.text), processor: processor.type, currency: processor.currency)
                merchant.forcedCredits = true
                merchant.source = place.sourceLine
                return merchant
            }
        }
        return Site(
            name: site, environments: [SiteEnvironment(environment: environment, hosts: hosts)], credentials: [],
            merchants: merchants)
    }

    private func directory(_ reading: Reading) -> GatewayDirectory {
        var seen: [ObjectID: Place] = [:]
        var users: [AccessUser] = []
        var keys: [AccessKey] = []
        let accounts = self.accounts.map { draft in
            var account = draft.account
            account.scope = scope
            checkWebhooks(of: account, at: draft.place, reading)
            for id in [account.id] + account.processors.map(\.id) + draft.users.map(\.user.id) {
                if let first = seen.updateValue(draft.place, forKey: id) {
                    reading.report(
                        .error, at: draft.place, "the id \(Quoting.quote(id.text)) stands for two things",
                        notes: [(first, "the first one")])
                }
            }
            for entry in draft.users {
                var user = entry.user
                user.account = account.id
                users.append(user)
                for (position, key) in entry.keys.enumerated() {
                    keys.append(key.accessKey(of: user, number: position))
                }
            }
            return account
        }
        return GatewayDirectory(accounts: accounts, users: users, keys: keys, policy: policy)
    }
}

extension FluidPayDraft {
    /// Addresses that could not be sent to are mistakes of the file, not of the day.
    private func checkWebhooks(of account: GatewayAccount, at place: Place, _ reading: Reading) {
        for hook in account.webhooks {
            guard let address = WebhookAddress(hook.url) else {
                reading.report(.error, at: place, "the webhook address \(Quoting.quote(hook.url)) is no http address")
                continue
            }
            guard !policy.mayBeTold(address.host) else { continue }
            reading.report(
                .error, at: place,
                "messages may not be sent to \(Quoting.quote(address.host)): name it in 'switches.webhookHosts'")
        }
    }
}

/// What the network of a stored card tells of it.
struct AccountUpdateDraft: Sendable {
    var lastFour = ""
    var expiry = CardExpiry(month: 12, year: 2039)

    static let reader = Section<AccountUpdateDraft>(
        "an account update",
        [
            Field(
                "lastFour", \.lastFour, .digits(4...4, "four digits"), required: true, "the end of the card's number"),
            Field("expiry", \.expiry, .expiry, required: true, "its new expiry, MMYY"),
        ]
    ).reader({ _ in AccountUpdateDraft() }) { draft, _, _ in (draft.lastFour, draft.expiry) }
}

/// An account of the gateway while it is read.
struct GatewayAccountDraft: Sendable {
    var account: GatewayAccount
    var users: [AccessUserDraft] = []
    var place: Place

    static let section = Section<GatewayAccountDraft>(
        "an account",
        [
            Field("id", .objectID, required: true, "its id, 20 characters") { id, member, draft, _ in
                draft.account.id = id
                draft.place = member.value.place
            },
            Field("kind", \.account.kind, .choice("kind of account"), "merchant or partner"),
            Field("name", \.account.name, .text, "its name"),
            Field("partner", .objectID, "the partner who looks after it") { id, _, draft, _ in
                draft.account.partner = id
            },
            Field("enabled", \.account.isEnabled, .flag, "false: every request is unauthorized"),
            Field(
                "requestsPerMinute", \.account.requestsPerMinute, .integer(1...1_000_000),
                "more than so many in a minute are answered 429; left out: any number"),
            Field(
                "processors", \.account.processors, .list(of: GatewayProcessorDraft.reader),
                "its accounts with processors"),
            Field("users", \.users, .list(of: AccessUserDraft.reader), "who may sign in, and with which keys"),
            Field("terminals", \.account.terminals, .list(of: TerminalDeviceDraft.reader), "its payment terminals"),
            Field("webhooks", \.account.webhooks, .list(of: WebhookEndpointDraft.reader), "where events are sent"),
            Field(
                "integrationFees", FeeProgramDraft.reader, "what the fee lookup reckons with; left out: the processor's"
            ) { fees, _, draft, _ in draft.account.integrationFees = fees },
        ])

    static let reader = section.reader { node in
        let nowhere = SiteScope(site: "", environment: .uat)
        var account = GatewayAccount(id: "", scope: nowhere)
        account.source = node.place.sourceLine
        return GatewayAccountDraft(account: account, place: node.place)
    }
}

extension Reader where Value == ObjectID {
    static var objectID: Reader { Reader<String>.name("an id").map { ObjectID($0) } }
}
