import HTTP

/// Method and path → endpoint: the table of contents.
enum Routes {
    static let all =
        probes + worlds + clock + journal + TerminalEndpoints.routes + BoardingEndpoints.routes
        + WebhookEndpoints.routes

    private static let probes = [
        Route(
            method: .get, path: "/healthz", id: "getHealth", group: "Probes", about: "Says that the process is alive.",
            isOpen: true, success: (200, "It is.", .named(Shapes.probe)), answer: ProbeEndpoints.health),
        Route(
            method: .get, path: "/readyz", id: "getReadiness", group: "Probes",
            about: "Says whether requests are taken: not while the server is stopping.", isOpen: true,
            success: (200, "They are.", .named(Shapes.probe)), faults: [503], answer: ProbeEndpoints.readiness),
        Route(
            method: .get, path: "/version", id: "getVersion", group: "Probes", about: "Says what runs here.",
            success: (200, "The version.", .named(Shapes.version)), answer: ProbeEndpoints.version),
        Route(
            method: .get, path: "/v1/openapi.json", id: "getOpenAPI", group: "Probes",
            about: "This document, made from the table that routes requests.",
            success: (200, "An OpenAPI 3.1 document.", .map(.anything)), answer: ProbeEndpoints.openAPI),
        Route(
            method: .get, path: "/v1/authority", id: "getAuthority", group: "Probes",
            about: "Shows the certificate that clients have to trust when the services are called over HTTPS.",
            success: (200, "The certificate of the local authority.", .named(Shapes.authority)), faults: [404],
            answer: ProbeEndpoints.authority),
    ]

    private static let worlds = [
        Route(
            method: .get, path: "/v1/worlds", id: "listWorlds", group: "Worlds", about: "Lists the worlds by name.",
            success: (200, "All worlds.", .named(Shapes.worlds)), faults: [503], answer: WorldEndpoints.list),
        Route(
            method: .post, path: "/v1/worlds", id: "createWorld", group: "Worlds",
            about: "Makes a world from a scenario; without one, from that of 'main'.", body: Shapes.newWorld,
            success: (201, "The new world.", .named(Shapes.world)), faults: [409, 503], answer: WorldEndpoints.create),
        Route(
            method: .get, path: "/v1/worlds/{world}", id: "getWorld", group: "Worlds", about: "Shows a world.",
            success: (200, "The world.", .named(Shapes.world)), faults: [404, 503], answer: WorldEndpoints.show),
        Route(
            method: .delete, path: "/v1/worlds/{world}", id: "deleteWorld", group: "Worlds",
            about: "Removes a world; 'main' stays. Answers that wait for its clock are sent.",
            success: (204, "It is gone.", nil), faults: [404, 409], answer: WorldEndpoints.delete),
        Route(
            method: .post, path: "/v1/worlds/{world}/fork", id: "forkWorld", group: "Worlds",
            about: "Makes an independent copy of a world as it is now.", body: Shapes.fork,
            success: (201, "The copy.", .named(Shapes.world)), faults: [404, 409, 503], answer: WorldEndpoints.fork),
        Route(
            method: .post, path: "/v1/worlds/{world}/rewind", id: "rewindWorld", group: "Worlds",
            about: "Makes a world what it was after an entry of its journal; what came later is gone.",
            body: Shapes.rewind, success: (200, "The world as it was.", .named(Shapes.world)), faults: [404, 503],
            answer: WorldEndpoints.rewind),
        Route(
            method: .post, path: "/v1/worlds/{world}/reset", id: "resetWorld", group: "Worlds",
            about: "Puts a world back to its beginning: as it was created, or as it was forked. Answers that wait for "
                + "its clock are sent.",
            success: (200, "The world as it began.", .named(Shapes.world)), faults: [404, 503],
            answer: WorldEndpoints.reset),
    ]

    private static let clock = [
        Route(
            method: .get, path: "/v1/worlds/{world}/clock", id: "getClock", group: "Clock", about: "Reads the clock.",
            success: (200, "The clock.", .named(Shapes.clock)), faults: [404, 503], answer: ClockEndpoints.show),
        Route(
            method: .put, path: "/v1/worlds/{world}/clock", id: "setClock", group: "Clock",
            about: "Sets mode, time, or both. What is not said stays. Moving over a settlement time settles, and sends "
                + "the answers that waited for the time.",
            body: Shapes.clockChange, success: (200, "The clock, and what was settled.", .named(Shapes.clockMoved)),
            faults: [404, 503], answer: ClockEndpoints.set),
        Route(
            method: .post, path: "/v1/worlds/{world}/settlement", id: "runSettlement", group: "Clock",
            about: "Settles the open batches now, whatever the clock says.",
            success: (200, "What was settled.", .named(Shapes.settlement)), faults: [404, 503],
            answer: ClockEndpoints.settle),
    ]

    private static let journal = [
        Route(
            method: .get, path: "/v1/worlds/{world}/journal", id: "listEntries", group: "Journal",
            about: "Pages through the journal. Filters hold together; 'next' of a page leads to the one behind it.",
            query: Shapes.journalQuery, success: (200, "A page.", .named(Shapes.page)), faults: [404, 503],
            answer: JournalEndpoints.list),
        Route(
            method: .get, path: "/v1/worlds/{world}/journal/{sequence}", id: "getEntry", group: "Journal",
            about: "Shows one entry.", success: (200, "The entry.", .named(Shapes.entry)), faults: [404, 503],
            answer: JournalEndpoints.show),
    ]
}
