import Replays
import Testing

@Suite struct FidelityPagesTests {
    /// One replay of a service, and the page that comes of it.
    private static func page(_ text: String, notes: String? = nil) throws -> String {
        let replay = try ReplayParser.parse(text, path: "shop/a.replay")
        let service = FidelityPages.Service(name: "shop", replays: [replay], notes: notes)
        return FidelityPages(services: [service], index: "", replaysPrefix: "../replays/", servicesPrefix: "fidelity/")
            .page(of: service)
    }

    private static let session = """
        # Sales and what becomes of them.
        # provenance: documented (guide)
        # switch: randomize

        ## (an order)
        > PUT /shop/v2/order
        < 200
        {"id":"${id=digits}"}

        ## it is found
        # provenance: observed (a | recording)
        # switch: gateway.secondVoid
        # switch: cards
        > GET /shop/v2/order/${id}/7?full=1
        < 200
        ${any}

        ## and found by name
        > GET /shop/v2/order/larry/7
        < 200
        ${any}

        ## it is found
        # provenance: observed (a | recording)
        # switch: gateway.secondVoid
        # switch: cards
        > GET /shop/v2/order/${id}/8
        < 200
        ${any}

        @ settle

        ## nothing here
        # provenance: inferred
        > GET /shop/v2/odrer
        < 404
        ${any}
        """

    @Test func wholePage() throws {
        let page = try Self.page(Self.session)
        #expect(
            page == """
                <!-- Made by scripts/fidelity from replays and notes: change those, not this page. -->

                # shop

                ## Coverage

                | Endpoint | Methods | Behaviours | documented | observed | inferred |
                | --- | --- | --- | --- | --- | --- |
                | `/shop/v2/order/…/…` | GET | 2 | 1 | 1 | 0 |
                | paths that do not exist | | 1 | 0 | 0 | 1 |

                ## Sales and what becomes of them

                [a.replay](../replays/shop/a.replay), below `/shop/v2`. Source, where a row names none: guide.

                | Endpoint | Behaviour | Sure | Source | Switch |
                | --- | --- | --- | --- | --- |
                | `order/…/…` | it is found | observed | a \\| recording | `randomize`, `gateway.secondVoid`, `cards` |
                | `order/larry/…` | and found by name | documented | | `randomize` |
                | `odrer` | nothing here | inferred | | `randomize` |

                """)
    }

    @Test func notesStandAroundIt() throws {
        let page = try Self.page(Self.session, notes: "# Shop\n\nBefore.\n\n<!-- behaviours -->\n\nBehind.\n")
        #expect(page.contains("# Shop\n\nBefore.\n\n## Coverage"))
        #expect(page.hasSuffix("`randomize` |\n\nBehind.\n"))
    }

    @Test func index() throws {
        let replay = try ReplayParser.parse(Self.session, path: "shop/a.replay")
        let services = [
            FidelityPages.Service(
                name: "shop", replays: [replay], notes: "<!-- x -->\n# The Shop\n<!-- behaviours -->\n"),
            FidelityPages.Service(name: "bank", replays: [replay, replay], notes: nil),
        ]
        let pages = FidelityPages(
            services: services, index: "# All\n\n<!-- services -->\n", replaysPrefix: "", servicesPrefix: "f/")
        #expect(
            pages.indexPage.hasSuffix(
                """
                # All

                | Service | Replays | Behaviours | documented | observed | inferred |
                | --- | --- | --- | --- | --- | --- |
                | [The Shop](f/shop.md) | 1 | 3 | 1 | 1 | 1 |
                | [bank](f/bank.md) | 2 | 6 | 2 | 2 | 2 |
                | all | 3 | 9 | 3 | 3 | 3 |

                """))
    }

    @Test(arguments: [
        ("## a\n# switch:\n> GET /\n< 200\n", "'switch' needs a value"),
        ("> GET /\n# switch: a\n< 200\n", "'switch' belongs between the title of a step and its request"),
        ("# swich: a\n> GET /\n< 200\n", "there is no directive 'swich'"),
    ])
    func mistakes(_ row: (text: String, message: String)) {
        #expect {
            try ReplayParser.parse(row.text, path: "a.replay")
        } throws: { error in
            (error as? ReplayMistakes)?.diagnostics.map(\.message) == [row.message]
        }
    }
}
