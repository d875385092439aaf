// Disturbs the program that it is preloaded into, as the environment says; scripts/check-interference compiles it.
//
//     INTERFERE_BYTES=N             reads and writes transfer at most N bytes, and every second one fails with EINTR
//     INTERFERE_REAL="D S"          the clock of the day goes D seconds further off with each call, and S to and fro
//     INTERFERE_STEADY="D S"        the same with the clocks that count from the start of the machine
//     INTERFERE_FILE, INTERFERE_AT=N, INTERFERE_ACT, INTERFERE_OTHER
//                                   before the N-th read of the file: half, empty, overwrite, append or replace
//     INTERFERE_COUNT               a file that gets a byte for each read of the file
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static size_t shortened(size_t count) {
    const char *most = getenv("INTERFERE_BYTES");
    return most && count > strtoul(most, NULL, 10) ? strtoul(most, NULL, 10) : count;
}

static int is_interrupted(void) {
    static _Thread_local unsigned calls;
    if (!getenv("INTERFERE_BYTES") || calls++ % 2 == 0) return 0;
    errno = EINTR;
    return 1;
}

static struct stat watched;

__attribute__((constructor)) static void watch(void) {
    const char *path = getenv("INTERFERE_FILE");
    if (path) stat(path, &watched);
}

// Writes the other file over the beginning of the watched one, without a change of its length.
static void overwrite(int file) {
    static char bytes[1 << 22];
    int other = open(getenv("INTERFERE_OTHER"), O_RDONLY);
    long count = syscall(SYS_read, other, bytes, sizeof bytes);
    if (count > watched.st_size) count = watched.st_size;
    if (count != syscall(SYS_pwrite64, file, bytes, count, 0L)) abort();
    close(other);
}

static void act(const char *path, const char *what) {
    int file = open(path, O_WRONLY);
    int status = 0;
    if (!strcmp(what, "half")) status = ftruncate(file, watched.st_size / 2);
    if (!strcmp(what, "empty")) status = ftruncate(file, 0);
    if (!strcmp(what, "overwrite")) overwrite(file);
    if (!strcmp(what, "append")) status = syscall(SYS_pwrite64, file, "more than before", 16, watched.st_size) == 16 ? 0 : -1;
    if (!strcmp(what, "replace")) status = rename(getenv("INTERFERE_OTHER"), path);
    if (file == -1 || status == -1) abort();
    close(file);
}

static void before_read(int file) {
    static atomic_int reads;
    struct stat status;
    if (!watched.st_ino || fstat(file, &status)) return;
    if (status.st_ino != watched.st_ino || status.st_dev != watched.st_dev) return;
    const char *count = getenv("INTERFERE_COUNT"), *at = getenv("INTERFERE_AT");
    if (count) {
        int counter = open(count, O_WRONLY | O_CREAT | O_APPEND, 0666);
        if (syscall(SYS_write, counter, "r", 1) != 1) abort();
        close(counter);
    }
    if (at && ++reads == atoi(at)) act(getenv("INTERFERE_FILE"), getenv("INTERFERE_ACT"));
}

ssize_t read(int file, void *bytes, size_t count) {
    before_read(file);
    return is_interrupted() ? -1 : syscall(SYS_read, file, bytes, shortened(count));
}

ssize_t pread(int file, void *bytes, size_t count, off_t place) {
    before_read(file);
    return is_interrupted() ? -1 : syscall(SYS_pread64, file, bytes, shortened(count), place);
}

ssize_t write(int file, const void *bytes, size_t count) {
    return is_interrupted() ? -1 : syscall(SYS_write, file, bytes, shortened(count));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
    return is_interrupted() ? -1 : syscall(SYS_pwrite64, file, bytes, shortened(count), place);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    if (count == 0) return 0;
    return write(file, parts[0].iov_base, parts[0].iov_len);
}

// The time is changed by nanoseconds in a double, which is exact to a microsecond over months.
static void shift(const char *name, struct timespec *time) {
    static atomic_long calls;
    double drift, swing;
    const char *text = getenv(name);
    if (!text || sscanf(text, "%lf %lf", &drift, &swing) != 2) return;
    long call = ++calls;
    double offset = (drift * call + (call % 2 ? swing : -swing)) * 1e9;
    long nanoseconds = time->tv_nsec + (long)offset % 1000000000L;
    time->tv_sec += (long)offset / 1000000000L + (nanoseconds >= 1000000000L) - (nanoseconds < 0);
    time->tv_nsec = (nanoseconds + 1000000000L) % 1000000000L;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int status = syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) shift("INTERFERE_REAL", time);
    int is_steady = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_MONOTONIC_COARSE;
    if (is_steady || clock == CLOCK_BOOTTIME) shift("INTERFERE_STEADY", time);
    return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    int status = clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return status;
}

time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
