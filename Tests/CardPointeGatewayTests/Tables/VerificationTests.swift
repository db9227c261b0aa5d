import HTTP
import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Every row of the scenario's tables for address and card verification (reference §13.8, §13.9).
@Suite("Address and card verification")
struct VerificationTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private func auth(
        _ processor: ProcessorName, _ fields: JSONObject, amount: String = "10.00"
    ) throws -> Session.Answer {
        var fields = fields
        if processor == "AMEX" { fields["account"] = .string(Gateway.amex) }
        return try gateway.auth(try gateway.merchant(processor), amount, fields)
    }

    private func rows(_ processor: ProcessorName) -> [AVSTable.Row] {
        gateway.behavior.addressVerification.rows.filter { $0.processors.contains(processor) }
    }

    private func isZIP(_ row: AVSTable.Row) -> Bool { Digits.areAll(row.trigger) }

    @Test func numberOfRows() {
        #expect(gateway.behavior.addressVerification.rows.count == 59)
        #expect(Table.cardEmulators.map { rows($0).count } == [41, 41, 16, 41, 0, 41, 41, 41])
        #expect(gateway.behavior.cardVerification.rows.count == 10)
    }

    /// In the United States, where a postal code has digits only.
    @Test(arguments: Table.cardEmulators)
    func postalCode(_ processor: ProcessorName) throws {
        for row in rows(processor) {
            for postal in ["19" + row.trigger, "30301-0" + row.trigger] {
                let answer = try auth(processor, ["postal": .string(postal), "country": "US"])
                if isZIP(row) {
                    #expect(answer["respstat"] == "A")
                    #expect(answer["avsresp"] == row.result.text, "postal \(postal)")
                } else {
                    #expect(Codes(answer) == Codes("PPS", "17", "C", "Invalid zip"), "postal \(postal)")
                }
            }
        }
    }

    /// Elsewhere: letters are allowed, and an emulator that knows the United States only sees no trigger.
    @Test(arguments: Table.cardEmulators)
    func foreignPostalCode(_ processor: ProcessorName) throws {
        let profile = try gateway.profile(processor)
        for row in rows(processor) {
            for postal in ["K2C " + row.trigger, row.trigger.lowercased()] {
                let answer = try auth(processor, ["postal": .string(postal), "country": "CA"])
                let expected =
                    profile.defaultAVS.onlyUnitedStates ? profile.defaultAVS.withAddress.text : row.result.text
                #expect(answer["respstat"] == "A")
                #expect(answer["avsresp"] == expected, "postal \(postal)")
            }
        }
    }

    @Test(arguments: Table.cardEmulators)
    func address(_ processor: ProcessorName) throws {
        for row in rows(processor) {
            for address in ["\(row.trigger) Main Street", "Suite \(row.trigger)", "9\(row.trigger)9 Elm"] {
                for name in ["address", "street"] {
                    let answer = try auth(processor, [name: .string(address)])
                    #expect(answer["respstat"] == "A")
                    #expect(answer["avsresp"] == row.result.text, "\(name) \(address)")
                }
            }
        }
    }

    /// `31125 Main Street` contains 112 (reference §13.8).
    @Test func documentedAddress() throws {
        #expect(try auth("FNOR", ["address": "31125 Main Street"])["avsresp"] == "N")
        #expect(try auth("FNOR", ["postal": "19406"])["avsresp"] == "Y")
    }

    /// Without a trigger each emulator has its own default (reference §22).
    @Test(arguments: Table.cardEmulators)
    func defaults(_ processor: ProcessorName) throws {
        let expected: [ProcessorName: (address: String, zero: String, foreign: String)] = [
            "FNOR": ("Z", " ", " "), "RPCT": ("", "", ""), "PMT": ("I3", "I3", "I3"), "NASH": ("Y", "Y", "Y"),
            "PTAM": ("Y", "Y", "Y"), "VPS": ("Y", "Y", "Y"), "VANT": ("Y", "Y", "Y"), "AMEX": ("Y", "Y", "Y"),
        ]
        let row = try #require(expected[processor])
        #expect(try auth(processor, ["address": "1 Elm", "postal": "84047"])["avsresp"] == row.address)
        #expect(try auth(processor, ["postal": "84047"], amount: "0.00")["avsresp"] == row.zero)
        #expect(try auth(processor, ["postal": "K1C2N6", "country": "CA"])["avsresp"] == row.foreign)
    }

    @Test(arguments: Table.cardEmulators)
    func cardVerification(_ processor: ProcessorName) throws {
        let profile = try gateway.profile(processor)
        for row in gateway.behavior.cardVerification.rows where row.value.count == 3 {
            let isOn = row.processors.contains(processor)
            for account in [Gateway.visa, Gateway.amex] {
                let answer = try auth(processor, ["account": .string(account), "cvv2": .string(row.value)])
                #expect(answer["respstat"] == "A", "cvv2 \(row.value)")
                #expect(
                    answer["cvvresp"] == (isOn ? row.result.text : profile.defaultCVV.present.text),
                    "cvv2 \(row.value)")
            }
        }
        for other in ["123", "999", "1234", "0112"] {
            #expect(try auth(processor, ["cvv2": .string(other)])["cvvresp"] == profile.defaultCVV.present.text)
        }
        let keyed = profile.defaultCVV.absentKeyed ?? profile.defaultCVV.absent
        #expect(try auth(processor, [:])["cvvresp"] == keyed.text)
        #expect(try auth(processor, ["ecomind": "E"])["cvvresp"] == keyed.text)
        #expect(
            try auth(processor, ["account": .null, "track": "TEST-CHIP"])["cvvresp"] == profile.defaultCVV.absent.text)
    }

    /// A value sent to the tokenizer rides on the token, for one authorization (CardSecure, §6.5).
    @Test func valueOnAToken() throws {
        for row in gateway.behavior.cardVerification.rows where row.processors.contains("FNOR") {
            let token = try gateway.session.send(
                .post, "/cardsecure/api/v1/ccn/tokenize",
                json: ["account": .string(Gateway.visa), "cvv": .string(row.value), "expiry": "203012"])
            let account: JSONObject = ["account": .string(try #require(token["token"])), "expiry": .null]
            let first = try auth("FNOR", account)
            #expect(first["cvvresp"] == row.result.text && first["expiry"] == "1230")
            let second = try auth("FNOR", account)
            #expect(Codes(second) == Codes("PPS", "34", "C", "Invalid field"), "nothing rides on the token any more")
        }
    }

    /// A decline tells of verification only where the merchant is set up for it (reference §4.2).
    @Test func declines() throws {
        let fields: JSONObject = ["postal": "19406", "cvv2": "111"]
        let answer = try auth("FNOR", fields, amount: "1051.00")
        #expect(answer["respstat"] == "C" && answer["avsresp"] == nil && answer["cvvresp"] == nil)
        let telling = try Gateway(
            """
            understudy: scenario/1
            name: telling
            extends: uat-plain
            sites:
              - name: fts
                merchants:
                  - { id: "496160873888", processor: FNOR, showsVerificationOnDeclines: true }

            """)
        let told = try telling.auth(try telling.merchant("FNOR"), "1051.00", fields)
        #expect(told["respstat"] == "C" && told["avsresp"] == "Y" && told["cvvresp"] == "N")
    }

    /// In production nothing is a trigger.
    @Test func production() throws {
        let host = "fts.cardconnect.com"
        gateway.session.host = host
        let answer = try auth("FNOR", ["postal": "19406", "cvv2": "111"], amount: "1051.00")
        // A test card declines, with the code of its processor and not that of the amount.
        #expect(answer["respstat"] == "C" && answer["respcode"] == "14")
    }
}
