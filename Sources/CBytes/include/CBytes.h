// Looking through bytes, many at a time.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Some bytes among others: from a position to the one behind the last. Empty when nothing was found.
typedef struct {
    size_t lower;
    size_t upper;
} bytes_range;

/// The first run of at least 13 digits, blanks and hyphens that lies behind a position, as long as it is. Bytes before
/// the position do not count, whatever they are.
bytes_range bytes_digit_run(const uint8_t *bytes, size_t count, size_t start);

/// Where a byte stands first at or behind a position; the count where it does not.
static inline size_t bytes_find(const uint8_t *bytes, size_t count, size_t start, uint8_t byte) {
    const uint8_t *found = start < count ? (const uint8_t *)memchr(bytes + start, byte, count - start) : NULL;
    return found ? (size_t)(found - bytes) : count;
}
