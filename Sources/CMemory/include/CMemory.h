// Hints for the processor, which change nothing but the time that something takes.
#pragma once

/// Asks for the memory at an address to be brought near, because it will be needed soon. Any address will do.
static inline void memory_expect(const void *address) { __builtin_prefetch(address, 0, 3); }
/// The same for memory that will be written.
static inline void memory_expect_write(const void *address) { __builtin_prefetch(address, 1, 3); }
