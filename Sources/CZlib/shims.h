#pragma once
#include <zlib.h>

// `inflateInit2` is a macro, which Swift cannot see. Window bits 15 + 32 accept gzip and zlib alike.
static inline int tidemark_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 15 + 32);
}
