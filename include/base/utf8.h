/**
 * @file
 * Letters of UTF-8 text: one column of a terminal each, one to four bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Whether a byte continues a letter that an earlier byte began. */
bool utf8_continues(char byte);

/** Letters in the first `bytes` bytes of a text, or in all of it where it ends earlier (SIZE_MAX).
 */
size_t utf8_letters(const char *text, size_t bytes);

/** Bytes of the first `letters` letters of a text, or of all of it where it has fewer. */
size_t utf8_bytes(const char *text, size_t letters);
