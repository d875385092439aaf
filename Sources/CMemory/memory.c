#include "memory.h"

#include <malloc.h>
#include <sys/mman.h>

bool nettrain_has_room(size_t bytes) {
    if (bytes == 0) return true;
    void *place = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return place != MAP_FAILED && munmap(place, bytes) == 0;
}

void nettrain_map_large_blocks(void) {
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    // Otherwise each thread reserves 64 MiB for what it allocates.
    mallopt(M_ARENA_MAX, 1);
}
