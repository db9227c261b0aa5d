import Foundation
import Payments
import Processor
import Scenarios
import Testing

/// The published tables as collected, where they are at hand: in a checkout beside the sources of this project.
private enum Reference {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/reference/tables")
    static let worktreeFolder = folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/reference/tables")

    static var found: URL? {
        [folder, worktreeFolder].first { FileManager.default.fileExists(atPath: $0.path()) }
    }

    /// Rows by column name; a reader of its own, so that a fault of the tested one cannot hide.
    static func rows(_ name: String) throws -> [[String: String]] {
        let url = try #require(found).appending(path: name + ".csv")
        var lines: [[String]] = []
        var cell = ""
        var line: [String] = []
        var isQuoted = false
        let text = try String(contentsOf: url, encoding: .utf8)
        for character in text {
            switch (character, isQuoted) {
            case ("\"", _):
                isQuoted.toggle()
                cell.append(character)
            case (",", false):
                line.append(unquoted(cell))
                cell = ""
            case ("\n", false), ("\r\n", false):
                lines.append(line + [unquoted(cell)])
                line = []
                cell = ""
            default: cell.append(character)
            }
        }
        let header = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    private static func unquoted(_ cell: String) -> String {
        guard cell.hasPrefix("\"") else { return cell }
        return cell.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"")
    }

    static func processors(_ text: String) -> [ProcessorName] {
        text.split(separator: "|").map { ProcessorName(String($0)) }
    }

    static func minorUnits(_ text: String) throws -> Int64 { try DecimalText.majorUnits(text, decimals: 2) }
}

/// Every row of the collected tables against what the shipped scenario loads.
@Suite("The shipped scenario says what the reference says", .enabled(if: Reference.found != nil))
struct ReferenceTests {
    let uat: Behavior

    init() throws { uat = try Shipped.uat() }

    private func effects(_ pan: String) -> [CardEffect] {
        uat.cards.cards.first { $0.number == PrimaryAccountNumber(pan) }?.effects ?? []
    }

    @Test("response codes")
    func responseCodes() throws {
        let rows = try Reference.rows("cardpointe-response-codes")
        #expect(rows.count == 807)
        let status = ["A": ResponseStatus.approved, "B": .retry, "C": .declined]
        let newer = [
            "PPS/36": "Wallet not allowed", "PPS/106": "Txn type not supported - Please insert the card",
            "PSTR/99": "The RoutingNumber (<bankaba>) is not a valid routing number.",
        ]
        for row in rows {
            let processor = ProcessorName(row["respproc"]!)
            let found = try #require(uat.responseCodes[processor, row["respcode"]!], "\(row)")
            #expect(found.response.status == status[row["respstat"]!], "\(row)")
            #expect(found.response.text == newer["\(processor)/\(row["respcode"]!)"] ?? row["resptext"], "\(row)")
        }
        let distinct = Set(uat.responseCodes.rows.map { "\($0.response.processor)/\($0.response.code)" })
        #expect(distinct.count == 810 + 72, "the table, a code of sigcap, two of BPAY, and those of Fluid Pay")
    }

    @Test("older wordings")
    func olderWordings() throws {
        let text = "understudy: scenario/1\nname: x\nextends: uat\ninclude: [uat/older-wordings]\n"
        let older = try #require(Shipped.load(text).behavior)
        for row in try Reference.rows("cardpointe-response-codes") where row["respproc"] == "PPS" {
            #expect(older.responseCodes["PPS", row["respcode"]!]?.response.text == row["resptext"])
        }
    }

    @Test("amounts that name a code")
    func amountCodes() throws {
        let rows = try Reference.rows("cardpointe-amount-codes")
        #expect(rows.count == 485)
        for row in rows {
            let profile = try #require(uat.processors[ProcessorName(row["respproc"]!)])
            let amount = try Reference.minorUnits(row["amount"]!)
            func code(_ operation: AmountCodeRule.Operation) -> String? {
                profile.amountCodes.lazy.filter { $0.operation == operation }
                    .compactMap { $0.code(for: amount, decimals: 2) }.first
            }
            #expect(code(.authorization) == row["respcode"], "\(row)")
            #expect(code(.refund) == (row["refund_too"] == "yes" ? row["respcode"] : nil), "\(row)")
            let response = uat.responseCodes[profile.name, row["respcode"]!]?.response
            #expect(response?.text == row["resptext"], "\(row)")
        }
        for profile in uat.processors.values {
            #expect(profile.amountCodes.allSatisfy { $0.operation == .authorization || $0.minimumOriginal == 200_000 })
            #expect(profile.amountCodes.allSatisfy { $0.code(for: 99_999, decimals: 2) == nil })
            #expect(profile.amountCodes.allSatisfy { $0.code(for: 200_000, decimals: 2) == nil })
        }
        let rapidConnect = try #require(uat.processors["RPCT"]?.amountCodes.first)
        #expect(rapidConnect.code(for: 100_099, decimals: 2) == nil)
        #expect(rapidConnect.code(for: 111_695, decimals: 2) == "116")
    }

    @Test("test cards")
    func testCards() throws {
        var seen = 0
        for row in try Reference.rows("cardpointe-test-cards") {
            let pan = row["pan"]!
            guard let number = PrimaryAccountNumber(pan), pan.count > 11 else { continue }
            guard row["brand"] != "ACH" else { continue }
            seen += 1
            let card = try #require(uat.cards.cards.first { $0.number == number }, "\(row)")
            #expect(card.brand.text == row["brand"], "\(row)")
            for processor in Reference.processors(row["emulators"]!) {
                let mine = card.effects.filter { $0.processors.isEmpty || $0.processors.contains(processor) }
                #expect(mine.contains { matches($0.kind, row, processor) && amounts($0, row) }, "\(row)")
            }
        }
        #expect(seen == 58)
        #expect(uat.cards.cards.allSatisfy { $0.number.passesLuhn })
        let unknown = uat.cards.cards.filter { uat.brands.brand(of: $0.number) != $0.brand }
        #expect(unknown.map(\.number.lastFour) == ["0011"], "the second Mastercard range is Fluid Pay's alone")
    }

    private func matches(_ kind: CardEffect.Kind, _ row: [String: String], _ processor: ProcessorName) -> Bool {
        switch (row["category"]!, kind) {
        case ("approve", .approve(let code)):
            return row["authcode"]!.isEmpty || row["authcode"] == "PPSnnn" ? code == nil : code == row["authcode"]
        case ("decline", .decline(let response)):
            return response.code == row["respcode"] && response.text == row["resptext"]
                && response.processor == processor && response.status == .declined
        case ("partial", .partial(let approved, let response)):
            return approved == 500 && response.code == row["respcode"] && response.text == row["resptext"]
                && response.status == .approved
        case ("timeout", .timeout), ("pin-debit", .debit): return true
        case ("advice", .byAmount(_, let answer)): return answer.onlyRecurring && answer.extras.advice != nil
        case ("association", .byAmount(_, let answer)):
            return !answer.onlyRecurring && answer.extras.association != nil && answer.response.code == row["respcode"]
        default: return false
        }
    }

    private func amounts(_ effect: CardEffect, _ row: [String: String]) -> Bool {
        switch row["category"]! {
        case "partial": effect.amounts == 600...Int64.max
        case "pin-debit": effect.amounts == 0...4999
        case "advice", "association": effect.amounts.count == 1
        default: effect.amounts == 0...Int64.max
        }
    }

    @Test("association codes")
    func associationCodes() throws {
        let rows = try Reference.rows("cardpointe-assoc-codes")
        #expect(rows.count == 178)
        for row in rows {
            for processor: ProcessorName in ["FNOR", "RPCT"] {
                let answer = try #require(try answer(row["pan"]!, row["amount"]!, processor), "\(row)")
                let pair = DeclineExtras.Pair(code: row["assocRespCode"]!, text: row["assocRespText"]!)
                #expect(answer.extras == DeclineExtras(association: pair), "\(row)")
                #expect(answer.response.code == row["respcode"])
                #expect(answer.response.processor == processor)
                #expect(answer.response.status == .declined)
                #expect(!answer.onlyRecurring)
            }
        }
    }

    @Test("merchant advice")
    func merchantAdvice() throws {
        let rows = try Reference.rows("cardpointe-merch-advice")
        #expect(rows.count == 25)
        let categories = ["1": "Do not retry", "2": "Wait to retry", "3": "Fix the request and retry"]
        for row in rows {
            for processor: ProcessorName in ["FNOR", "RPCT"] {
                let answer = try #require(try answer(row["uat_pan"]!, row["uat_amount"]!, processor), "\(row)")
                #expect(answer.response.code == row["uat_respcode"], "\(row)")
                #expect(answer.extras.advice?.code == row["merchAdviceCode"], "\(row)")
                #expect(answer.extras.advice?.text == row["merchAdviceText"], "\(row)")
                #expect(answer.extras.category?.code ?? "" == row["declineCategory"], "\(row)")
                #expect(answer.extras.category?.text == categories[row["declineCategory"]!], "\(row)")
                #expect(answer.onlyRecurring)
            }
        }
    }

    private func answer(_ pan: String, _ amount: String, _ processor: ProcessorName) throws -> AmountAnswer? {
        let minorUnits = try Reference.minorUnits(amount)
        let fitting = effects(pan).filter { $0.applies(to: processor, minorUnits: minorUnits) }
        #expect(fitting.count == 1)
        guard case .byAmount(minorUnits, let answer)? = fitting.first?.kind else { return nil }
        return answer
    }

    @Test("decline categories")
    func declineCategories() throws {
        let rows = try Reference.rows("cardpointe-visa-decline-category")
        #expect(rows.count == 67)
        for row in rows {
            let key = TestCardTable.CategoryKey(
                brand: "Visa", processor: ProcessorName(row["respproc"]!), code: row["respcode"]!)
            let pair = DeclineExtras.Pair(code: row["declineCategory"]!, text: row["declineCategoryText"]!)
            #expect(uat.cards.categories[key] == pair, "\(row)")
        }
        #expect(uat.cards.categories.count == 67)
    }

    @Test("address verification")
    func addressVerification() throws {
        var triggers = 0
        for row in try Reference.rows("cardpointe-avs") where !row["trigger_last3"]!.hasPrefix("(") {
            triggers += 1
            let trigger = row["trigger_last3"]!
            for processor in Reference.processors(row["emulators"]!) {
                for found in [
                    uat.addressVerification.row(processor: processor, postalCode: "19" + trigger, address: nil),
                    uat.addressVerification.row(processor: processor, postalCode: nil, address: "\(trigger) Main St"),
                ] { #expect(found?.result.text == row["avsresp"], "\(row) \(processor)") }
            }
        }
        #expect(triggers == 57)
        #expect(uat.addressVerification.rows.filter { !$0.isPostalOnly }.count == triggers)
        #expect(uat.addressVerification.row(processor: "VPS", postalCode: "19111", address: nil) == nil)
    }

    @Test("address verification without a trigger")
    func defaults() {
        let first = uat.processors["FNOR"]?.defaultAVS
        #expect(first?.withAddress == "Z")
        #expect(first?.zeroAmount == " ")
        #expect(first?.foreignCountry == " ")
        #expect(uat.processors["RPCT"]?.defaultAVS.withAddress == "")
        #expect(uat.processors["PMT"]?.defaultAVS.withAddress == "I3")
        for name: ProcessorName in ["PSTR", "BPAY"] {
            #expect(uat.processors[name]?.defaultAVS.withAddress == "U")
            #expect(uat.processors[name]?.defaultCVV.present == "U")
            #expect(uat.processors[name]?.defaultCVV.absent == "U")
        }
    }

    @Test("meanings of address verification")
    func meanings() throws {
        let rows = try Reference.rows("cardpointe-avs-meanings")
        #expect(uat.meanings.rows.count == rows.count)
        for row in rows {
            let result = AVSResult(row["avsresp"] == "(blank)" ? "" : row["avsresp"]!)
            let brands = Set(
                row["brands"] == "all" ? [] : row["brands"]!.split(separator: "|").map { CardBrand(String($0)) })
            #expect(
                uat.meanings.rows.contains {
                    $0.result == result && $0.brands == brands && $0.meaning == row["meaning"]
                }, "\(row)")
        }
    }

    @Test("card verification")
    func cardVerification() throws {
        for row in try Reference.rows("cardpointe-cvv") {
            for processor in row["emulators"] == "all" ? [] : Reference.processors(row["emulators"]!) {
                let profile = try #require(uat.processors[processor])
                switch row["kind"]! {
                case "trigger":
                    let evidence = uat.cardVerification.evidence(for: CardVerificationValue(row["cvv2"]!))
                    let found = uat.cardVerification.row(for: evidence, processor: processor)
                    #expect(found?.result.text == row["cvvresp"], "\(row)")
                case "observed":
                    let defaults = profile.defaultCVV
                    let answers = [defaults.present, defaults.absent, defaults.absentKeyed].compactMap { $0?.text }
                    #expect(answers.contains(row["cvvresp"]!), "\(row)")
                default: break
                }
            }
        }
    }

    @Test("known tokens")
    func knownTokens() throws {
        let pairs = Dictionary(
            uat.tokens.known.map { ($0.token.text, $0) }, uniquingKeysWith: { first, _ in first })
        let reserved = Set(uat.tokens.reserved.map(\.text))
        for row in try Reference.rows("cardsecure-known-tokens") {
            let token = row["token"]!
            guard let input = row["input"], let number = PrimaryAccountNumber(input) else {
                let isBank = row["input"]!.contains("/")
                #expect(isBank ? pairs[token] != nil : reserved.contains(token), "\(row)")
                continue
            }
            guard case .card(number)? = pairs[token]?.input else {
                Issue.record("\(row)")
                continue
            }
            #expect(pairs[token]?.scope == SiteScope(site: "fts", environment: .uat))
        }
        #expect(uat.tokens.known.count == 10)
        #expect(reserved.isDisjoint(with: pairs.keys))
    }
}
