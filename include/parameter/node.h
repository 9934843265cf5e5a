/**
 * @file
 * YAML as a tree whose nodes know where they are written. The only module that uses libyaml.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

/** A piece of YAML. What it points to belongs to the arena that it was read into. */
struct node {
    enum node_kind kind;
    bool plain;         /**< a scalar written without quotes */
    int line, column;   /**< from 1; line is 0 where the origin has no lines (--set) */
    const char *origin; /**< the file's name, or "--set a.b=v"; NULL: messages name no place */
    const char *tag;    /**< "!grid"; NULL when it has none */
    const char *text;   /**< of a scalar; NULL otherwise */
    size_t count;       /**< items of a list, pairs of a map */
    const struct node *items; /**< [count], or for a map [2 * count]: key, value, key, … */
};

/**
 * Reads one YAML document (UTF-8). `lines` says whether messages should name its lines and columns.
 * Aliases are followed. STATUS_BAD_INPUT, with the place, for what is not YAML, for a second
 * document, and without any document.
 */
enum status node_read(const char *text, const char *origin, bool lines, struct arena *arena,
                      struct node *root, struct error *error) CHECKED;

/** Element `i` of a list; a scalar counts as a list of one. */
const struct node *node_element(const struct node *node, size_t i);

/** Sets STATUS_BAD_INPUT with "origin:line:column: " and a printf-like message; returns it. */
enum status node_error(const struct node *node, struct error *error, const char *format, ...)
    PRINTF_LIKE(3, 4);

#ifdef __clang_analyzer__
/* The analyser does not see node.c and would take errors for STATUS_OK. */
#define node_error(node, error, ...)                                                               \
    ((void)node_error((node), (error), __VA_ARGS__), STATUS_BAD_INPUT)
#endif

/** Puts "origin:line:column: " before the message; returns the status. */
enum status node_prefix(const struct node *node, struct error *error);

/** "line 3", or the origin where it has no lines: for a second place in a message. */
const char *node_place(const struct node *node, char buffer[static 64]);
