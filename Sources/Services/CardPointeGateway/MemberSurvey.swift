import JSON
import Payments
import Processor
import ServiceKit

/// One look at the members of a request: which of the rarer features it uses, and what is too long or of the wrong
/// kind.
struct MemberSurvey {
    struct Features: OptionSet {
        let rawValue: Int
        static let userFields = Features(rawValue: 1)
        static let receipt = Features(rawValue: 2)
        static let purchase = Features(rawValue: 4)
        static let terminal = Features(rawValue: 8)
    }

    private(set) var features: Features = []
    /// The members as they are used: those that are too long are cut, where the scenario says so.
    private(set) var fields: WireFields
    /// The first one for which the request is refused.
    private(set) var refused: MalformedMember?
    private let call: GatewayCall

    var members: MemberTable { behavior.gateway.members }
    private var behavior: Behavior { call.request.behavior }

    init(_ call: GatewayCall) {
        self.call = call
        fields = call.fields
        let members = call.request.behavior.gateway.members
        let object = call.fields.object
        for index in 0..<object.count {
            if object.isNamed(at: index, among: Features.rareNames) {
                features.formUnion(Features.of(object.members[index].name))
            }
            // A closure, for a reference to the method would be made anew each time.
            guard let row = object.lookUpName(at: index, { members.index(of: $0) }) else { continue }
            // The usual case, in which nothing is copied.
            if members.isShort(object.textLength(at: index), row) { continue }
            check(object.members[index].value, members.rows[row])
        }
    }

    private mutating func check(_ value: JSONValue, _ row: MemberTable.Row) {
        switch (value, row.kind) {
        case (.null, _): break
        case (.string(let text), .text), (.number(let text), .text):
            if let longest = row.longest { take(text, row, longest) }
        case (.array, .list), (.object, .list):
            if row.name == UserFields.member { take(value, row) }
        // Older clients send lists that are empty as a text.
        case (.string(""), .list): break
        default:
            guard behavior.gateway.mistypedMembers == .refuse else { return }
            refuse(row, .mistyped(wanted: row.kind))
        }
    }

    private mutating func take(_ text: String, _ row: MemberTable.Row, _ longest: Int) {
        guard text.count > longest else { return }
        switch behavior.gateway.longMembers {
        case .keep: break
        case .cut: fields = fields.replacing(row.name, with: .string(String(text.prefix(longest))))
        case .refuse: refuse(row, .tooLong(longest))
        }
    }

    private mutating func take(_ value: JSONValue, _ row: MemberTable.Row) {
        guard let pairs = UserFields.pairs(value) else {
            if behavior.gateway.mistypedMembers == .refuse { refuse(row, .mistyped(wanted: .list)) }
            return
        }
        guard let fault = UserFields.fault(pairs, value, row, members) else { return }
        switch behavior.gateway.longMembers {
        case .keep: break
        case .cut: fields = fields.replacing(row.name, with: UserFields.cut(pairs, row, members))
        case .refuse: refused = refused ?? fault
        }
    }

    private mutating func refuse(_ row: MemberTable.Row, _ fault: MalformedMember.Fault) {
        refused = refused ?? MalformedMember(name: row.name, fault: fault)
    }

    // MARK: - What is kept

    /// What later answers repeat.
    var memos: [TransactionDetails.Memo] {
        var memos: [TransactionDetails.Memo] = []
        if features.contains(.receipt), let wish = fields.text(ReceiptFields.member), !wish.isSameWord("N") {
            memos.append(.init(name: ReceiptFields.member, text: ReceiptFields.isObject(wish) ? "json" : "Y"))
        }
        if features.contains(.userFields), let value = fields.object.present(UserFields.member) {
            memos.append(.init(name: UserFields.member, text: CardNumberGuard.masked(value).serializedText()))
        }
        for name in Self.texts where !features.isDisjoint(with: [.purchase, .terminal]) {
            guard let text = fields.text(name) else { continue }
            memos.append(.init(name: name, text: CardNumberGuard.masked(JSONValue.string(text)).serializedText()))
        }
        return memos
    }

    /// Members that only payouts repeat (reference §9.3).
    static let texts = ["invoiceid", "termid"]

    func supplement(decimals: Int) -> Supplement {
        guard !features.isEmpty else { return Supplement() }
        return Supplement(
            purchase: features.contains(.purchase) ? PurchaseFields.read(self, decimals: decimals) : nil,
            memos: memos)
    }
}

extension MemberSurvey.Features {
    /// The names of which ``of(_:)`` says something: it is asked about few of the members of a payment.
    fileprivate static let rareNames = NameSet(belongings.keys)

    /// What a member belongs to.
    fileprivate static func of(_ name: String) -> MemberSurvey.Features { belongings[name] ?? [] }

    private static let belongings: [String: MemberSurvey.Features] = [
        "userfields": .userFields, "receipt": .receipt, "termid": .terminal,
        "items": .purchase, "taxamnt": .purchase, "frtamnt": .purchase, "dutyamnt": .purchase, "discamnt": .purchase,
        "ponumber": .purchase, "invoiceid": .purchase, "taxexempt": .purchase, "orderdate": .purchase,
        "shiptozip": .purchase, "shipfromzip": .purchase, "shiptocountry": .purchase,
    ]
}
