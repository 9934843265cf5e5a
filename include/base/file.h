/**
 * @file
 * Reading files.
 */
#pragma once

#include "base/arena.h"

#include <dirent.h>
#include <stdio.h>

/**
 * Opens a file for reading; *bytes (or NULL) is its size. STATUS_BAD_INPUT, naming the path, when
 * it cannot be opened or is a folder. Close with fclose or SCOPED(file_release).
 */
enum status file_open(const char *path, FILE **file, size_t *bytes, struct error *error) CHECKED;

/** Closes a file opened for reading, or one whose writing has failed. *file may be NULL. */
void file_release(FILE **file);

/** Closes a descriptor unless it is negative, which it is afterwards. */
void file_release_descriptor(int *descriptor);

/** Closes a folder that was opened to be listed, unless it is NULL. */
void file_release_folder(DIR **folder);

/**
 * The whole file as a string with a final zero, owned by the arena. STATUS_BAD_INPUT when it cannot
 * be read, is a folder, is binary (holds a zero byte), or is larger than 64 MiB.
 */
enum status file_text(const char *path, struct arena *arena, const char **text,
                      struct error *error) CHECKED;

/** Points *folder at the part of `path` up to its last '/', "" without one; owned by the arena. */
enum status file_folder(const char *path, struct arena *arena, const char **folder,
                        struct error *error) CHECKED;
