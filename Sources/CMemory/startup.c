#include "memory.h"

#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

// OpenBLAS starts a thread for each processor before main, and each of them asks for a buffer of 128 MiB until it gets
// one: under a limit of memory it would ask forever, even after the end of main. The function below runs before the
// constructors of all libraries.

/// Room for the buffers and stacks of all threads that OpenBLAS can have, 64.
static const size_t room_for_all_threads = (size_t)64 * (128 + 16) << 20;

/// Room for the start of the program, up to its own check of memory.
static const size_t room_to_start = (size_t)6 << 20;

static const char one_thread[] = "OPENBLAS_NUM_THREADS=1";

/// Starts the program again, with OpenBLAS told to start no threads, unless that was done before. OpenBLAS is told by a
/// variable of the environment, and a program cannot add one to its own before libc has begun.
static void start_with_one_thread(char **arguments, char **environment) {
    size_t count = 0;
    while (environment[count] != NULL) count++;
    char *changed[count + 2];
    char **next = changed;
    for (size_t index = 0; index < count; index++) {
        if (strcmp(environment[index], one_thread) == 0) return;
        if (strncmp(environment[index], one_thread, sizeof one_thread - 2) != 0) *next++ = environment[index];
    }
    *next++ = (char *)one_thread;
    *next = NULL;
    execve((const char *)getauxval(AT_EXECFN), arguments, changed);
}

static void start(int count, char **arguments, char **environment) {
    if (nettrain_has_room(room_for_all_threads)) return;
    start_with_one_thread(arguments, environment);
    if (nettrain_has_room(room_to_start)) return;
    static const char message[] =
        "nettrain: error: there is not enough memory to start; allow more, if there is a limit (ulimit -v)\n";
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    _exit(71);
}

__attribute__((section(".preinit_array"), used)) static void (*const start_entry)(int, char **, char **) = start;
