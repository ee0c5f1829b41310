// Preloaded into a program (LD_PRELOAD), lets a call of its fail that changes files or opens a connection: writes into
// regular files, fsync, rename, creating, truncating, connect. All calls of the program and of those it starts are counted.
//
//     FAILING_COUNTER   a file of 16 bytes: the calls so far, and the failures so far (int64, of this machine)
//     FAILING_AT        the number of the call that fails, from 1
//     FAILING_TIMES     how many calls of that kind fail from then on (1)
//     FAILING_HOW       kill: the program is killed there, before the call; short: a write writes half, and the next none;
//                       without it, an error that such a call can end with
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, SYNC, RENAME, CREATE, TRUNCATE, CONNECT };
static const int errors[] = {0, ENOSPC, EIO, EACCES, EMFILE, EIO, ECONNREFUSED};
static _Atomic int64_t *counter;
static int64_t at, times = 1;
static const char *how = "";
static _Atomic int failing;
static _Atomic int64_t left;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_COUNTER"), *text;
    int file = path ? (int)open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *memory = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return;
    if ((text = getenv("FAILING_AT"))) at = atoll(text);
    if ((text = getenv("FAILING_TIMES"))) times = atoll(text);
    if ((text = getenv("FAILING_HOW"))) how = text;
    counter = memory;
}

// Whether this call fails, with errno set.
static int fails(enum kind kind) {
    if (!counter) return 0;
    int64_t number = ++counter[0];
    if (number == at) {
        if (!strcmp(how, "kill")) kill(getpid(), SIGKILL);
        left = times;
        failing = kind;
    }
    if (failing != (int)kind || left <= 0) return 0;
    left--;
    counter[1]++;
    errno = errors[kind];
    return 1;
}

static int is_file(int descriptor) {
    struct stat status;
    int before = errno;
    int is = descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    errno = before;
    return is;
}

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

ssize_t write(int to, const void *bytes, size_t count) {
    if (is_file(to) && fails(WRITE)) {
        if (strcmp(how, "short") || count < 2 || left < times - 1) return -1;
        count /= 2;
    }
    return REAL(write)(to, bytes, count);
}
ssize_t pwrite(int to, const void *bytes, size_t count, off_t place) {
    if (is_file(to) && fails(WRITE)) return -1;
    return REAL(pwrite)(to, bytes, count, place);
}
ssize_t pwrite64(int to, const void *bytes, size_t count, off64_t place) {
    if (is_file(to) && fails(WRITE)) return -1;
    return REAL(pwrite64)(to, bytes, count, place);
}
ssize_t writev(int to, const struct iovec *parts, int count) {
    if (is_file(to) && fails(WRITE)) return -1;
    return REAL(writev)(to, parts, count);
}
ssize_t copy_file_range(int from, off64_t *here, int to, off64_t *there, size_t count, unsigned flags) {
    if (fails(WRITE)) return -1;
    return REAL(copy_file_range)(from, here, to, there, count, flags);
}
int fsync(int file) { return fails(SYNC) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fails(SYNC) ? -1 : REAL(fdatasync)(file); }
int rename(const char *from, const char *to) { return fails(RENAME) ? -1 : REAL(rename)(from, to); }
int renameat(int here, const char *from, int there, const char *to) {
    return fails(RENAME) ? -1 : REAL(renameat)(here, from, there, to);
}
int renameat2(int here, const char *from, int there, const char *to, unsigned flags) {
    return fails(RENAME) ? -1 : REAL(renameat2)(here, from, there, to, flags);
}
int link(const char *from, const char *to) { return fails(RENAME) ? -1 : REAL(link)(from, to); }
int linkat(int here, const char *from, int there, const char *to, int flags) {
    return fails(RENAME) ? -1 : REAL(linkat)(here, from, there, to, flags);
}
int mkdir(const char *path, mode_t mode) { return fails(CREATE) ? -1 : REAL(mkdir)(path, mode); }
int mkdirat(int place, const char *path, mode_t mode) { return fails(CREATE) ? -1 : REAL(mkdirat)(place, path, mode); }
int ftruncate(int file, off_t size) { return fails(TRUNCATE) ? -1 : REAL(ftruncate)(file, size); }
int ftruncate64(int file, off64_t size) { return fails(TRUNCATE) ? -1 : REAL(ftruncate64)(file, size); }
int connect(int end, const struct sockaddr *address, socklen_t size) {
    if (address->sa_family != AF_UNIX && fails(CONNECT)) return -1;
    return REAL(connect)(end, address, size);
}

#define MODE(flags)                                   \
    mode_t mode = 0;                                  \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {          \
        va_list rest;                                 \
        va_start(rest, flags);                        \
        mode = va_arg(rest, mode_t);                  \
        va_end(rest);                                 \
        if (fails(CREATE)) return -1;                 \
    }
int open(const char *path, int flags, ...) {
    MODE(flags)
    return REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE(flags)
    return REAL(open64)(path, flags, mode);
}
int openat(int place, const char *path, int flags, ...) {
    MODE(flags)
    return REAL(openat)(place, path, flags, mode);
}
int openat64(int place, const char *path, int flags, ...) {
    MODE(flags)
    return REAL(openat64)(place, path, flags, mode);
}
