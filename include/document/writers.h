/**
 * @file
 * A document in each of its forms.
 */
#pragma once

#include "document/document.h"

#include <stdio.h>

enum document_form {
    DOCUMENT_TEXT_FORM,
    DOCUMENT_CSV_FORM,
    DOCUMENT_JSON_FORM,
    DOCUMENT_HTML_FORM
};

/** Writes one form. CSV has the rows of tables only. STATUS_STORAGE when the stream fails, and what
 * the rows of tables return. */
enum status document_write(const struct document *document, enum document_form form, FILE *stream,
                           struct error *error) CHECKED;

/** Writes JSON, or text for people, to standard output. */
enum status document_print(const struct document *document, bool json, struct error *error) CHECKED;

/** The writers of the forms, for document_write only: errors of writing stay in the stream. */
enum status text_writer_write(const struct document *document, FILE *stream,
                              struct error *error) CHECKED;
enum status csv_writer_write(const struct document *document, FILE *stream,
                             struct error *error) CHECKED;
enum status json_writer_write(const struct document *document, FILE *stream,
                              struct error *error) CHECKED;
enum status html_writer_write(const struct document *document, FILE *page,
                              struct error *error) CHECKED;
