#ifndef NETTRAIN_INSTRUCTIONS_H
#define NETTRAIN_INSTRUCTIONS_H

/// The version of this target's functions that runs on this processor: "AVX-512", "AVX2" or "portable".
const char *nettrain_instructions(void);

#endif
