#include "CSIMDJSON.h"

#include <simdjson.h>

// The first stage alone, below, is none of what simdjson promises to keep. It is as it is used here from 3.0.1 (Debian
// 12) to 3.12.3 (Debian 13).
static_assert(
    simdjson::SIMDJSON_VERSION_MAJOR == 3,
    "tidemark knows the insides of simdjson 3 alone: see whether stage1() of this version still leaves "
    "its places in structural_indexes, run the tests of DecodeTests with it, and then name it here");

using simdjson::dom::parser;

const size_t tidemark_json_padding = simdjson::SIMDJSON_PADDING;
const tidemark_json_error tidemark_json_string_error = simdjson::STRING_ERROR;

// Later versions of simdjson have a code of its own for whole numbers beyond 64 bits.
template <typename codes>
static constexpr auto big_number_error(int) -> decltype(codes::BIGINT_ERROR) {
    return codes::BIGINT_ERROR;
}

template <typename codes>
static constexpr codes big_number_error(...) {
    return codes::NUMBER_ERROR;
}

bool tidemark_json_is_number_error(tidemark_json_error error) {
    return error == simdjson::NUMBER_ERROR
        || error == big_number_error<simdjson::error_code>(0);
}

tidemark_json_parser *tidemark_json_parser_new(size_t capacity) {
    // The parser grows with the texts it meets, up to this capacity.
    return reinterpret_cast<tidemark_json_parser *>(new (std::nothrow) parser(capacity));
}

void tidemark_json_parser_free(tidemark_json_parser *opaque) {
    delete reinterpret_cast<parser *>(opaque);
}

tidemark_json_error tidemark_json_parse(
    tidemark_json_parser *opaque, const uint8_t *text, size_t length, tidemark_json_tape *tape) {
    auto *json = reinterpret_cast<parser *>(opaque);
    auto error = json->parse(text, length, false).error();
    if (error == simdjson::SUCCESS) {
        tape->words = json->doc.tape.get();
        tape->strings = json->doc.string_buf.get();
    }
    return error;
}

using indexer = simdjson::internal::dom_parser_implementation;

tidemark_json_indexer *tidemark_json_indexer_new(size_t capacity) {
    std::unique_ptr<indexer> made;
    // Depth is of the second stage, which never runs.
    auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, made);
    return error ? nullptr : reinterpret_cast<tidemark_json_indexer *>(made.release());
}

void tidemark_json_indexer_free(tidemark_json_indexer *opaque) {
    delete reinterpret_cast<indexer *>(opaque);
}

tidemark_json_error tidemark_json_index(
    tidemark_json_indexer *opaque, const uint8_t *lines, size_t length, const uint32_t **starts,
    size_t *count) {
    auto *index = reinterpret_cast<indexer *>(opaque);
    auto error = index->stage1(lines, length, simdjson::stage1_mode::regular);
    if (error == simdjson::SUCCESS) {
        // The first stage leaves room for three more.
        index->structural_indexes[index->n_structural_indexes] = uint32_t(length - 1);
        *starts = index->structural_indexes.get();
        *count = index->n_structural_indexes;
    }
    return error;
}

const char *tidemark_json_error_message(tidemark_json_error error) {
    return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
