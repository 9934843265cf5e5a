/**
 * @file
 * Letters that no font of this machine has. gnuplot's whole PNG is unreadable if it has one.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/**
 * Replaces every letter of a UTF-8 text that no font has, and every byte that is no UTF-8, by '?'.
 * *replaced says whether there were any. Asks fc-list of fontconfig; without it all letters stay.
 * STATUS_SYSTEM if it cannot be run.
 */
enum status glyphs_replace(char *text, bool *replaced, struct error *error) CHECKED;
