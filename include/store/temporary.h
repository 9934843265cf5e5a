/**
 * @file
 * The name under which a results file is made, and what killed processes leave under such names.
 */
#pragma once

#include "base/arena.h"

/**
 * A name beside `path` that no other process of any host uses at the same time:
 * "FILE.h5.tmp-HOST-PID". Owned by the arena; NULL with the error set without memory.
 */
const char *temporary_name(struct arena *arena, const char *path, struct error *error) CHECKED;

/** Waits until the name of a file, new in its folder, is on the disk. */
enum status temporary_settle(const char *path, struct error *error) CHECKED;

/**
 * Removes such files of `path` whose process, of this host, is no more: it was killed while it made
 * the file. What cannot be removed stays; that is no error.
 */
void temporary_remove_old(const char *path);
