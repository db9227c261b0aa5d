#pragma once
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stddef.h>

// RSA through EVP. Wrapped because key generation is variadic and most of the padding calls were macros before 3.0.
// Every function leaves OpenSSL's error queue empty: who calls says what went wrong in words of its own.

// A new key pair, or null.
static inline EVP_PKEY *understudy_rsa_generate(int bits) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    if (context == NULL || EVP_PKEY_keygen_init(context) <= 0 || EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) <= 0 ||
        EVP_PKEY_keygen(context, &key) <= 0) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return key;
}

// Never asks the terminal for a passphrase, as the default callback would.
static inline int understudy_no_passphrase(char *buffer, int size, int writes, void *data) {
    (void)buffer, (void)size, (void)writes, (void)data;
    return -1;
}

// The RSA private key of a PEM text, or null when there is none or it is encrypted.
static inline EVP_PKEY *understudy_rsa_from_pem(const char *text, int length) {
    EVP_PKEY *key = NULL;
    BIO *input = BIO_new_mem_buf(text, length);
    if (input != NULL) {
        key = PEM_read_bio_PrivateKey(input, NULL, understudy_no_passphrase, NULL);
        BIO_free(input);
    }
    if (key != NULL && EVP_PKEY_base_id(key) != EVP_PKEY_RSA) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    ERR_clear_error();
    return key;
}

static inline EVP_PKEY *understudy_rsa_private(const unsigned char *der, long length) {
    EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &der, length);
    ERR_clear_error();
    return key;
}

static inline EVP_PKEY *understudy_rsa_public(const unsigned char *der, long length) {
    EVP_PKEY *key = d2i_PUBKEY(NULL, &der, length);
    ERR_clear_error();
    return key;
}

static inline int understudy_rsa_bytes(EVP_PKEY *key) {
    return EVP_PKEY_size(key);
}

// PKCS#1 v1.5 (RFC 8017 §7.2.2). `size` is the room in `output`, then what was written. 1 when it worked.
static inline int understudy_rsa_decrypt(
    EVP_PKEY *key, const unsigned char *input, size_t length, unsigned char *output, size_t *size
) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    int worked = context != NULL && EVP_PKEY_decrypt_init(context) > 0 &&
                 EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
    if (worked) {
        // Since 3.2 wrong padding gives random bytes instead of an error, against timing attacks. There is no secret to
        // protect here, and who debugs an integration wants the error. Older versions do not know the setting.
        (void)EVP_PKEY_CTX_ctrl_str(context, "rsa_pkcs1_implicit_rejection", "0");
        worked = EVP_PKEY_decrypt(context, output, size, input, length) > 0;
    }
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return worked;
}

// PKCS#1 v1.5 (RFC 8017 §7.2.1). As above.
static inline int understudy_rsa_encrypt(
    EVP_PKEY *key, const unsigned char *input, size_t length, unsigned char *output, size_t *size
) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    int worked = context != NULL && EVP_PKEY_encrypt_init(context) > 0 &&
                 EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0 &&
                 EVP_PKEY_encrypt(context, output, size, input, length) > 0;
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return worked;
}

// PKCS#1 v1.5 over SHA-256 (RFC 8017 §8.2.1). `size` is the room in `output`, then what was written. 1 when it worked.
static inline int understudy_rsa_sign(
    EVP_PKEY *key, const unsigned char *message, size_t length, unsigned char *output, size_t *size
) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int worked = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) > 0 &&
                 EVP_DigestSign(context, output, size, message, length) > 0;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return worked;
}

// 1 when the signature is right.
static inline int understudy_rsa_verifies(
    EVP_PKEY *key, const unsigned char *message, size_t length, const unsigned char *signature, size_t size
) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int right = context != NULL && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) > 0 &&
                EVP_DigestVerify(context, signature, size, message, length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return right;
}

// A number of the key, `n` or `e`, big-endian. `size` is the room in `output`, then what was written. 1 when it worked.
static inline int understudy_rsa_number(EVP_PKEY *key, const char *name, unsigned char *output, size_t *size) {
    BIGNUM *number = NULL;
    int worked = EVP_PKEY_get_bn_param(key, name, &number) == 1 && (size_t)BN_num_bytes(number) <= *size;
    if (worked) {
        *size = (size_t)BN_bn2bin(number, output);
    }
    BN_free(number);
    ERR_clear_error();
    return worked;
}
