import Payments
import Processor

/// A row of `copilot/lookups.csv`.
struct LookupRow {
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
struct BoardingMemberRow {
    var member = ApplicationMember()

    static let table = Table<BoardingMemberRow>(
        "a table of members",
        [
            Column(text: "path", required: true, "the dotted path") { $1.member.path = $0 },
            Column("type", .choice("type"), "the type of its values") { $1.member.kind = $0 },
            Column(text: "alias", "a second spelling of the last name") { $1.member.alias = $0 },
            Column("max", .integer(1...100_000), "the longest text") { $1.member.longest = $0 },
            Column("required", .flag, "needed to create an application") { $1.member.isRequired = $0 },
            Column("gateway", .flag, "needed without merchant services") { $1.member.isRequiredAtGateway = $0 },
            Column("form", .choice("form"), "how the text has to look") { $1.member.form = $0 },
            Column(text: "values", "the codes that it takes: A|B, or list: and the name of a list") {
                $1.member.values = values($0)
            },
            Column(text: "code", "the code of the error") { $1.member.code = $0 },
            Column(text: "title", "what the member is called in the error") { $1.member.title = $0 },
        ]
    ) { _ in BoardingMemberRow() }

    private static func values(_ text: String) -> ApplicationMember.Values {
        text.hasPrefix("list:")
            ? .list(String(text.dropFirst(5))) : .codes(text.split(separator: "|").map { String($0) })
    }
}

/// A row of `copilot/equipment.csv`.
struct EquipmentRow {
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
