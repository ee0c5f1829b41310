#pragma once
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

// The tables in `inflate_state` are longer than the tuples Swift makes of arrays may be.
typedef struct tidemark_gunzip tidemark_gunzip;

static inline void tidemark_gunzip_restart(tidemark_gunzip *gunzip) {
    struct inflate_state *state = (struct inflate_state *)gunzip;
    isal_inflate_reset(state);
    state->crc_flag = ISAL_GZIP;
}

// Null if there is no memory for it; `free` frees it.
static inline tidemark_gunzip *tidemark_gunzip_create(void) {
    struct inflate_state *state = malloc(sizeof *state);
    if (state) {
        isal_inflate_init(state);
        state->crc_flag = ISAL_GZIP;
    }
    return (tidemark_gunzip *)state;
}

// Takes both buffers forward by what was used of them. 1 at the end of a member, whose checksum and
// length have been compared; 0 before it, and below 0 one of ISA-L's errors.
static inline int tidemark_gunzip_step(
    tidemark_gunzip *gunzip, const uint8_t **input, uint32_t *input_count, uint8_t **output,
    uint32_t *output_count) {
    struct inflate_state *state = (struct inflate_state *)gunzip;
    state->next_in = (uint8_t *)*input;
    state->avail_in = *input_count;
    state->next_out = *output;
    state->avail_out = *output_count;
    int status = isal_inflate(state);
    *input = state->next_in;
    *input_count = state->avail_in;
    *output = state->next_out;
    *output_count = state->avail_out;
    return status < 0 ? status : state->block_state == ISAL_BLOCK_FINISH;
}
