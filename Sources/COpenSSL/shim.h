#pragma once
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/bn.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <stddef.h>
#include <stdint.h>

// SHA-256 through the low-level functions, which OpenSSL 3.0 deprecates in favour of EVP. EVP keeps its state behind a
// pointer that has to be allocated and looked up for each message, several times the cost of hashing a short one; the
// low-level state is a plain C struct, so that a keyed state can be computed once, copied, and shared between threads.
// The functions are part of every OpenSSL 1.1 and 3 and run the same assembly. They are wrapped here, and nowhere else,
// to keep the warning on for all other uses. They return 0 only for a null argument, which the wrappers never pass.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static inline void understudy_sha256_init(SHA256_CTX *state) {
    (void)SHA256_Init(state);
}

static inline void understudy_sha256_update(SHA256_CTX *state, const void *bytes, size_t count) {
    if (count > 0) {
        (void)SHA256_Update(state, bytes, count);
    }
}

// Writes 32 bytes; the state is spent afterwards.
static inline void understudy_sha256_final(SHA256_CTX *state, unsigned char *digest) {
    (void)SHA256_Final(digest, state);
}

#pragma GCC diagnostic pop
