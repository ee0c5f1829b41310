#include "CSIMDJSON.h"

#include <simdjson.h>

using simdjson::dom::parser;

const size_t tidemark_json_padding = simdjson::SIMDJSON_PADDING;
const tidemark_json_error tidemark_json_string_error = simdjson::STRING_ERROR;

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

const char *tidemark_json_error_message(tidemark_json_error error) {
    return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
