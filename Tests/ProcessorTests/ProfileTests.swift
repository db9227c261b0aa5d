import Cryptography
import Payments
import Processor
import PropertySupport
import Testing

/// Random work on profiles, beside a model that looks through everything it has.
@Suite struct ProfileTests {
    /// A merchant's profiles as a list.
    private struct Naive {
        struct Profile: Equatable {
            var id: ProfileID
            var accounts: [StoredAccount]
            var defaultNumber: Int
            var lastNumber: Int
        }

        var profiles: [Profile] = []

        func twin(of account: StoredAccount) -> (ProfileID, Int)? {
            var wanted = account
            let found = profiles.flatMap { profile in profile.accounts.map { (profile.id, $0) } }.filter { _, other in
                wanted.number = other.number
                wanted.permitsStoring = other.permitsStoring
                wanted.holder.company = other.holder.company
                wanted.holder.address2 = other.holder.address2
                return wanted == other
            }
            return found.map { ($0.0, $0.1.number) }.min { ($0.0.text, $0.1) < ($1.0.text, $1.1) }
        }
    }

    private static let names: [String?] = ["A", "B", nil]
    private static let cards = [Sample.plain, Sample.declining, Sample.partial]

    @Test(arguments: PropertySeeds.many)
    func agreesWithAList(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var world = Sample.world()
        var naive = Naive()
        for _ in 0..<120 {
            switch random.uniform(below: 8) {
            case 0...2: try create(&world, &naive, &random)
            case 3, 4: try add(&world, &naive, &random)
            case 5: try update(&world, &naive, &random)
            default: try delete(&world, &naive, &random)
            }
        }
        for profile in naive.profiles {
            let key = ProfileKey(owner: Sample.late, id: profile.id)
            let kept = try #require(world.books.profiles[key], "seed \(seed)")
            #expect(kept.accounts == profile.accounts, "seed \(seed)")
            #expect(kept.defaultNumber == profile.defaultNumber, "seed \(seed)")
            for account in profile.accounts {
                let twin = world.books.profiles.twin(of: account, owner: Sample.late)
                let expected = naive.twin(of: account).map {
                    StoredAccountKey(ProfileKey(owner: Sample.late, id: $0.0), $0.1)
                }
                #expect(twin == expected, "seed \(seed)")
            }
        }
        #expect(world.books.profiles.count == naive.profiles.count, "seed \(seed)")
        var folded = Sample.world().books
        for sequence in 1...world.lastSequence { folded.apply(world.journal.entry(sequence)?.events ?? []) }
        #expect(folded == world.books, "seed \(seed)")
    }

    private func content(_ random: inout SeededRandom) -> SaveProfile.Content {
        var content = SaveProfile.Content()
        content.source = .account(AccountText(Self.cards[random.uniform(in: 0...2)]))
        content.holder.name = Self.names[random.uniform(in: 0...2)]
        content.holder.company = Self.names[random.uniform(in: 0...2)]
        if random.uniform(below: 2) == 0 { content.expiry = .date(CardExpiry(month: 12, year: 2030)) }
        return content
    }

    private func save(
        _ world: inout World, _ target: SaveProfile.Target, _ content: SaveProfile.Content, asDefault: Bool
    ) throws -> SaveProfile.Saved {
        var command = SaveProfile(service: "test", merchant: Sample.late, target: target, content: content)
        command.makesDefault = asDefault
        return try #require(try world.run(command).saved)
    }

    private func create(_ world: inout World, _ naive: inout Naive, _ random: inout SeededRandom) throws {
        let asDefault = random.uniform(below: 2) == 0
        let saved = try save(&world, .new, content(&random), asDefault: asDefault)
        let id = saved.key.profile.id
        if let twin = naive.twin(of: saved.account) {
            #expect(saved.wasThere && twin == (id, saved.key.number))
            if asDefault, let index = naive.profiles.firstIndex(where: { $0.id == id }) {
                naive.profiles[index].defaultNumber = saved.key.number
            }
        } else {
            #expect(!saved.wasThere && saved.key.number == 1 && !naive.profiles.contains { $0.id == id })
            #expect(id.text.count == 20 && id.text.hasPrefix("1"))
            naive.profiles.append(Naive.Profile(id: id, accounts: [saved.account], defaultNumber: 1, lastNumber: 1))
        }
    }

    private func add(_ world: inout World, _ naive: inout Naive, _ random: inout SeededRandom) throws {
        guard !naive.profiles.isEmpty else { return }
        let index = random.uniform(in: 0...(naive.profiles.count - 1))
        let asDefault = random.uniform(below: 3) == 0
        let saved = try save(&world, .added(to: naive.profiles[index].id), content(&random), asDefault: asDefault)
        naive.profiles[index].lastNumber += 1
        #expect(saved.key.number == naive.profiles[index].lastNumber)
        naive.profiles[index].accounts.append(saved.account)
        if asDefault { naive.profiles[index].defaultNumber = saved.key.number }
    }

    private func update(_ world: inout World, _ naive: inout Naive, _ random: inout SeededRandom) throws {
        guard !naive.profiles.isEmpty else { return }
        let index = random.uniform(in: 0...(naive.profiles.count - 1))
        let position = random.uniform(in: 0...(naive.profiles[index].accounts.count - 1))
        let number = naive.profiles[index].accounts[position].number
        let saved = try save(
            &world, .stored(naive.profiles[index].id, number: number), content(&random), asDefault: false)
        #expect(saved.key.number == number && saved.wasThere)
        naive.profiles[index].accounts[position] = saved.account
    }

    private func delete(_ world: inout World, _ naive: inout Naive, _ random: inout SeededRandom) throws {
        guard !naive.profiles.isEmpty else { return }
        let index = random.uniform(in: 0...(naive.profiles.count - 1))
        let profile = naive.profiles[index]
        let account = profile.accounts[random.uniform(in: 0...(profile.accounts.count - 1))]
        let number = random.uniform(below: 4) == 0 ? nil : account.number
        let told = try world.run(
            DeleteProfile(service: "test", merchant: Sample.late, id: profile.id, number: number))
        if number == nil || profile.accounts.count == 1 {
            naive.profiles.remove(at: index)
            #expect(told.code == Refusal.profileDeleted.rawValue)
        } else if number == profile.defaultNumber {
            #expect(told.code == Refusal.defaultAccountInUse.rawValue)
        } else {
            naive.profiles[index].accounts.removeAll { $0.number == number }
            #expect(told.code == Refusal.profileDeleted.rawValue)
        }
    }

    // MARK: - Limits

    private func full(profiles: Int = 10, accounts: Int = 999) -> World {
        Sample.world(
            Sample.behavior { parts in
                parts.limits.profiles = profiles
                parts.gateway.profiles.accountsPerProfile = accounts
            })
    }

    private func named(_ name: String) -> SaveProfile {
        var content = SaveProfile.Content()
        content.source = .account(AccountText(Sample.plain))
        content.holder.name = name
        return SaveProfile(service: "test", merchant: Sample.late, target: .new, content: content)
    }

    @Test func onlySoManyProfiles() throws {
        var world = full(profiles: 2)
        let first = try #require(try world.run(named("A")).saved)
        _ = try world.run(named("B"))
        #expect(try world.run(named("C")).told.code == Refusal.profilesExhausted.rawValue)
        #expect(world.books.profiles.count == 2)
        #expect(try world.run(named("A")).saved?.key == first.key, "what is there is found")
        let paid = try world.authorize(100) { $0.profile = .store }
        #expect(paid.isApproved && paid.details.storedAccount == nil, "a payment does not fail for it")
        _ = try world.run(DeleteProfile(service: "test", merchant: Sample.late, id: first.key.profile.id, number: nil))
        #expect(try world.run(named("C")).saved != nil)
    }

    @Test func onlySoManyAccounts() throws {
        var world = full(accounts: 2)
        var command = named("A")
        let first = try #require(try world.run(command).saved)
        command.target = .added(to: first.key.profile.id)
        #expect(try world.run(command).saved?.key.number == 2)
        #expect(try world.run(command).told.code == Refusal.invalidField.rawValue)
        #expect(world.books.profiles[first.key.profile]?.count == 2)
    }

    @Test func sharedBySite() throws {
        var world = Sample.world(Sample.behavior { $0.gateway.profiles.areSharedBySite = true })
        let saved = try #require(try world.run(named("A")).saved)
        let id = saved.key.profile.id
        let paid = try world.authorize(100, of: Sample.early) { command in
            command.source = .missing
            command.profile = .stored(id, number: nil)
        }
        #expect(paid.isApproved && paid.details.storedAccount == saved.key)
        let elsewhere = try world.authorize(100, of: Sample.other) { $0.profile = .stored(id, number: nil) }
        #expect(elsewhere.response.code == Refusal.profileNotFound.rawValue)
    }

    /// A rule that strikes before the commit point keeps nothing; one that strikes after it keeps what is not told.
    @Test(arguments: Delivery.CommitPoint.allCases)
    func rules(_ strikes: Delivery.CommitPoint) throws {
        var rule = rulesRule("refuse") { $0.operations = ["profile"] }
        rule.action = RuleAction(answer: .refuse(.invalidField), delivery: Delivery(strikes: strikes))
        var world = Sample.world(Sample.behavior(rules: [rule]))
        let outcome = try world.run(named("A"))
        #expect(outcome.told.code == Refusal.invalidField.rawValue && outcome.saved == nil)
        #expect(world.books.profiles.count == (strikes == .after ? 1 : 0))
    }
}
