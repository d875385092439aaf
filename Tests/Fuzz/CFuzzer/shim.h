#include <stddef.h>
#include <stdint.h>

/// The functions of libFuzzer, which has no header for them.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t count));
size_t LLVMFuzzerMutate(uint8_t *data, size_t count, size_t limit);
