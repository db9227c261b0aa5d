import Payments
import Processor
import Testing

/// What a world keeps of boarding: at the limit all is well, one more is refused, or the oldest is forgotten.
@Suite struct BoardingBoundsTests {
    private func world(_ change: @escaping (inout LimitSettings) -> Void) -> World {
        Sample.world(
            Sample.behavior {
                change(&$0.limits)
                $0.boarding.templates = [BoardingSettings.Template(id: 1, processor: "AAA")]
            })
    }

    private func perform(_ action: BoardingCommand.Action, _ world: inout World) throws -> BoardingCommand.Outcome {
        try world.run(BoardingCommand(service: "test", scope: Sample.scope, action: action))
    }

    private func apply(_ world: inout World) throws -> BoardingCommand.Outcome {
        let facts = MerchantApplication.Facts(template: 1, name: "Shop", isAcquiring: true)
        return try perform(.apply(document: "{}", facts), &world)
    }

    private func applied(_ world: inout World) throws -> ApplicationNumber {
        guard case .application(let application) = try apply(&world).get() else {
            throw BoardingCommand.Fault.unknown
        }
        return application.number
    }

    private func attach(_ bytes: Int, _ name: Int, to number: ApplicationNumber, _ world: inout World) throws -> Int {
        let content = Attachment.Content(
            fileName: "\(name).pdf", mediaType: "application/pdf", kind: "OTHER", note: nil,
            bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: name), count: bytes))
        guard case .attachment(let attached) = try perform(.attach(number, content), &world).get() else {
            throw BoardingCommand.Fault.unknown
        }
        return attached
    }

    private func fault(_ outcome: BoardingCommand.Outcome) -> BoardingCommand.Fault? {
        if case .failure(let fault) = outcome { return fault }
        return nil
    }

    @Test func oneMoreApplicationIsRefused() throws {
        var world = world { $0.applications = 3 }
        let numbers = try (0..<3).map { _ in try applied(&world) }
        #expect(Set(numbers).count == 3 && world.books.boarding.applicationCount == 3)
        let before = world.books
        #expect(fault(try apply(&world)) == .full)
        #expect(world.books == before)
        // Those that are there go on.
        #expect(fault(try perform(.askForSignature(numbers[2]), &world)) == nil)
    }

    @Test func oneMoreOrderIsRefused() throws {
        var world = world { $0.orders = 2 }
        let number = try applied(&world)
        let order = BoardingCommand.Action.order(number, equipment: 1, quantity: 1, document: "{}")
        for _ in 0..<2 { #expect(fault(try perform(order, &world)) == nil) }
        #expect(fault(try perform(order, &world)) == .full)
        #expect(world.books.boarding.orderCount == 2)
        let first = try #require(world.books.boarding.orders(of: number).first)
        // A cancelled order is remembered, and makes no room.
        #expect(fault(try perform(.cancelOrder(first.number), &world)) == nil)
        #expect(fault(try perform(order, &world)) == .full)
    }

    @Test func laterTerminalsDoNotCome() throws {
        var world = Sample.world(
            Sample.behavior {
                $0.limits.deliveredTerminals = 3
                $0.boarding.templates = [BoardingSettings.Template(id: 1, processor: "AAA")]
                var pad = BoardingSettings.Equipment()
                pad.id = 1
                pad.terminalModel = "pad"
                $0.boarding.equipment = [pad]
                $0.terminals.models = [TerminalModel(name: "pad", family: .ingenico, screenWidth: 1, screenHeight: 1)]
            })
        let number = try applied(&world)
        _ = try world.run(OperateBoarding(.application(number, .live)))
        for (quantity, terminals) in [(2, 2), (1, 3), (1, 3)] {
            let order = BoardingCommand.Action.order(number, equipment: 1, quantity: quantity, document: "{}")
            guard case .order(let made) = try perform(order, &world).get() else { throw BoardingCommand.Fault.unknown }
            _ = try world.run(OperateBoarding(.order(made.number, .shipped)))
            #expect(world.books.boarding.order(made.number)?.status == .shipped)
            #expect(world.books.terminals.deliveredCount == terminals)
        }
    }

    @Test func theOldestDocumentsAreForgotten() throws {
        var world = world { $0.attachmentBytes = 100 }
        let first = try applied(&world)
        let second = try applied(&world)
        let numbers = [
            try attach(40, 1, to: first, &world), try attach(40, 2, to: second, &world),
            try attach(20, 3, to: first, &world),
        ]
        #expect(world.books.boarding.attachmentBytes == 100)
        #expect(numbers.allSatisfy { world.books.boarding.attachment($0) != nil }, "exactly as many as fit")
        let last = try attach(1, 4, to: second, &world)
        let boarding = world.books.boarding
        #expect(boarding.attachment(numbers[0]) == nil)
        #expect(boarding.attachmentBytes == 61)
        #expect(boarding.attachments(of: first).map(\.number) == [numbers[2]])
        #expect(boarding.attachments(of: second).map(\.number) == [numbers[1], last])
        #expect(boarding.attachmentCount == 4)
    }

    @Test func theNewestDocumentIsKeptHoweverLarge() throws {
        var world = world { $0.attachmentBytes = 100 }
        let number = try applied(&world)
        _ = try attach(10, 1, to: number, &world)
        let large = try attach(101, 2, to: number, &world)
        #expect(world.books.boarding.attachments(of: number).map(\.number) == [large])
        let small = try attach(1, 3, to: number, &world)
        #expect(world.books.boarding.attachments(of: number).map(\.number) == [small])
    }

    /// Documents without content cost no bytes, and are counted.
    @Test func asManyDocumentsAsAreCounted() throws {
        var world = world { $0.attachments = 3 }
        let number = try applied(&world)
        for name in 0..<3 { _ = try attach(0, name, to: number, &world) }
        let oldest = try #require(world.books.boarding.attachments(of: number).first?.number)
        #expect(world.books.boarding.attachments(of: number).count == 3)
        _ = try attach(0, 0, to: number, &world)
        #expect(world.books.boarding.attachments(of: number).count == 3)
        #expect(world.books.boarding.attachment(oldest) == nil)
    }

    /// The books of a bounded world are the fold of its events, too.
    @Test func rewindingAcrossTheLimits() throws {
        var world = world {
            $0.applications = 2
            $0.attachmentBytes = 30
        }
        var past = [world.books]
        let number = try applied(&world)
        past.append(world.books)
        for name in 0..<4 {
            _ = try attach(20, name, to: number, &world)
            past.append(world.books)
        }
        for sequence in past.indices.reversed() {
            try world.rewind(to: sequence)
            #expect(world.books == past[sequence], "after entry \(sequence)")
        }
    }
}
