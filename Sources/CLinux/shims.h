#pragma once
// Calls that glibc declares for _GNU_SOURCE alone, which Swift's own module of it does not set.
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/prctl.h>

extern int renameat2(int, const char *, int, const char *, unsigned int);
extern int syncfs(int);
extern int mkostemp(char *, int);

// Exchanges two paths of one file system in a single step (renameat2(2), RENAME_EXCHANGE).
static inline int exchange_paths(const char *left, const char *right) {
    return renameat2(AT_FDCWD, left, AT_FDCWD, right, 1u << 1);
}

// Renames to a path where nothing is (renameat2(2), RENAME_NOREPLACE).
static inline int rename_to_new_path(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 1u << 0);
}

extern int statx(int, const char *, int, unsigned int, struct statx *);

// Whether a path is where something is mounted: 1 or 0; -1 where the kernel does not tell (statx(2), since 5.8).
static inline int is_mount_root(const char *path) {
    struct statx status;
    if (statx(AT_FDCWD, path, 0, 0, &status) != 0) return -1;
    if ((status.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) == 0) return -1;
    return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

// Opens a folder that files are found by, though it may not be listed (open(2), O_PATH).
static inline int to_find_by(void) { return __O_PATH; }

// No dump of this process's memory, which holds its environment, however it ends
// (prctl(2), PR_SET_DUMPABLE); nor may other processes of its user read it.
static inline void forbid_core_dumps(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
