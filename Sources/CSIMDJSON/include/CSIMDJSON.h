#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A reusable parser. One thread at a time; a tape is valid until the next parse or the free.
typedef struct tidemark_json_parser tidemark_json_parser;

/// simdjson's document: words of type (high byte) and payload, and the strings they point into,
/// each a 32-bit length followed by its bytes. Layout: doc/tape.md of simdjson.
typedef struct {
    const uint64_t *words;
    const uint8_t *strings;
} tidemark_json_tape;

/// Zero of `tidemark_json_parse` is success; the other codes are simdjson's own.
typedef int32_t tidemark_json_error;

/// The bytes that must be readable behind the text handed to `tidemark_json_parse`.
extern const size_t tidemark_json_padding;
/// The code of a string that simdjson refuses: a lone surrogate escape is the common cause.
extern const tidemark_json_error tidemark_json_string_error;
/// Whether the code is that of a number that simdjson refuses.
bool tidemark_json_is_number_error(tidemark_json_error error);

/// Returns null when memory is short. `capacity` is the longest text in bytes that will be parsed.
tidemark_json_parser *tidemark_json_parser_new(size_t capacity);
void tidemark_json_parser_free(tidemark_json_parser *parser);

/// Parses one JSON value of `length` bytes that `tidemark_json_padding` readable bytes follow.
tidemark_json_error tidemark_json_parse(
    tidemark_json_parser *parser, const uint8_t *text, size_t length, tidemark_json_tape *tape);

/// simdjson's words for an error code.
const char *tidemark_json_error_message(tidemark_json_error error);

/// Finds the tokens of many lines in one go. One thread at a time; what it found is valid until it
/// looks again or is freed.
typedef struct tidemark_json_indexer tidemark_json_indexer;

/// Returns null when memory is short. `capacity` is the most bytes that will be looked at.
tidemark_json_indexer *tidemark_json_indexer_new(size_t capacity);
void tidemark_json_indexer_free(tidemark_json_indexer *indexer);

/// simdjson's first stage over whole lines: the places of all brackets, colons, commas, opening quotes
/// and first bytes of whatever else stands outside of strings, in order. `starts[count]` is the place
/// of the last byte. Fails, among others, if a string holds a control character, such as the end of
/// its line, or if the bytes are no UTF-8.
tidemark_json_error tidemark_json_index(
    tidemark_json_indexer *indexer, const uint8_t *lines, size_t length, const uint32_t **starts,
    size_t *count);

#ifdef __cplusplus
}
#endif
