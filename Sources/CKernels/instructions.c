#include "instructions.h"

#include "processors.h"

const char *nettrain_instructions(void) {
#ifdef HAS_SEVERAL_PROCESSORS
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return "AVX-512";
    if (__builtin_cpu_supports("avx2")) return "AVX2";
#endif
    return "portable";
}
