#ifndef NETTRAIN_INSTRUCTIONS_H
#define NETTRAIN_INSTRUCTIONS_H

/// What the functions of this target are compiled for on this processor: "AVX-512", "AVX2" or "portable".
const char *nettrain_instructions(void);

#endif
