#ifndef NETTRAIN_LINUX_H
#define NETTRAIN_LINUX_H

#include <fcntl.h>
#include <linux/stat.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

/// True if another file is mounted on the one at a path. Linux before 5.8 always says false.
static inline bool nettrain_is_mount_point(const char *path) {
    struct statx status;
    return syscall(SYS_statx, AT_FDCWD, path, 0x100 /* AT_SYMLINK_NOFOLLOW */, 0, &status) == 0 &&
        (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

#endif
