/**
 * @file
 * Letters that no font of this machine has. gnuplot spoils whole pictures of pixels with them.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/**
 * Puts '?' in the place of every letter of a UTF-8 text that no font has, and of bytes that are no
 * UTF-8, and tells whether there were any. fontconfig's fc-list is asked; without it no letter is
 * taken for missing. STATUS_SYSTEM when it cannot be run.
 */
enum status glyphs_replace(char *text, bool *replaced, struct error *error) CHECKED;
