#ifndef NETTRAIN_MEMORY_H
#define NETTRAIN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Whether the system would map so many more bytes now. It is asked and maps them for a moment: this counts against
/// every limit there is, of the process or of the system, and touches no page.
bool nettrain_has_room(size_t bytes);

/// Has large blocks mapped one by one and given back when they are freed. So the memory that is mapped is what is in
/// use, without gaps that depend on the order of what went before.
void nettrain_map_large_blocks(void);

#endif
