package import Payments

/// A kind of terminal and what it can do.
package struct TerminalModel: Hashable, Sendable {
    /// The two families, which differ in what they accept.
    package enum Family: String, Hashable, Sendable, CaseIterable {
        case ingenico = "Ingenico"
        case clover = "Clover"
    }

    package var name: String
    package var family: Family
    /// In pixels.
    package var screenWidth: Int
    package var screenHeight: Int
    package var hasPINPad = true
    package var readsStripes = true
    package var readsChips = true
    package var readsContactless = true
    package var capturesSignatures = true
    package var prints = false
    /// The version of its program, as it is told on request.
    package var programVersion = ""

    package init(name: String, family: Family, screenWidth: Int, screenHeight: Int) {
        self.name = name
        self.family = family
        self.screenWidth = screenWidth
        self.screenHeight = screenHeight
    }
}

/// One device on a merchant's counter.
package struct Terminal: Hashable, Sendable {
    package enum Connection: String, Hashable, Sendable, CaseIterable {
        case online
        /// Known to the service, but switched off or out of reach.
        case offline
        /// Never spoke to the service.
        case unregistered
    }

    package var serial: TerminalSerial
    package var site: SiteName
    package var environment: Environment
    package var merchant: MerchantID
    package var model: TerminalModel
    package var name = ""
    package var connection: Connection = .online
    /// A person works with the device itself, and the service cannot.
    package var isInMerchantMode = false
    /// Another system holds the device.
    package var isHeldElsewhere = false
    /// Not enough power to print.
    package var isOnLowPower = false
    /// Nobody follows the script: questions wait for somebody who runs the test.
    package var isOperated = false
    package var activationCode = ""
    package var script = CardholderScript()
    package var source: SourceLine?

    package init(
        serial: TerminalSerial, site: SiteName, environment: Environment = .uat, merchant: MerchantID,
        model: TerminalModel
    ) {
        self.serial = serial
        self.site = site
        self.environment = environment
        self.merchant = merchant
        self.model = model
    }

    package var scope: SiteScope { SiteScope(site: site, environment: environment) }
    package var key: TerminalKey { TerminalKey(scope: scope, serial: serial) }
    package var printsNow: Bool { model.prints && !isOnLowPower }
}
