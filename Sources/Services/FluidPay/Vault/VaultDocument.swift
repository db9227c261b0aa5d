import Cryptography
import JSON
import Payments
import Processor
import ServiceKit

/// A customer as answers show it: the record has a `data` of its own. Reference §13.
struct VaultDocument {
    let saved: SavedCustomer

    init(_ saved: SavedCustomer) { self.saved = saved }

    private var profile: CustomerProfile { saved.profile }

    var json: JSONValue {
        guard let record = profile.record?.value else { return .null }
        let customer: JSONValue = JSONValue(pairs: [
            ("addresses", .array(record.addresses.map(Self.address))), ("defaults", defaults(record)),
            ("description", .string(record.description)), ("notes", .string(record.notes)),
            ("flags", .array(FlagNames.names(record.flags))), ("payments", payments),
        ])
        var object = JSONObject(pairs: [
            ("id", .string(profile.key.id.text)), ("owner_id", .string(saved.accountID.text)),
            ("data", ["customer": customer]), ("created_at", WireTime.json(record.createdAt)),
            ("updated_at", WireTime.json(record.updatedAt)),
        ])
        if let id = saved.created {
            let isAddress = record.addresses.contains { $0.id == id }
            object.append(isAddress ? "created_address_id" : "created_payment_method_id", .string(id.text))
        }
        return .object(object)
    }

    private func defaults(_ record: CustomerRecord) -> JSONValue {
        let account = profile.account(nil)
        return JSONValue(pairs: [
            ("billing_address_id", .string(record.defaultBilling?.text ?? "")),
            ("shipping_address_id", .string(record.defaultShipping?.text ?? "")),
            ("payment_method_id", .string(account?.vaulting?.id.text ?? "")),
            ("payment_method_type", .string(account?.kind.tender.rawValue ?? "")),
        ])
    }

    private var payments: JSONValue {
        let accounts = profile.accounts
        return [
            "ach": .array(accounts.filter { $0.kind.tender == .ach }.map(StoredAccountDocument.bank)),
            "cards": .array(accounts.filter { $0.kind.tender == .card }.map(StoredAccountDocument.card)),
        ]
    }

    private static func address(_ address: CustomerRecord.Address) -> JSONValue {
        let parts = address.address
        return JSONValue(pairs: [
            ("id", .string(address.id.text)), ("hash", .string(AddressHash.text(parts))),
            ("first_name", .string(parts.firstName)), ("last_name", .string(parts.lastName)),
            ("company", .string(parts.company)), ("line_1", .string(parts.line1)), ("line_2", .string(parts.line2)),
            ("city", .string(parts.city)), ("state", .string(parts.state)),
            ("postal_code", .string(parts.postalCode)), ("country", .string(parts.country)),
            ("phone", .string(parts.phone)), ("fax", .string(parts.fax)), ("email", .string(parts.email)),
        ])
    }
}

/// Stored accounts as answers show them: never a number.
enum StoredAccountDocument {
    static func card(_ account: StoredAccount) -> JSONValue {
        let details = account.vaulting
        return JSONValue(pairs: [
            ("id", .string(details?.id.text ?? "")), ("card_type", .string(brand(account))),
            ("expiration_date", .string(account.expiry.map(ExpiryText.slashed) ?? "")),
            ("masked_number", .string(details?.masked ?? "")),
            ("flags", .array(FlagNames.names(details?.flags ?? []))),
            ("processor_id", .string(details?.processor?.text ?? "")),
        ])
    }

    static func bank(_ account: StoredAccount) -> JSONValue {
        let details = account.vaulting
        return JSONValue(pairs: [
            ("id", .string(details?.id.text ?? "")), ("masked_account_number", .string(details?.masked ?? "")),
            ("account_type", .string(account.kind == .savings ? "savings" : "checking")),
            ("sec_code", .string(details?.secCode ?? "")), ("processor_id", .string(details?.processor?.text ?? "")),
        ])
    }

    static func brand(_ account: StoredAccount) -> String {
        guard case .card(let brand) = account.kind else { return "" }
        return brand?.text.lowercased() ?? ""
    }
}

/// The digest by which an address is told from others: 32 bytes in base 64.
enum AddressHash {
    static func text(_ address: PostalAddress) -> String {
        let parts = [
            address.firstName, address.lastName, address.company, address.line1, address.line2, address.city,
            address.state, address.postalCode, address.country, address.phone, address.fax, address.email,
        ]
        return Base64.encode(SHA256.hash(parts.joined(separator: "\u{1F}")).bytes, .standard)
    }
}

/// `surchargeExempt` is `surcharge_exempt` on the wire.
enum FlagNames {
    static func names<Flag: RawRepresentable & CaseIterable & Hashable>(_ flags: Set<Flag>) -> [JSONValue]
    where Flag.RawValue == String {
        Flag.allCases.filter { flags.contains($0) }.map { .string(WireName.snake($0.rawValue)) }
    }

    static func read<Flag: RawRepresentable & Hashable>(
        _ name: MemberName, _ fields: WireFields, _ type: Flag.Type = Flag.self
    ) throws(CallFault) -> Set<Flag>? where Flag.RawValue == String {
        guard let list = try fields.list(name) else { return nil }
        var flags: Set<Flag> = []
        for value in list {
            guard let text = value.stringValue, let flag = Flag(rawValue: WireName.camel(text)) else {
                throw fields.invalid(name)
            }
            flags.insert(flag)
        }
        return flags
    }
}
