#pragma once
// Calls that glibc declares for _GNU_SOURCE alone, which Swift's own module of it does not set.
#include <fcntl.h>
#include <sys/prctl.h>

extern int renameat2(int, const char *, int, const char *, unsigned int);
extern int syncfs(int);
extern int mkostemp(char *, int);

// Exchanges two paths of one file system in a single step (renameat2(2), RENAME_EXCHANGE).
static inline int exchange_paths(const char *left, const char *right) {
    return renameat2(AT_FDCWD, left, AT_FDCWD, right, 1u << 1);
}

// No dump of this process's memory, which holds its environment, however it ends
// (prctl(2), PR_SET_DUMPABLE); nor may other processes of its user read it.
static inline void forbid_core_dumps(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
