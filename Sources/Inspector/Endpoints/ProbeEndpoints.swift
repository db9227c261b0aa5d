import JSON

/// Whether the process lives, takes requests, and what it is.
enum ProbeEndpoints {
    static let health: Route.Handler = { _ throws(ControlFault) in ControlAnswer(200, ["status": "ok"]) }

    static let readiness: Route.Handler = { call throws(ControlFault) in
        guard call.api.isReady() else { throw .notReady }
        return ControlAnswer(200, ["status": "ok"])
    }

    static let version: Route.Handler = { call throws(ControlFault) in
        let version = call.api.version
        return ControlAnswer(
            200,
            [
                "product": .string(version.product), "version": .string(version.version),
                "commit": version.commit.map { .string($0) } ?? .null, "api": "v1",
            ])
    }

    static let authority: Route.Handler = { call throws(ControlFault) in
        guard let certificate = call.api.configuration.authority else { throw .noAuthority }
        return ControlAnswer(200, ["certificate": .string(certificate)])
    }

    static let openAPI: Route.Handler = { call throws(ControlFault) in
        var answer = ControlAnswer(200, OpenAPIDocument(call.api).json)
        answer.isOpen = true
        return answer
    }
}
