/// Chance that is the same on every machine: a number below a million out of a seed and the place of the draw.
enum SeededDraw {
    static let sides = 1_000_000

    /// - Parameter number: how many draws came before it in the same row; 0 for the first.
    static func draw(seed: UInt64, rule: Int, merchant: String, number: Int) -> Int {
        var state = mixed(seed)
        state = mixed(state ^ UInt64(bitPattern: Int64(rule)))
        for byte in merchant.utf8 { state = mixed(state ^ UInt64(byte)) }
        // The length keeps a merchant apart from one whose name it begins.
        state = mixed(state ^ UInt64(merchant.utf8.count))
        state = mixed(state ^ UInt64(bitPattern: Int64(number)))
        return Int(state.multipliedFullWidth(by: UInt64(sides)).high)
    }

    /// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
