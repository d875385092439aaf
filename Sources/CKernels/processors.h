// How the functions here are compiled for several processors at once.

#ifndef NETTRAIN_PROCESSORS_H
#define NETTRAIN_PROCESSORS_H

/// Compiles a function for each of these; which of them runs is settled when the program starts.
#if defined(__x86_64__) && defined(__gnu_linux__)
#define HAS_SEVERAL_PROCESSORS
#define FOR_SEVERAL_PROCESSORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_SEVERAL_PROCESSORS
#endif

/// A function that becomes part of each caller, and so is compiled for the caller's processor.
#define PART static inline __attribute__((always_inline))

/// The size of a vector: that of the widest registers. Other processors use several registers for one.
#define VECTOR_BYTES 64

#endif
