/**
 * @file
 * What a command answers, built once: fields, lines and tables, in order. document/writers.h
 * turns it into text, comma-separated values, JSON or HTML.
 *
 * A key names something for programs (JSON, CSV), a label or a heading for people (text, HTML).
 * What has only one of them is missing from the other forms. Texts that are handed over are not
 * copied: they outlive the document.
 */
#pragma once

#include "document/number.h"

#include <stdint.h>
#include <string.h>

enum document_type {
    DOCUMENT_ABSENT, /**< no member in JSON, an empty cell elsewhere */
    DOCUMENT_NULL,   /**< null in JSON, empty in CSV, "–" for people */
    DOCUMENT_FLAG,
    DOCUMENT_INTEGER,
    DOCUMENT_REAL, /**< NaN: as DOCUMENT_NULL, but "nan" where the column has a format */
    DOCUMENT_TEXT,
    DOCUMENT_CODE,    /**< a text that a shell reads */
    DOCUMENT_GROUP,   /**< in the first cell, for people: it heads the rows that follow */
    DOCUMENT_MEAN,    /**< mean ± sd */
    DOCUMENT_NUMBERS, /**< a list, or a list of rows; JSON only, as all that follow */
    DOCUMENT_WORDS,
    DOCUMENT_OBJECT,
    DOCUMENT_ROWS, /**< a table, as a list of objects */
};

struct document_mean {
    double mean, deviation; /**< NaN where there are too few numbers */
    int64_t count;          /**< of numbers */
    int64_t of;             /**< that could be numbers */
    int64_t undefined;      /**< that are not defined */
    struct number_format format;
};

/** One of them: make it with the functions below. */
struct document_value {
    enum document_type type;
    size_t count, columns; /**< of numbers and words; columns: of a matrix, 0 for a list */
    union {
        bool flag;
        int64_t integer;
        double real;
        const char *text;
        struct document_mean mean;
        const double *numbers;
        const char *const *words;
        const struct document *object;
        const struct document_table *rows;
    };
    const char *shown; /**< what people read instead of the value; NULL: the value */
};

static inline struct document_value document_null(void) {
    return (struct document_value){.type = DOCUMENT_NULL};
}

static inline struct document_value document_flag(bool flag) {
    return (struct document_value){.type = DOCUMENT_FLAG, .flag = flag};
}

static inline struct document_value document_integer(int64_t integer) {
    return (struct document_value){.type = DOCUMENT_INTEGER, .integer = integer};
}

static inline struct document_value document_real(double real) {
    return (struct document_value){.type = DOCUMENT_REAL, .real = real};
}

/** A text; NULL is DOCUMENT_NULL. */
static inline struct document_value document_text(const char *text) {
    return (struct document_value){.type = text == NULL ? DOCUMENT_NULL : DOCUMENT_TEXT,
                                   .text = text};
}

static inline struct document_value document_code(const char *text) {
    return (struct document_value){.type = DOCUMENT_CODE, .text = text};
}

static inline struct document_value document_group(const char *text) {
    return (struct document_value){.type = DOCUMENT_GROUP, .text = text};
}

static inline struct document_value document_mean(struct document_mean mean) {
    return (struct document_value){.type = DOCUMENT_MEAN, .mean = mean};
}

static inline struct document_value document_numbers(const double *numbers, size_t count) {
    return (struct document_value){.type = DOCUMENT_NUMBERS, .numbers = numbers, .count = count};
}

/** numbers[rows][columns]. */
static inline struct document_value document_matrix(const double *numbers, size_t rows,
                                                    size_t columns) {
    return (struct document_value){
        .type = DOCUMENT_NUMBERS, .numbers = numbers, .count = rows, .columns = columns};
}

static inline struct document_value document_words(const char *const *words, size_t count) {
    return (struct document_value){.type = DOCUMENT_WORDS, .words = words, .count = count};
}

/** An object of the fields of another document. */
static inline struct document_value document_object(const struct document *object) {
    return (struct document_value){.type = DOCUMENT_OBJECT, .object = object};
}

static inline struct document_value document_rows(const struct document_table *rows) {
    return (struct document_value){.type = DOCUMENT_ROWS, .rows = rows};
}

/** The value, for which people read `text`. */
static inline struct document_value document_shown(struct document_value value, const char *text) {
    value.shown = text;
    return value;
}

/** A column of a table. */
struct document_column {
    const char *key;     /**< NULL: for people only */
    const char *heading; /**< NULL: for programs only; "": without a heading */
    const char *unit;    /**< NULL, "" or "1": none */
    const char *object;  /**< in JSON, the member of a row that holds this column; NULL: the row.
                            Without key and heading it makes that member and is no column */
    const char *format;  /**< of reals for people, as of printf ("%.6g"); NULL: all digits */
    const char *class;   /**< of its cells in HTML; NULL: by alignment */
    int width;           /**< in text, at least */
    bool left;           /**< aligned to the left */
    bool mean;           /**< its values are means: three columns of CSV */
};

/** Fills cells[column_count] of a row; what it leaves alone is DOCUMENT_ABSENT. The arena is
 * emptied after every row. */
typedef enum status document_row_function(const void *context, size_t row,
                                          struct document_value *cells, struct arena *arena,
                                          struct error *error);

/** A table whose rows are made when they are written, so that tables may be long. */
struct document_table {
    const char *key;   /**< of the list of objects in JSON; NULL: for people only */
    const char *label; /**< in HTML, for those who do not see it */
    size_t column_count;
    const struct document_column *columns;
    size_t rows;       /**< for programs */
    size_t rows_shown; /**< for people: may be fewer or more */
    document_row_function *row;
    const void *context;
    int indent, gap; /**< blanks in text: before a line, between columns */
    bool bare;       /**< text has no headings */
    bool wrapped;    /**< in text, the last column is broken into lines */
    bool sortable;   /**< in HTML, by a click on a heading */
};

/** Sets the first cells of a row. */
#define DOCUMENT_CELLS(cells, ...)                                                                 \
    ((void)memcpy((cells), (const struct document_value[]){__VA_ARGS__},                           \
                  sizeof((const struct document_value[]){__VA_ARGS__})))

/** A value with its key (or NULL) and its label (or NULL). */
struct document_field {
    const char *key;
    const char *label;
    struct document_value value;
};

/** How a line for people looks. */
enum document_style {
    DOCUMENT_LINE,
    DOCUMENT_PARAGRAPH, /**< text breaks it where it is too long, and indents by the label */
    DOCUMENT_HANGING,   /**< the same, and indents by 4 */
    DOCUMENT_TITLE,
    DOCUMENT_NOTE,
    DOCUMENT_COMMAND, /**< the label is words, the text a command of the shell */
};

/** An item of a document. For the writers only. */
enum item_kind { ITEM_FIELD, ITEM_LINE, ITEM_TABLE, ITEM_MEMBERS };

struct document_item {
    /** An item of a document. For the writers only. */
    enum item_kind kind;
    enum document_style style;          /**< of a line */
    const char *lead, *text;            /**< of a line: before it, and it */
    struct document_field field;        /**< of a field */
    const struct document_table *table; /**< of a table, or of members */
    size_t row;                         /**< of members */
    struct document_item *next;
};

/** Start with `struct document document = {.arena = &arena}`; the arena holds the document. */
struct document {
    struct arena *arena;
    int margin;   /**< in text, columns that labels take at least */
    bool compact; /**< JSON in one line */
    struct document_item *first, *last;
};

/** Appends fields, in JSON as members. Fails without memory only, as all that follow. */
enum status document_fields(struct document *document, const struct document_field *fields,
                            size_t count, struct error *error) CHECKED;
#define DOCUMENT_FIELDS(document, error, ...)                                                      \
    document_fields((document), (const struct document_field[]){__VA_ARGS__},                      \
                    sizeof((const struct document_field[]){__VA_ARGS__}) /                         \
                        sizeof(struct document_field),                                             \
                    (error))

/** Appends a printf-like line for people. A label, unless NULL, stands before it. */
enum status document_line(struct document *document, enum document_style style, const char *label,
                          struct error *error, const char *format, ...) CHECKED PRINTF_LIKE(5, 6);

/** Appends to the text of the last item, which is a line. */
enum status document_continue(struct document *document, struct error *error, const char *format,
                              ...) CHECKED PRINTF_LIKE(3, 4);

/** Appends a copy of the table; what it points to must outlive the document. */
enum status document_add_table(struct document *document, const struct document_table *table,
                               struct error *error) CHECKED;

/** Appends the members of one row of a table, for programs. */
enum status document_members(struct document *document, const struct document_table *table,
                             size_t row, struct error *error) CHECKED;
