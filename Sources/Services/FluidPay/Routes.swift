import HTTP
import ServiceKit

/// Method and path → endpoint: the table of contents of the service. Paths are matched as spelled.
enum Routes {
    struct Route: PathRoute {
        let pattern: PathPattern
        let methods: [HTTPMethod]
        let operation: String
        let answer: @Sendable (FluidCall) -> ServiceAnswer

        /// - Parameter pattern: a segment that starts with `:` takes any text.
        init(
            _ method: HTTPMethod, _ pattern: String, _ operation: String,
            _ answer: @escaping @Sendable (FluidCall) -> ServiceAnswer
        ) {
            self.pattern = PathPattern(pattern.split(separator: "/").map(String.init))
            methods = [method]
            self.operation = operation
            self.answer = answer
        }
    }

    private static let all =
        access + users + transactions + amounts + vault + legacyCustomers + recurring + fileBatches + tokenizer
        + webhooks + terminals + invoices + records + carts + processors
    private static let table = RouteTable(all)

    private static let access = [
        Route(.post, "/api/token-auth", "signIn", SessionEndpoints.signIn),
        Route(.get, "/api/logout", "signOut", SessionEndpoints.signOut),
        Route(.get, "/api/fphc", "healthCheck", SessionEndpoints.health),
    ]

    private static let users = [
        Route(.post, "/api/user", "createUser", UserEndpoints.create),
        Route(.get, "/api/user", "currentUser", UserEndpoints.current),
        Route(.get, "/api/users", "listUsers", UserEndpoints.list),
        Route(.post, "/api/user/change-password", "changePassword", UserEndpoints.changePassword),
        Route(.post, "/api/user/forgot-username", "forgotUsername", RecoveryEndpoints.username),
        Route(.post, "/api/user/forgot-password", "forgotPassword", RecoveryEndpoints.password),
        Route(.post, "/api/user/forgot-password/reset", "resetPassword", RecoveryEndpoints.reset),
        Route(.post, "/api/user/apikey", "makeKey", UserEndpoints.makeKey),
        Route(.get, "/api/user/apikeys", "listKeys", UserEndpoints.keys),
        Route(.get, "/api/user/apikey", "listKeys", UserEndpoints.keys),
        Route(.delete, "/api/user/apikey/:id", "deleteKey", UserEndpoints.deleteKey),
        Route(.get, "/api/user/:id", "findUser", UserEndpoints.find),
        Route(.post, "/api/user/:id", "updateUser", UserEndpoints.update),
        Route(.delete, "/api/user/:id", "deleteUser", UserEndpoints.delete),
    ]

    private static let amounts = [
        Route(.post, "/api/lookup/fees", "lookUpFees", AmountEndpoints.fees),
        // The path that the documentation's example prints.
        Route(.post, "/api/api/lookup/fees", "lookUpFees", AmountEndpoints.fees),
        Route(.post, "/api/lookup/bin/protected", "lookUpBIN", AmountEndpoints.bin),
        Route(.post, "/api/calculate/amounts", "calculateAmounts", AmountEndpoints.calculate),
        Route(.post, "/api/settlement/batch/search", "searchBatches", BatchEndpoint.answer),
    ]

    private static let invoices = [
        Route(.post, "/api/invoice", "createInvoice", InvoiceEndpoints.create),
        Route(.get, "/api/invoice/:id", "findInvoice", InvoiceEndpoints.find),
        Route(.post, "/api/invoice/:id", "updateInvoice", InvoiceEndpoints.update),
        Route(.delete, "/api/invoice/:id", "deleteInvoice", InvoiceEndpoints.delete),
        Route(.post, "/api/invoice/:id/resend", "resendInvoice", InvoiceEndpoints.resend),
        Route(.post, "/api/invoice/:id/mark-as-paid", "markInvoiceAsPaid", InvoiceEndpoints.markAsPaid),
        Route(.post, "/api/invoice/:id/reactivate", "reactivateInvoice", InvoiceEndpoints.reactivate),
        Route(.post, "/api/invoice/:id/pay", "payInvoice", InvoiceEndpoints.pay),
        Route(.post, "/api/invoices/search", "searchInvoices", InvoiceEndpoints.search),
    ]

    private static let records = [
        Route(.post, "/api/customfield", "createCustomField", RecordEndpoints.customFields.create),
        Route(.get, "/api/customfields", "listCustomFields", RecordEndpoints.customFields.list),
        Route(.get, "/api/customfield/:id", "findCustomField", RecordEndpoints.customFields.find),
        Route(.post, "/api/customfield/:id", "updateCustomField", RecordEndpoints.customFields.update),
        Route(.delete, "/api/customfield/:id", "deleteCustomField", RecordEndpoints.customFields.delete),
        Route(.post, "/api/merchant/:merchant/product", "createProduct", RecordEndpoints.products.create),
        Route(.get, "/api/merchant/:merchant/product", "listProducts", RecordEndpoints.products.list),
        Route(.post, "/api/merchant/:merchant/product/search", "searchProducts", RecordEndpoints.products.search),
        Route(.get, "/api/merchant/:merchant/product/:id", "findProduct", RecordEndpoints.products.find),
        Route(.post, "/api/merchant/:merchant/product/:id", "updateProduct", RecordEndpoints.products.update),
        Route(.delete, "/api/merchant/:merchant/product/:id", "deleteProduct", RecordEndpoints.products.delete),
    ]

    private static let carts = [
        Route(.post, "/api/merchant/:merchant/cart", "createCart", RecordEndpoints.carts.create),
        Route(.get, "/api/merchant/:merchant/cart", "listCarts", RecordEndpoints.carts.list),
        Route(.post, "/api/merchant/:merchant/cart/search", "searchCarts", RecordEndpoints.carts.search),
        Route(.get, "/api/merchant/:merchant/cart/:id", "findCart", RecordEndpoints.carts.find),
        Route(.post, "/api/merchant/:merchant/cart/:id", "updateCart", RecordEndpoints.carts.update),
        Route(.delete, "/api/merchant/:merchant/cart/:id", "deleteCart", RecordEndpoints.carts.delete),
    ]

    private static let processors = [
        Route(.get, "/api/merchant/:merchant/processors", "listProcessors", ProcessorEndpoints.list),
        Route(.get, "/api/merchant/:merchant/processor/:id", "findProcessor", ProcessorEndpoints.find),
        Route(.post, "/api/merchant/:merchant/processor/:id", "updateProcessor", ProcessorEndpoints.update),
    ]

    private static let terminals = [
        Route(.get, "/api/terminals", "listTerminals", TerminalEndpoints.list),
        Route(.post, "/api/terminal/:id/settle", "settleTerminal", TerminalEndpoints.settle),
    ]

    private static let webhooks = [
        Route(.post, "/api/merchant/:merchant/webhook/test", "testWebhook", WebhookEndpoints.test),
        Route(
            .post, "/api/merchant/:merchant/webhook/:id/rotate-secret", "rotateWebhookSecret", WebhookEndpoints.rotate),
        Route(
            .post, "/api/merchant/:merchant/webhook/:id/expire-previous-secret", "expireWebhookSecret",
            WebhookEndpoints.expirePrevious),
    ]

    private static let tokenizer = [
        Route(.get, "/tokenizer/tokenizer.js", "tokenizerScript", TokenizerEndpoints.script),
        Route(.get, "/tokenizer/frame.js", "tokenizerFrameScript", TokenizerEndpoints.frameScript),
        Route(.get, "/api/tokenizer/:key", "tokenizerPage", TokenizerEndpoints.page),
        Route(.post, "/api/tokenizer/:key/fees", "lookUpFees", TokenizerEndpoints.fees),
        Route(.post, "/api/tokenizer/:key", "makeTemporaryToken", TokenizerEndpoints.makeToken),
    ]

    private static let fileBatches = [
        Route(.post, "/api/filebatch", "uploadFileBatch", FileBatchEndpoints.upload),
        Route(.get, "/api/filebatch/:id", "findFileBatch", FileBatchEndpoints.find),
        Route(.get, "/api/filebatch/:id/download", "downloadFileBatch", FileBatchEndpoints.download),
    ]

    private static let transactions = [
        Route(.post, "/api/transaction/multi", "chargeSeveral", SeveralEndpoints.charge),
        Route(.post, "/api/transaction/multi/void", "voidSeveral", SeveralEndpoints.void),
        Route(.post, "/api/transaction/multi/refund", "refundSeveral", SeveralEndpoints.refund),
        Route(.post, "/api/transaction/:id/email", "emailReceipt", ReceiptEndpoints.email),
        Route(.post, "/api/transaction/:id/print", "printReceipt", ReceiptEndpoints.print),
        Route(.post, "/api/transaction/:id/tipadjust", "adjustTip", ReceiptEndpoints.tip),
        Route(.post, "/api/transaction/search", "searchTransactions", SearchEndpoint.answer),
        Route(.post, "/api/transaction", "charge", TransactionEndpoint.answer),
        Route(.get, "/api/transaction/:id", "findTransaction", FollowUpEndpoints.find),
        Route(.post, "/api/transaction/:id/capture", "capture", FollowUpEndpoints.capture),
        Route(.post, "/api/transaction/:id/void", "void", FollowUpEndpoints.void),
        Route(.post, "/api/transaction/:id/refund", "refund", FollowUpEndpoints.refund),
    ]

    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        if let place = table.place(request.http.method, request.path, behind: "") {
            return answer(request, all[place], PathParameters())
        }
        let segments = (request.segments(behind: "") ?? []).filter { !$0.isEmpty }
        switch table.match(request.http.method, segments) {
        case .route(let place, let parameters):
            return answer(request, all[place], parameters)
        case .otherMethods(let methods):
            return FluidCall(request, PathParameters(), operation: "methodNotAllowed").failed(
                .methodNotAllowed(methods))
        case .nothing:
            return FluidCall(request, PathParameters(), operation: "noSuchPath").failed(.notFound)
        }
    }

    private static func answer(_ request: ServiceRequest, _ route: Route, _ parameters: PathParameters) -> ServiceAnswer
    {
        route.answer(FluidCall(request, parameters, operation: route.operation))
    }
}
