/**
 * @file
 * Sizes in bytes as people read them.
 */
#pragma once

enum { SIZE_BYTES = 32 };

/** "720 bytes", "85.5 kB", "1.25 GB": three digits, in powers of 1000. Returns the buffer. */
const char *size_text(double bytes, char text[static SIZE_BYTES]);
