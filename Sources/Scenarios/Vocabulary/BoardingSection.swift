import Payments
import Processor

/// The section `copilot`: how merchants are boarded.
enum BoardingSection {
    static let section = Section<BoardingSettings>("the boarding service", tables + people + switches)

    private static let tables: [Field<BoardingSettings>] = [
        Field("lookups", .tables, "tables of codes") { files, _, settings, reading in
            settings.lookups = files.flatMap { LookupRow.table.read($0, reading).map(\.lookup) }
        },
        Field("fields", .tables, "tables of the members of requests") { files, _, settings, reading in
            settings.members = files.flatMap { BoardingMemberRow.table.read($0, reading).map(\.member) }
        },
        Field("equipment", .tables, "tables of what can be ordered") { files, _, settings, reading in
            settings.equipment = files.flatMap { EquipmentRow.table.read($0, reading).map(\.equipment) }
        },
    ]

    private static let people: [Field<BoardingSettings>] = [
        Field("users", .list(of: user, plan: .keyed(by: "name", .members([:]))), "users of the API") {
            users, _, settings, _ in settings.users = users
        },
        Field("clients", .list(of: client, plan: .keyed(by: "id", .members([:]))), "clients of the token service") {
            clients, _, settings, _ in settings.clients = clients
        },
        Field(
            "templates", .list(of: template, plan: .keyed(by: "id", .members([:]))), "what fills an application"
        ) { templates, _, settings, _ in settings.templates = templates },
        Field(
            "underwriting", .list(of: verdict, plan: .prepend),
            "how underwriting decides; the first that fits, else it approves"
        ) { verdicts, _, settings, _ in settings.verdicts = verdicts },
    ]

    private static let switches: [Field<BoardingSettings>] = [
        Field("accessTokenLifetime", \.accessTokenLifetime, .duration, "how long an access token is good"),
        Field("refreshTokenLifetime", \.refreshTokenLifetime, .duration, "how long a refresh token is good"),
        Field("firstNumber", \.firstNumber, .integer(1...1_000_000_000), "the first merchant id"),
        Field("createdStatus", \.createdStatus, .integer(200...201), "the status of a created merchant: 200 or 201"),
        Field("signingTakes", \.signingTakes, .duration, "how long the merchant takes to sign"),
        Field("qualifyingTakes", \.qualifyingTakes, .duration, "how long the first review takes"),
        Field("underwritingTakes", \.underwritingTakes, .duration, "how long underwriting takes"),
        Field("boardingTakes", \.boardingTakes, .duration, "how long it takes to make the merchant"),
        Field("goingLiveTakes", \.goingLiveTakes, .duration, "how long until the merchant is live"),
        Field("orderStepTakes", \.orderStepTakes, .duration, "how long each state of an order lasts"),
    ]

    private static let user = Section<BoardingSettings.User>(
        "a user",
        [
            Field("name", \.name, .name("a user name"), required: true, "the user name"),
            Field("password", \.password, .text, required: true, "the password"),
            Field("setUp", \.isSetUp, .flag, "false: a second factor is asked for, and no token is given"),
        ]
    ).reader { _ in BoardingSettings.User() }

    private static let client = Section<BoardingSettings.Client>(
        "a client",
        [
            Field("id", \.id, .name("a client id"), required: true, "the client id"),
            Field("secret", \.secret, .text, required: true, "its secret"),
        ]
    ).reader { _ in BoardingSettings.Client() }

    private static let template = Section<BoardingSettings.Template>(
        "a template",
        [
            Field("id", \.id, .integer(1...1_000_000_000), required: true, "the template id"),
            Field("processor", \.processor, .processor, required: true, "the processor of its merchants"),
            Field("acquiring", \.isAcquiring, .flag, "false: the gateway alone, without merchant services"),
        ]
    ).reader { _ in BoardingSettings.Template(id: 0, processor: "") }

    private static let verdict = Section<BoardingSettings.Verdict>(
        "a verdict",
        [
            Field("dbaName", \.name, .pattern, "the name of the business; left out: any"),
            Field("decision", \.decision, .choice("decision"), required: true, "approve, decline, ask or cancel"),
        ]
    ).reader { node in
        var verdict = BoardingSettings.Verdict(decision: .approve)
        verdict.source = node.place.sourceLine
        return verdict
    }
}

/// A row of `copilot/lookups.csv`.
private struct LookupRow {
    var list = ""
    var member = ""
    var code = ""
    var name = ""

    var lookup: BoardingSettings.Lookup { BoardingSettings.Lookup(list: list, member: member, code: code, name: name) }

    static let table = Table<LookupRow>(
        "a table of codes",
        [
            Column(text: "list", required: true, "the last part of the path") { $1.list = $0 },
            Column(text: "member", required: true, "the member of the answer") { $1.member = $0 },
            Column(text: "code", required: true, "the code") { $1.code = $0 },
            Column(text: "name", required: true, "its name") { $1.name = $0 },
        ]
    ) { _ in LookupRow() }
}

/// A row of `copilot/fields.csv`.
private struct BoardingMemberRow {
    var member = BoardingSettings.Member()

    static let table = Table<BoardingMemberRow>(
        "a table of members",
        [
            Column(text: "path", required: true, "the dotted path") { $1.member.path = $0 },
            Column("max", .integer(1...100_000), "the longest text") { $1.member.longest = $0 },
            Column("required", .flag, "needed to create an application") { $1.member.isRequired = $0 },
            Column("gateway", .flag, "needed without merchant services") { $1.member.isRequiredAtGateway = $0 },
            Column("form", .choice("form"), "how the text has to look") { $1.member.form = $0 },
            Column(text: "code", "the code of the error") { $1.member.code = $0 },
            Column(text: "title", "what the member is called in the error") { $1.member.title = $0 },
        ]
    ) { _ in BoardingMemberRow() }
}

/// A row of `copilot/equipment.csv`.
private struct EquipmentRow {
    var equipment = BoardingSettings.Equipment()

    static let table = Table<EquipmentRow>(
        "a table of equipment",
        [
            Column("id", .integer(1...1_000_000_000), required: true, "the equipment id") { $1.equipment.id = $0 },
            Column(text: "name", required: true, "the name") { $1.equipment.name = $0 },
            Column(text: "description", "the description") { $1.equipment.description = $0 },
            Column(text: "make", "who makes it") { $1.equipment.make = $0 },
            Column(text: "model", "the model") { $1.equipment.model = $0 },
            Column(text: "sku", "the number of the article") { $1.equipment.sku = $0 },
            Column(text: "platform", "the platform") { $1.equipment.platform = $0 },
            Column(text: "type", "equipmentTypeCd") { $1.equipment.type = $0 },
            Column(text: "supplier", "equipmentSupplierCd") { $1.equipment.supplier = $0 },
            Column("price", .amount, "to buy") { $1.equipment.price = $0 },
            Column("planPrice", .amount, "a month") { $1.equipment.planPrice = $0 },
            Column("shipping", .amount, "shipping") { $1.equipment.shipping = $0 },
            Column("expedited", .amount, "faster shipping") { $1.equipment.expedited = $0 },
            Column(text: "terminal", "the terminal model that comes") { $1.equipment.terminalModel = $0 },
        ]
    ) { _ in EquipmentRow() }
}
