#pragma once
#include <sqlite3.h>

/// The bytes are copied, as SQLITE_TRANSIENT, which is no constant of Swift, says.
static inline int bind_text(sqlite3_stmt *statement, int place, const char *bytes, int count) {
    return sqlite3_bind_text(statement, place, bytes, count, SQLITE_TRANSIENT);
}
