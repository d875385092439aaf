// How the functions here are compiled for several processors at once.

#ifndef NETTRAIN_PROCESSORS_H
#define NETTRAIN_PROCESSORS_H

#include "sparse_product.h"

/// Compiles a function for each of these processors; the program selects one when it starts. That is too early for
/// ThreadSanitizer, under which there is one.
#if defined(__x86_64__) && defined(__gnu_linux__) && !__has_feature(thread_sanitizer)
#define HAS_SEVERAL_PROCESSORS
#define FOR_SEVERAL_PROCESSORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_SEVERAL_PROCESSORS
#endif

/// A function that is inlined into its callers and so compiled for the caller's processor.
#define PART static inline __attribute__((always_inline))

#define VECTOR_BYTES nettrain_vector_bytes

#endif
