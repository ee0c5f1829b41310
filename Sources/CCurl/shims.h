#pragma once
#include <curl/curl.h>

// `curl_easy_setopt` and its kin take their value as a variadic argument, which Swift cannot call.
// One typed wrapper for each kind of value; the parentheses keep curl's type-checking macro away.

static inline CURLcode tidemark_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode tidemark_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode tidemark_set_text(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode tidemark_set_pointer(CURL *easy, CURLoption option, void *value) {
    return (curl_easy_setopt)(easy, option, value);
}

typedef size_t (*tidemark_data_function)(char *data, size_t size, size_t count, void *context);

/// For the read, write and header functions, which have one shape.
static inline CURLcode tidemark_set_data_function(
    CURL *easy, CURLoption option, tidemark_data_function value) {
    return (curl_easy_setopt)(easy, option, value);
}

typedef int (*tidemark_seek_function)(void *context, curl_off_t offset, int origin);

static inline CURLcode tidemark_set_seek_function(CURL *easy, tidemark_seek_function value) {
    return (curl_easy_setopt)(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLMcode tidemark_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLcode tidemark_get_long(CURL *easy, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

/// Whether the last transfer went to a proxy, as far as it came; no where libcurl does not tell (before 8.7).
static inline int tidemark_used_proxy(CURL *easy) {
    long used = 0;
#if LIBCURL_VERSION_NUM >= 0x080700
    (curl_easy_getinfo)(easy, CURLINFO_USED_PROXY, &used);
#endif
    return used != 0;
}

static inline CURLcode tidemark_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLcode tidemark_get_socket(CURL *easy, CURLINFO info, curl_socket_t *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

typedef int (*tidemark_socket_function)(void *context, curl_socket_t socket, curlsocktype purpose);

/// Called with each socket before it is connected.
static inline CURLcode tidemark_set_socket_function(CURL *easy, tidemark_socket_function value) {
    return (curl_easy_setopt)(easy, CURLOPT_SOCKOPTFUNCTION, value);
}

static inline CURLcode tidemark_get_certificates(CURL *easy, struct curl_certinfo **value) {
    return (curl_easy_getinfo)(easy, CURLINFO_CERTINFO, value);
}
