/**
 * @file
 * The temporary name under which a file is made before it gets its own, and the removal of files
 * that killed processes left under such names.
 */
#pragma once

#include "base/arena.h"

/** Makes a name beside `path` that no other process of any host uses at the same time:
 * "FILE.h5.tmp-HOST-PID"; owned by the arena. */
enum status temporary_name(struct arena *arena, const char *path, const char **name,
                           struct error *error) CHECKED;

/** Waits until the name of a file, new in its folder, is on the disk. */
enum status temporary_settle(const char *path, struct error *error) CHECKED;

/** Removes such files of `path` whose process, of this host, is gone: it was killed while it made
 * the file. Ignores files that cannot be removed. */
void temporary_remove_old(const char *path);
