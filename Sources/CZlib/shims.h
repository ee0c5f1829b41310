#pragma once
#include <zlib.h>

// `deflateInit2` is a macro, which Swift cannot see. Window bits 15 + 16 write gzip, with
// neither time nor name in its header.
static inline int tidemark_deflate_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

// `inflateInit2` is one too. Window bits 15 + 16 read gzip.
static inline int tidemark_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
