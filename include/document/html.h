/**
 * @file
 * HTML, written piece by piece. Nothing here reports errors: the stream remembers them (ferror).
 */
#pragma once

#include "base/error.h"

#include <stdio.h>

/** Text in which nothing is markup: & < > " ' are escaped, and control characters other than line
 * ends and tabs are shown as U+FFFD. */
void html_text(FILE *page, const char *text);

/** The same, of printf-like text; what exceeds 4 KiB is cut off. */
void html_format(FILE *page, const char *format, ...) PRINTF_LIKE(2, 3);

/** Begins an element; NULL for no class. */
void html_begin(FILE *page, const char *tag, const char *class);

/** Ends an element, and the line. */
void html_end(FILE *page, const char *tag);

/** A whole element that holds text. */
void html_element(FILE *page, const char *tag, const char *class, const char *text);

/** A whole element that holds printf-like text, as html_format. */
void html_element_format(FILE *page, const char *tag, const char *class, const char *format, ...)
    PRINTF_LIKE(4, 5);
