import JSON
import Payments
import Processor
import ServiceKit

/// `POST /api/vault/customer/search`. Reference §13.
enum VaultSearch {
    private typealias Filter = @Sendable (CustomerProfile, CustomerRecord) -> Bool

    static func answer(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed()
        return call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            let range = PageRange(limit: try SearchReading.limit(fields), offset: try SearchReading.offset(fields))
            return (range, try texts(fields) + addresses(fields) + dates(fields))
        } perform: { range, filters in
            call.perform(need) { caller in
                SearchCustomers(of: caller.account, range) { profile in
                    guard let record = profile.record?.value else { return false }
                    return filters.allSatisfy { $0(profile, record) }
                }
            } answer: { page throws(CallFault) in
                Envelope(.array(page.elements.map { VaultDocument($0).json }), totalCount: page.total)
            }
        }
    }

    private static func texts(_ fields: WireFields) throws(CallFault) -> [Filter] {
        let members: [(name: MemberName, text: @Sendable (CustomerProfile, CustomerRecord) -> String)] = [
            ("id", { profile, _ in profile.key.id.text }),
            ("payment_method_type", { profile, _ in profile.account(nil)?.kind.tender.rawValue ?? "" }),
            ("billing_address_id", { _, record in record.defaultBilling?.text ?? "" }),
            ("shipping_address_id", { _, record in record.defaultShipping?.text ?? "" }),
        ]
        var filters: [Filter] = []
        for member in members {
            guard let filter = try SearchReading.text(member.name, fields) else { continue }
            filters.append { filter(member.text($0, $1)) }
        }
        return filters
    }

    /// One address has to fit all that is said of addresses.
    private static func addresses(_ fields: WireFields) throws(CallFault) -> [Filter] {
        var parts: [@Sendable (CustomerRecord.Address) -> Bool] = []
        if let filter = try SearchReading.text("address_id", fields) { parts.append { filter($0.id.text) } }
        for member in AddressMembers.all {
            guard let filter = try SearchReading.text(member.name, fields) else { continue }
            parts.append { filter(member.text($0.address)) }
        }
        guard !parts.isEmpty else { return [] }
        let all = parts
        return [{ _, record in record.addresses.contains { address in all.allSatisfy { $0(address) } } }]
    }

    private static func dates(_ fields: WireFields) throws(CallFault) -> [Filter] {
        var filters: [Filter] = []
        if let range = try SearchReading.dates("created_at", fields) {
            filters.append { range.contains($1.createdAt) }
        }
        if let range = try SearchReading.dates("updated_at", fields) {
            filters.append { range.contains($1.updatedAt) }
        }
        return filters
    }
}
