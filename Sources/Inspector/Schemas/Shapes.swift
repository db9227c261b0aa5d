import JSON

/// The shapes of what comes in and goes out, with the names that they have in the OpenAPI document.
enum Shapes {
    private typealias Field = Schema.Field
    typealias Component = Schema.Component

    /// The segments in braces.
    static let pathParameters: [String: Schema.Field] = [
        "world": Schema.Field("world", .text, "The name of a world."),
        "hsn": Schema.Field(
            "hsn", .text, "The serial number of a terminal; of two sites that have it, the first counts."),
        "message": Schema.Field("message", .anyInteger, "The number of a message to a webhook."),
        "merchantId": Schema.Field("merchantId", .anyInteger, "The merchant id of the boarding service."),
        "orderId": Schema.Field("orderId", .anyInteger, "The number of an order of equipment."),
        "sequence": Schema.Field("sequence", .anyInteger, "The number of an entry, counted from 1."),
    ]

    static let error = Component(
        "Error", "Why a request was refused.",
        .object([
            Field(
                "error",
                .object([
                    Field("code", .text, "Stable, for programs."), Field("message", .text, "For people."),
                    Field("field", .text, required: false, "The field or query parameter that does not fit."),
                    Field("allowed", .list(.text), required: false, "What would be allowed."),
                    Field("known", .list(.text), required: false, "The worlds or scenarios that there are."),
                    Field("mistakes", .list(.text), required: false, "The mistakes of a scenario."),
                    Field("offset", .anyInteger, required: false, "The byte at which the body stops being JSON."),
                    Field("rewindable", .named(range), required: false, "The entries that can be gone back to."),
                ]))
        ]))

    // MARK: - Probes

    static let probe = Component("Probe", "The state of the process.", .object([Field("status", .choice(["ok"]))]))

    static let version = Component(
        "Version", "What runs here.",
        .object([
            Field("product", .text), Field("version", .text), Field("commit", .nullable(.text)),
            Field("api", .choice(["v1"])),
        ]))

    static let authority = Component(
        "Authority", "A certificate authority of this machine.", .object([Field("certificate", .text)]))

    // MARK: - Worlds

    static let range = Component(
        "Range", "Numbers of journal entries, both ends included.",
        .object([Field("from", .anyInteger), Field("to", .anyInteger)]))

    static let moment = Component(
        "Moment", "A moment of a world's time.", .object(momentFields))

    static let momentFields = [
        Schema.Field("time", .formatted(.instant), "UTC, with milliseconds."),
        Schema.Field("localTime", .formatted(.instant), "The same moment in the zone of the world."),
    ]

    private static let mode = Schema.choice(["real", "frozen", "faster"])
    private static let name = Schema.formatted(.worldName)
    private static let seed = Schema.integer(0...UInt64.max)
    private static let clockFields = [
        Field(
            "mode", mode,
            "'real' runs as the machine's clock, 'frozen' stands still until it is moved, 'faster' runs by a factor."),
        Field("factor", .nullable(factor), "World seconds in a real second; null unless the mode is 'faster'."),
    ]
    static let factor = Schema.thousandths(1...1_000_000_000)

    static let clock = Component(
        "Clock", "The clock of a world.",
        .object(clockFields + momentFields + [zone, nextSettlement]))

    static let clockMoved = Component(
        "ClockMoved", "The clock of a world after it was set.",
        .object(clockFields + momentFields + [zone, nextSettlement, settled]))

    private static let zone = Field("zone", .text, "The zone in which the world's gateway keeps its days.")
    private static let nextSettlement = Field(
        "nextSettlement", .nullable(.named(moment)), "When the open batches are settled; null: not by themselves.")
    private static let settled = Field("settled", .list(.named(batch)), "The batches that were settled.")

    static let batch = Component(
        "SettledBatch", "What a merchant captured between two closings.",
        .object([
            Field("site", .text), Field("environment", .choice(["UAT", "PROD"])), Field("merchant", .text),
            Field("batch", .anyInteger, "The merchant's number of it."), Field("transactions", .anyInteger),
            Field(
                "net", .nullable(.named(money)),
                "Captures less refunds and credits; null when it has none, or a transaction of it is forgotten."),
            Field("openedAt", .named(moment)), Field("settledAt", .nullable(.named(moment))),
        ]))

    static let money = Component(
        "Money", "An amount.",
        .object([Field("amount", .text, "With the decimals of the currency: '10.00'."), Field("currency", .text)]))

    static let settlement = Component(
        "Settlement", "What was settled.",
        .object(momentFields + [settled, Field("lastSequence", .anyInteger, "The newest entry of the journal.")]))

    static let world = Component(
        "World", "A world.",
        .object([
            Field("name", .text), Field("scenario", .text), Field("seed", seed),
            Field("origin", .nullable(.named(origin)), "Where it was forked; null when it was created."),
            Field("clock", .named(clock)), Field("lastSequence", .anyInteger, "The newest entry of the journal."),
            Field("kept", .nullable(.named(range)), "The entries that the journal still has."),
            Field("rewindable", .named(range), "The entries that can be gone back to; 0 is the beginning."),
            Field("counts", .named(counts)),
        ]))

    static let origin = Component(
        "Origin", "Another world, and its newest entry at the moment of the fork.",
        .object([Field("world", .text), Field("sequence", .anyInteger)]))

    static let counts = Component(
        "Counts", "How much the books hold.",
        .object([
            Field("entries", .anyInteger, "Entries that the journal still has."), Field("transactions", .anyInteger),
            Field("batches", .anyInteger), Field("openBatches", .anyInteger), Field("tokens", .anyInteger),
        ]))

    static let worlds = Component("Worlds", "All worlds.", .object([Field("worlds", .list(.named(world)))]))

    // MARK: - Changes

    static let newWorld = Component(
        "NewWorld", "How a new world begins.",
        .object([
            Field("name", name),
            Field("scenario", .text, required: false, "Without it, the scenario and seed of 'main'."),
            Field("seed", seed, required: false, "Without it, the scenario's."),
            Field(
                "clock",
                .object([
                    Field("mode", mode, required: false), Field("factor", factor, required: false),
                    Field("time", .formatted(.instant), required: false),
                ]), required: false, "What differs from the scenario. 'factor' goes with the mode 'faster'."),
        ]))

    static let fork = Component(
        "Fork", "A name for the copy.",
        .object([Field("name", name), Field("seed", seed, required: false, "Without it, that of the original.")]))

    static let rewind = Component(
        "Rewind", "The entry to go back to.",
        .object([Field("sequence", .anyInteger, "0 is the beginning.")]))

    static let clockChange = Component(
        "ClockChange", "At least one of mode, time and advance. 'time' and 'advance' exclude each other.",
        .object([
            Field("mode", mode, required: false), Field("factor", factor, required: false, "With the mode 'faster'."),
            Field("time", .formatted(.instant), required: false, "Where to set it, forward or back."),
            Field("advance", .formatted(.duration), required: false, "How far to move it forward."),
        ]))
}
