/**
 * @file
 * Lists of names that an option takes.
 */
#pragma once

#include "base/arena.h"
#include "parameter/parameter.h"

#include <stdbool.h>

/** Whether an option was given an empty list, which asks for nothing rather than for the default.
 */
bool names_none(const struct texts *given);

/**
 * The names without those that are there already, owned by the arena. STATUS_BAD_INPUT for an empty
 * list of `option` where `may_be_none` is false.
 */
enum status names_once(const char *option, const struct texts *given, bool may_be_none,
                       struct arena *arena, struct texts *names, struct error *error) CHECKED;
