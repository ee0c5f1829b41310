// Parses every line of FILE with simdjson, as tidemark reads it, and does nothing with it.
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>
#include <vector>

int main(int count, char **arguments) {
    int file = count == 2 ? open(arguments[1], O_RDONLY) : -1;
    if (file < 0) return 1;
    const size_t step = 1 << 17;
    std::vector<char> bytes(step + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    size_t held = 0;
    while (true) {
        bytes.resize(held + step + simdjson::SIMDJSON_PADDING);
        ssize_t got = read(file, bytes.data() + held, step);
        if (got <= 0) return got < 0;
        held += got;
        size_t start = 0;
        while (auto *end = static_cast<char *>(memchr(bytes.data() + start, '\n', held - start))) {
            size_t length = end - bytes.data() - start;
            if (length > 0 && parser.parse(bytes.data() + start, length, false).error()) {
                fprintf(stderr, "a line that is no JSON\n");
                return 1;
            }
            start += length + 1;
        }
        held -= start;
        memmove(bytes.data(), bytes.data() + start, held);
    }
}
