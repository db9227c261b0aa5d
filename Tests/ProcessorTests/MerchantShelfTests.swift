import Payments
import Processor
import PropertySupport
import Testing

/// The counters of merchants against a dictionary, with more merchants than the table begins with.
@Suite struct MerchantShelfTests {
    @Test(arguments: PropertySeeds.few)
    func likeADictionary(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let scopes = Environment.allCases.map { SiteScope(site: "fts", environment: $0) }
        let merchants = scopes.flatMap { scope in
            (0..<60).map { MerchantKey(scope: scope, id: MerchantID("\(496_160_000_000 + $0)")) }
        }
        var shelf = MerchantShelf()
        var model: [MerchantKey: Int] = [:]
        var order: [MerchantKey] = []
        var copy: (shelf: MerchantShelf, model: [MerchantKey: Int])?
        for step in 1...2_000 {
            let merchant = merchants[random.below(1 + min(merchants.count - 1, step / 8))]
            shelf.change(merchant) { $0.references = ReferenceSequence(firstCounter: step) }
            if model.updateValue(step, forKey: merchant) == nil { order.append(merchant) }
            if step == 400 { copy = (shelf, model) }
        }
        #expect(shelf.all.map(\.merchant) == order, "seed \(seed)")
        for merchant in merchants {
            #expect(shelf.references(of: merchant)?.counter == model[merchant], "seed \(seed): \(merchant)")
            #expect(shelf[merchant]?.references?.counter == model[merchant], "seed \(seed): \(merchant)")
            #expect(copy?.shelf[merchant]?.references?.counter == copy?.model[merchant], "a copy does not change")
        }
    }
}
