// What TLS needs of OpenSSL and Swift cannot call: macros, functions with variable arguments, and a BIO whose callbacks
// must be C.
#pragma once
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A pipe in place of a socket ----------------------------------------------------------------------------------------
//
// OpenSSL reads from bytes that somebody lends for the duration of one call, and writes into memory that is given up
// after each call. So a connection that is idle holds no buffer at all, and the TLS state machine does no I/O.

struct understudy_tls_pipe {
    const unsigned char *input;
    size_t input_count;
    unsigned char *output;
    size_t output_count;
    size_t output_capacity;
};

static int understudy_tls_pipe_read(BIO *bio, char *into, int capacity) {
    struct understudy_tls_pipe *pipe = (struct understudy_tls_pipe *)BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (capacity <= 0) return 0;
    if (pipe->input_count == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    size_t count = pipe->input_count < (size_t)capacity ? pipe->input_count : (size_t)capacity;
    memcpy(into, pipe->input, count);
    pipe->input += count;
    pipe->input_count -= count;
    return (int)count;
}

static int understudy_tls_pipe_write(BIO *bio, const char *bytes, int count) {
    struct understudy_tls_pipe *pipe = (struct understudy_tls_pipe *)BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (count <= 0) return 0;
    size_t needed = pipe->output_count + (size_t)count;
    if (needed > pipe->output_capacity) {
        size_t capacity = pipe->output_capacity < 2048 ? 4096 : pipe->output_capacity * 2;
        if (capacity < needed) capacity = needed;
        unsigned char *grown = (unsigned char *)realloc(pipe->output, capacity);
        if (grown == NULL) return -1;
        pipe->output = grown;
        pipe->output_capacity = capacity;
    }
    memcpy(pipe->output + pipe->output_count, bytes, (size_t)count);
    pipe->output_count = needed;
    return count;
}

static long understudy_tls_pipe_control(BIO *bio, int command, long number, void *pointer) {
    struct understudy_tls_pipe *pipe = (struct understudy_tls_pipe *)BIO_get_data(bio);
    (void)number;
    (void)pointer;
    switch (command) {
        case BIO_CTRL_FLUSH: return 1;
        case BIO_CTRL_PENDING: return pipe->input_count > LONG_MAX ? LONG_MAX : (long)pipe->input_count;
        default: return 0;
    }
}

static int understudy_tls_pipe_create(BIO *bio) {
    BIO_set_init(bio, 1);
    return 1;
}

/// Made once; NULL without memory.
static inline BIO_METHOD *understudy_tls_pipe_method(void) {
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "understudy pipe");
    if (method == NULL) return NULL;
    BIO_meth_set_read(method, understudy_tls_pipe_read);
    BIO_meth_set_write(method, understudy_tls_pipe_write);
    BIO_meth_set_ctrl(method, understudy_tls_pipe_control);
    BIO_meth_set_create(method, understudy_tls_pipe_create);
    return method;
}

/// A session that reads and writes through `pipe`, which must live as long; NULL without memory.
static inline SSL *understudy_tls_new(SSL_CTX *context, BIO_METHOD *method, struct understudy_tls_pipe *pipe) {
    SSL *ssl = SSL_new(context);
    if (ssl == NULL) return NULL;
    BIO *bio = BIO_new(method);
    if (bio == NULL) {
        SSL_free(ssl);
        return NULL;
    }
    BIO_set_data(bio, pipe);
    SSL_set_bio(ssl, bio, bio);
    return ssl;
}

// Macros --------------------------------------------------------------------------------------------------------------

/// TLS 1.2 and 1.3, with the suites and groups of Mozilla's "intermediate" profile that have forward secrecy and
/// authenticated encryption (no finite-field Diffie-Hellman, which is slow and needs parameters). 1 on success.
static inline int understudy_tls_configure(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
        && SSL_CTX_set_cipher_list(context,
               "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
               "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305") == 1
        && SSL_CTX_set_ciphersuites(context,
               "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256") == 1
        && SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1;
}

/// Sessions are kept by clients, in tickets; the server keeps none, so nobody can make it.
static inline void understudy_tls_use_tickets(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static int understudy_tls_accept_name(SSL *ssl, int *alert, void *argument) {
    (void)alert;
    (void)argument;
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) != NULL ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}
/// Acknowledges host names, which ties sessions to them.
static inline void understudy_tls_acknowledge_names(SSL_CTX *context) {
    SSL_CTX_set_tlsext_servername_callback(context, understudy_tls_accept_name);
}

static inline int understudy_tls_set_host_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int understudy_tls_add_chain(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

static inline int understudy_tls_error_reason(unsigned long code) { return ERR_GET_REASON(code); }

// Keys and certificates -----------------------------------------------------------------------------------------------

/// A new P-256 key; NULL when there is no randomness.
static inline EVP_PKEY *understudy_tls_new_key(void) { return EVP_EC_gen("P-256"); }

/// Adds an extension in the notation of openssl.cnf(5); 1 on success.
static inline int understudy_tls_add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

static int understudy_tls_no_password(char *buffer, int size, int writing, void *argument) {
    (void)buffer;
    (void)size;
    (void)writing;
    (void)argument;
    return -1;
}
/// Reads PEM without ever asking at the terminal for a password.
static inline EVP_PKEY *understudy_tls_read_key(BIO *bio) {
    return PEM_read_bio_PrivateKey(bio, NULL, understudy_tls_no_password, NULL);
}
static inline X509 *understudy_tls_read_certificate(BIO *bio) {
    return PEM_read_bio_X509(bio, NULL, understudy_tls_no_password, NULL);
}
static inline int understudy_tls_write_key(BIO *bio, EVP_PKEY *key) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
}

/// The bytes in a memory BIO, which stays their owner.
static inline size_t understudy_tls_memory(BIO *bio, const unsigned char **bytes) {
    char *start = NULL;
    long count = BIO_get_mem_data(bio, &start);
    *bytes = (const unsigned char *)start;
    return count > 0 ? (size_t)count : 0;
}
