#include <sys/auxv.h>
