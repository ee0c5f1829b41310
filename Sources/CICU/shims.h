#pragma once
#include <stdint.h>
#include <unicode/unorm2.h>

// ICU renames its functions by version with macros, so Swift would see `unorm2_normalize_72` on one
// system and `unorm2_normalize_74` on the next.

/// Writes toNFKC_Casefold of `source` (UTF-16) to `target` and returns its length in UTF-16 units,
/// or -1 if ICU failed or the result is longer than `capacity`.
static inline int32_t tidemark_nfkc_casefold(
    const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    int32_t written = unorm2_normalize(
        normalizer, (const UChar *)source, length, (UChar *)target, capacity, &status);
    return U_FAILURE(status) || written > capacity ? -1 : written;
}

/// Writes the canonical composition (NFC) of `source` (UTF-16) to `target` and returns its length in UTF-16
/// units, or -1 if ICU failed or the result is longer than `capacity`.
static inline int32_t tidemark_nfc(
    const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFCInstance(&status);
    int32_t written = unorm2_normalize(
        normalizer, (const UChar *)source, length, (UChar *)target, capacity, &status);
    return U_FAILURE(status) || written > capacity ? -1 : written;
}
