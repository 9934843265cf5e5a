/**
 * @file
 * What a command answers, built once: fields, lines and tables, in order. document/writers.h
 * turns it into text, comma-separated values, JSON or HTML.
 *
 * A key names something for programs (JSON, CSV), a label or a heading for people (text, HTML).
 * The other forms leave out what has only one of them. Values are not copied: the texts and arrays
 * that they point to must outlive the document.
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
    DOCUMENT_TERM,    /**< a text that `shown` explains */
    DOCUMENT_GROUP,   /**< in the first cell, for people: it heads the rows that follow */
    DOCUMENT_MEAN,    /**< mean ± sd */
    DOCUMENT_NUMBERS, /**< a list, or a list of rows; JSON only, as all that follow */
    DOCUMENT_WORDS,
    DOCUMENT_LIST, /**< an empty list, to which document_element appends */
    DOCUMENT_OBJECT,
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
    };
    const char *shown; /**< what people read instead of the value; NULL: the value */
    const char *label; /**< of a field; NULL: for programs only */
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

static inline struct document_value document_term(const char *text, const char *meaning) {
    return (struct document_value){.type = DOCUMENT_TERM, .text = text, .shown = meaning};
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

static inline struct document_value document_list(void) {
    return (struct document_value){.type = DOCUMENT_LIST};
}

/** The value, for which people read `text`. */
static inline struct document_value document_shown(struct document_value value, const char *text) {
    value.shown = text;
    return value;
}

/** The value of a field, which people find behind `label`. */
static inline struct document_value document_labelled(const char *label,
                                                      struct document_value value) {
    value.label = label;
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

/** Fills cells[column_count] of a row; cells that it does not set are DOCUMENT_ABSENT. The arena is
 * emptied after every row. */
typedef enum status document_row_function(const void *context, size_t row,
                                          struct document_value *cells, struct arena *arena,
                                          struct error *error);

/** A table. Its rows are appended one by one, or, where they may be many, made when they are
 * written. */
struct document_table {
    const char *key;   /**< of the list of objects in JSON; NULL: for people only */
    const char *label; /**< in HTML, for those who do not see it */
    size_t column_count;
    const struct document_column *columns;
    size_t rows;                /**< for programs */
    size_t rows_shown;          /**< for people: may be fewer or more */
    document_row_function *row; /**< makes rows from `context`; NULL: they are appended */
    const void *context;
    int indent, gap;              /**< blanks in text: before a line, between columns */
    bool hidden;                  /**< text leaves it out */
    bool bare;                    /**< text has no headings */
    bool wrapped;                 /**< in text, the last column is broken into lines */
    bool sortable;                /**< in HTML, by a click on a heading */
    struct arena *arena;          /**< of the document */
    struct document_value *cells; /**< [row][column], that were appended */
    size_t capacity;              /**< of them, in rows */
};

/** The columns of a table, from an array: `.columns` and `.column_count`. */
#define DOCUMENT_COLUMNS(array) .columns = (array), .column_count = sizeof(array) / sizeof *(array)

/** Sets the first cells of a row. */
#define DOCUMENT_CELLS(cells, ...)                                                                 \
    ((void)memcpy((cells), (const struct document_value[]){__VA_ARGS__},                           \
                  sizeof((const struct document_value[]){__VA_ARGS__})))

/** A value by its key; NULL: for people only. */
struct document_field {
    const char *key;
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
enum item_kind { ITEM_FIELD, ITEM_ELEMENT, ITEM_LINE, ITEM_TABLE };

struct document_item {
    enum item_kind kind;
    enum document_style style;          /**< of a line */
    const char *lead, *text;            /**< of a line: before it, and it */
    struct document_field field;        /**< of a field, or an element */
    const struct document_table *table; /**< of a table */
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

/** Appends a field for people only. */
enum status document_fact(struct document *document, const char *label, struct document_value value,
                          struct error *error) CHECKED;

/** Appends a printf-like line for people. A label, unless NULL, stands before it. */
enum status document_line(struct document *document, const char *label, struct error *error,
                          const char *format, ...) CHECKED PRINTF_LIKE(4, 5);
enum status document_styled(struct document *document, enum document_style style, const char *label,
                            struct error *error, const char *format, ...) CHECKED PRINTF_LIKE(5, 6);

/** Appends to the text of the last item, which is a line. */
enum status document_continue(struct document *document, struct error *error, const char *format,
                              ...) CHECKED PRINTF_LIKE(3, 4);

/** Appends a member that is an object, or an object to the list `key`, and points *object to it.
 * People find what it holds where it stands. */
enum status document_object(struct document *document, const char *key, struct document **object,
                            struct error *error) CHECKED;
enum status document_element(struct document *document, const char *key, struct document **object,
                             struct error *error) CHECKED;

/** Appends a copy of the table, and points *added to it unless that is NULL. */
enum status document_table(struct document *document, const struct document_table *table,
                           struct document_table **added, struct error *error) CHECKED;

/** Appends a row to a table that makes none itself; *cells is where its values go. */
enum status document_row(struct document_table *table, struct document_value **cells,
                         struct error *error) CHECKED;
