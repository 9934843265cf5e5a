/**
 * @file
 * Pages in memory, to which functions under test write.
 */
#pragma once

#include "check.h"

#include <stdio.h>
#include <stdlib.h>

struct page {
    FILE *stream;
    char *text;
    size_t length;
};

/** The stream to write to. */
static inline FILE *page_open(struct page *page) {
    *page = (struct page){0};
    page->stream = open_memstream(&page->text, &page->length);
    assert_non_null(page->stream);
    return page->stream;
}

/** Ends the page, which has to read as expected. */
static inline void assert_page(struct page *page, const char *expected) {
    assert_int_equal(fclose(page->stream), 0);
    assert_string_equal(page->text, expected);
    free(page->text);
}
