// CardSecure
