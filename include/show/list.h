/**
 * @file
 * `modsweep list`: what a sweep may name, from the tables of its components.
 */
#pragma once

#include "document/document.h"

/**
 * Appends the components of a kind, or one of them with its parameters. kind: "networks",
 * "distributions", "solvers", "scores", "train", "loss", "scoring" or "sweep", NULL for the first
 * four; name: one of the kind, NULL for all. STATUS_BAD_INPUT, with the nearest name, for an
 * unknown one.
 */
enum status list_document(const char *kind, const char *name, struct document *document,
                          struct error *error) CHECKED;
