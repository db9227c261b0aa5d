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
        Field("rules", .tables, "tables of rules across the members of requests") { files, _, settings, reading in
            settings.rules = files.flatMap { ApplicationRuleRow.table.read($0, reading).compactMap(\.rule) }
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
        Field(
            "cancellations", .list(of: cancellation, plan: .prepend),
            "applications that are cancelled out of a state; the first that fits"
        ) { cancellations, _, settings, _ in settings.cancellations = cancellations },
    ]

    private static let switches: [Field<BoardingSettings>] = [
        Field("accessTokenLifetime", \.accessTokenLifetime, .duration, "how long an access token is good"),
        Field("refreshTokenLifetime", \.refreshTokenLifetime, .duration, "how long a refresh token is good"),
        Field("firstNumber", \.firstNumber, .integer(1...1_000_000_000), "the first merchant id"),
        Field("createdStatus", \.createdStatus, .integer(200...201), "the status of a created merchant: 200 or 201"),
        Field("echoesNulls", \.echoesNulls, .flag, "members that were never sent are shown as null"),
        Field(
            "submissionSigns", \.submissionSigns, .flag,
            "true: a signer who comes with the submission has signed with it"),
        Field("signingTakes", \.signingTakes, .duration, "how long the merchant takes to sign"),
        Field("qualifyingTakes", \.qualifyingTakes, .duration, "how long the first review takes"),
        Field("underwritingTakes", \.underwritingTakes, .duration, "how long underwriting takes"),
        Field("boardingTakes", \.boardingTakes, .duration, "how long it takes to make the merchant"),
        Field("goingLiveTakes", \.goingLiveTakes, .duration, "how long until the merchant is live"),
        Field("billingAt", \.billingAt, .duration, "when billing plans are paid, from the beginning of a day"),
        Field("orderStepTakes", \.orderStepTakes, .duration, "how long each state of an order lasts"),
    ]

    private static let user = Section<BoardingSettings.User>(
        "a user",
        [
            Field("name", \.name, .name("a user name"), required: true, "the user name"),
            Field("password", \.password, .text, required: true, "the password"),
            Field("setUp", \.isSetUp, .flag, "false: a second factor is asked for, and no token is given"),
            Field(
                "salesCodes", .oneOrMany(of: .name("a sales code")),
                "the sales codes whose applications the user may see; left out: all"
            ) { codes, _, user, _ in user.salesCodes = codes },
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
            Field("fills", \.fills, .list(of: fill), "what stands in an application that does not say otherwise"),
            Field("customFields", \.customFields, .list(of: customField), "the fields that the partner has named"),
        ]
    ).reader { _ in BoardingSettings.Template(id: 0, processor: "") }

    private static let fill = Section<BoardingSettings.Template.Fill>(
        "a value of a template",
        [
            Field("member", \.path, .name("the dotted path of a member"), required: true, "the path of the member"),
            Field("value", \.value, .text, required: true, "its value"),
        ]
    ).reader { _ in BoardingSettings.Template.Fill() }

    private static let customField = Section<BoardingSettings.Template.CustomField>(
        "a custom field",
        [
            Field("number", \.number, .integer(1...10), required: true, "its number, 1 to 10"),
            Field("label", \.label, .name("a label"), required: true, "what it is called"),
            Field("required", \.isRequired, .flag, "true: an application has to say something in it"),
            Field("active", \.isActive, .flag, "false: it is not in use"),
        ]
    ).reader { _ in BoardingSettings.Template.CustomField() }

    private static let verdict = Section<BoardingSettings.Verdict>(
        "a verdict",
        [
            Field("dbaName", \.name, .pattern, "the name of the business; left out: any"),
            Field("decision", \.decision, .choice("decision"), required: true, "approve, decline, ask or cancel"),
            Field("after", \.after, .duration, "how long the review takes; left out: underwritingTakes"),
            Field("review", \.review, .integer(1...1000), "only the review with this number; left out: every one"),
        ]
    ).reader { node in
        var verdict = BoardingSettings.Verdict(decision: .approve)
        verdict.source = node.place.sourceLine
        return verdict
    }

    private static let cancellation = Section<BoardingSettings.Cancellation>(
        "a cancellation",
        [
            Field("dbaName", \.name, .pattern, "the name of the business; left out: any"),
            Field("in", \.status, .choice("state"), required: true, "the state: INPROG, OFS, …, LIVE"),
            Field("after", \.after, .duration, "how long it is in that state before, in place of its next step"),
        ]
    ).reader { _ in BoardingSettings.Cancellation(in: .inProgress) }
}
