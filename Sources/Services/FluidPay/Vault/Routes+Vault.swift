import HTTP

/// The customer vault, and the older paths to it.
extension Routes {
    static let vault = [
        Route(.post, "/api/vault/customer", "createCustomer", VaultEndpoints.create),
        Route(.post, "/api/vault/customer/search", "searchCustomers", VaultSearch.answer),
        Route(.get, "/api/vault/:id", "findCustomer", VaultEndpoints.find),
        Route(.delete, "/api/vault/:id", "deleteCustomer", VaultEndpoints.delete),
        Route(.post, "/api/vault/customer/:id", "updateCustomer", VaultEndpoints.update),
        Route(.post, "/api/vault/customer/:id/address", "addAddress", VaultEndpoints.addAddress),
        Route(.post, "/api/vault/customer/:id/address/:part", "updateAddress", VaultEndpoints.updateAddress),
        Route(.delete, "/api/vault/customer/:id/address/:part", "removeAddress", VaultEndpoints.removeAddress),
        Route(.post, "/api/vault/customer/:id/:kind", "addPaymentMethod", VaultEndpoints.addPayment),
        Route(.post, "/api/vault/customer/:id/:kind/:part", "updatePaymentMethod", VaultEndpoints.updatePayment),
        Route(.delete, "/api/vault/customer/:id/:kind/:part", "removePaymentMethod", VaultEndpoints.removePayment),
        Route(.post, "/api/transaction/:id/vault", "vaultTransaction", LegacyCustomerEndpoints.fromTransaction),
    ]

    static let legacyCustomers = [
        Route(.post, "/api/customer", "createCustomer", LegacyCustomerEndpoints.create),
        Route(.get, "/api/customer/:id", "findCustomer", LegacyCustomerEndpoints.find),
        Route(.post, "/api/customer/:id", "updateCustomer", LegacyCustomerEndpoints.update),
        Route(.delete, "/api/customer/:id", "deleteCustomer", VaultEndpoints.delete),
        Route(.post, "/api/customer/:id/address", "addAddress", LegacyAddressEndpoints.add),
        Route(.get, "/api/customer/:id/addresses", "listAddresses", LegacyAddressEndpoints.list),
        Route(.get, "/api/customer/:id/address/:part", "findAddress", LegacyAddressEndpoints.find),
        Route(.post, "/api/customer/:id/address/:part", "updateAddress", LegacyAddressEndpoints.update),
        Route(.delete, "/api/customer/:id/address/:part", "removeAddress", VaultEndpoints.removeAddress),
        Route(.get, "/api/customer/:id/paymentmethod/:kind", "listPaymentMethods", LegacyPaymentEndpoints.list),
        Route(.post, "/api/customer/:id/paymentmethod/:kind", "addPaymentMethod", LegacyPaymentEndpoints.add),
        Route(.get, "/api/customer/:id/paymentmethod/:kind/:part", "findPaymentMethod", LegacyPaymentEndpoints.find),
        Route(
            .post, "/api/customer/:id/paymentmethod/:kind/:part", "updatePaymentMethod",
            LegacyPaymentEndpoints.update),
        Route(
            .delete, "/api/customer/:id/paymentmethod/:kind/:part", "removePaymentMethod",
            VaultEndpoints.removePayment),
    ]
}
