import Payments
import Processor

/// A terminal while it is read.
struct TerminalDraft: Sendable {
    var serial = ""
    var merchant = ""
    var merchantPlace: Place?
    var site: SiteName?
    var environment = Environment.uat
    var model = ""
    var modelPlace: Place?
    var name = ""
    var connection = Terminal.Connection.online
    var merchantMode = false
    var heldElsewhere = false
    var lowPower = false
    var operated = false
    var activationCode = ""
    var script = CardholderScript()
    var place: Place

    static let reader = Section<TerminalDraft>(
        "a terminal",
        [
            Field("hsn", \.serial, .name("a serial number"), required: true, "the serial number"),
            Field("merchant", .name("a merchant id"), required: true, "the merchant on whose counter it stands") {
                id, member, draft, _ in
                draft.merchant = id
                draft.merchantPlace = member.value.place
            },
            Field("site", \.site, .site, "the merchant's site; left out: the first one that has the merchant"),
            Field("environment", \.environment, .choice("environment"), "UAT or PROD; left out: UAT"),
            Field("model", .name("the name of a model"), required: true, "a model of the tables 'models'") {
                model, member, draft, _ in
                draft.model = model
                draft.modelPlace = member.value.place
            },
            Field("name", \.name, .text, "a name for people"),
            Field("connection", \.connection, .choice("connection"), "online, offline or unregistered"),
            Field("merchantMode", \.merchantMode, .flag, "true: somebody works with the device itself"),
            Field("heldElsewhere", \.heldElsewhere, .flag, "true: another system holds it"),
            Field("lowPower", \.lowPower, .flag, "true: not enough power to print"),
            Field("operated", \.operated, .flag, "true: questions wait for somebody who acts by the control API"),
            Field("activationCode", \.activationCode, .text, "the code that activates it"),
            Field("script", \.script, CardholderScriptDraft.script, "what the cardholder in front of it does"),
            Field("note", .text, "for people") { _, _, _, _ in },
        ]
    ).reader { TerminalDraft(place: $0.place) }

    func add(to settings: inout TerminalSettings, _ reading: Reading) {
        guard let model = settings.model(model) else {
            return reading.unknown(
                "terminal model", self.model, at: modelPlace ?? place, among: settings.models.map(\.name))
        }
        let owner = reading.sites.first { site in site.merchants.contains { $0.id.text == merchant } }
        if owner == nil, site == nil {
            reading.report(
                .warning, at: merchantPlace ?? place,
                "no site has the merchant \(Quoting.quote(merchant)); until it is boarded, nobody reaches the terminal")
        }
        guard let site = site ?? owner?.name ?? reading.sites.first?.name else { return }
        var terminal = Terminal(
            serial: TerminalSerial(serial), site: site, environment: environment, merchant: MerchantID(merchant),
            model: model)
        terminal.name = name
        terminal.connection = connection
        terminal.isInMerchantMode = merchantMode
        terminal.isHeldElsewhere = heldElsewhere
        terminal.isOnLowPower = lowPower
        terminal.isOperated = operated
        terminal.activationCode = activationCode
        terminal.script = script
        terminal.source = place.sourceLine
        if settings[terminal.key] != nil {
            reading.report(.error, at: place, "a second terminal \(Quoting.quote(serial))")
        }
        settings.add(terminal)
    }
}
