#pragma once
#include <zlib.h>

// `inflateInit2` is a macro, which Swift cannot see. Window bits 15 + 32 accept gzip and zlib alike.
static inline int tidemark_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 15 + 32);
}

// Likewise; window bits 15 + 16 write gzip, with neither time nor name in its header.
static inline int tidemark_deflate_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
