#include "CBytes.h"

#include <stdbool.h>

// Clang makes of these whatever the processor has: four vectors of 16 bytes and their masks, or wider ones.
typedef uint8_t block __attribute__((vector_size(64)));
typedef bool marks __attribute__((ext_vector_type(64)));

/// A bit for each of 64 bytes that is a digit, a blank or a hyphen; the first byte has the lowest.
static inline uint64_t parts_of_block(const uint8_t *bytes) {
    block together;
    memcpy(&together, bytes, sizeof together);
    const block distance = together - '0';
    const marks found = __builtin_convertvector(
        (distance < 10) | (together == ' ') | (together == '-'), marks);
    uint64_t bits;
    memcpy(&bits, &found, sizeof bits);
    return bits;
}

/// The same for the last bytes, which are less than 64; no bit for what is behind the end.
static __attribute__((noinline)) uint64_t parts_of_rest(const uint8_t *bytes, size_t count, size_t position) {
    const size_t left = count - position;
    // The last 64 have them at their end.
    if (count >= 64) return parts_of_block(bytes + count - 64) >> (64 - left);
    uint8_t padded[64] = {0};
    memcpy(padded, bytes + position, left);
    return parts_of_block(padded);
}

static inline uint64_t parts_at(const uint8_t *bytes, size_t count, size_t position) {
    return count - position >= 64 ? parts_of_block(bytes + position) : parts_of_rest(bytes, count, position);
}

/// Bits that are set, and set so many positions before; those of the block before come in from below.
static inline uint64_t lengthened(uint64_t bits, uint64_t before, int by) {
    return bits & (bits << by | before >> (64 - by));
}

/// Where a run ends that goes on at a position.
static __attribute__((noinline)) size_t end_of_run(const uint8_t *bytes, size_t count, size_t position) {
    while (position < count) {
        const uint64_t others = ~parts_at(bytes, count, position);
        if (others != 0) return position + (size_t)__builtin_ctzll(others);
        position += 64;
    }
    return count;
}

bytes_range bytes_digit_run(const uint8_t *bytes, size_t count, size_t start) {
    // Where runs of one, two, four and eight end in the block before.
    uint64_t one = 0, two = 0, four = 0, eight = 0;
    for (size_t position = start; position < count; position += 64) {
        const uint64_t ones = parts_at(bytes, count, position);
        const uint64_t twos = lengthened(ones, one, 1);
        const uint64_t fours = lengthened(twos, two, 2);
        const uint64_t eights = lengthened(fours, four, 4);
        const uint64_t thirteens = lengthened(eights, eight, 5);
        if (thirteens != 0) {
            // The first that is long enough is as old as its run: 12 bytes before it is where the run begins.
            const size_t last = position + (size_t)__builtin_ctzll(thirteens);
            return (bytes_range){last - 12, end_of_run(bytes, count, last)};
        }
        one = ones;
        two = twos;
        four = fours;
        eight = eights;
    }
    return (bytes_range){count, count};
}
