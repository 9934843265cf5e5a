#include "data/csv.h"

#include "base/file.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* How much of a field that is no number appears in a message. */
enum { FIELD_SHOWN = 40, FIRST_READ_BYTES = 64 * 1024, FIRST_NUMBERS = 1024 };

struct reader {
    const char *path;
    char *text;      /* whole file, ended by a zero */
    size_t line;     /* counted from 1 */
    char *start;     /* of the line */
    char *cursor;    /* in the line */
    char separator;  /* ',', ';' or ' ' once one was seen, else 0 */
    double *numbers; /* of all rows so far */
    size_t count;
    size_t capacity;
    char *header; /* the line that names the columns, or NULL */
};

static void csv_release_reader(struct reader *reader) {
    free(reader->text);
    free(reader->numbers);
}

static enum status csv_fail(const struct reader *reader, const char *at, struct error *error,
                            const char *message) {
    return error_set(error, STATUS_BAD_INPUT, "%s:%zu:%td: %s", reader->path, reader->line,
                     at - reader->start + 1, message);
}

static bool csv_is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r';
}

static void csv_skip_blanks(struct reader *reader) {
    while (csv_is_blank(*reader->cursor)) {
        reader->cursor++;
    }
}

static size_t csv_field_length(const char *field) {
    return strcspn(field, ",; \t\r");
}

/* Whether a field is one number, finite or not. */
static bool csv_is_number(const char *field, double *value) {
    char *end = NULL;
    *value = strtod(field, &end);
    return end != field && end == field + csv_field_length(field);
}

static enum status csv_keep_number(struct reader *reader, double value, struct error *error) {
    if (reader->count == reader->capacity) {
        size_t capacity = reader->capacity == 0 ? FIRST_NUMBERS : 2 * reader->capacity;
        double *numbers = realloc(reader->numbers, capacity * sizeof *numbers);
        if (numbers == NULL) {
            return error_set(error, STATUS_NO_MEMORY, "out of memory for '%s'", reader->path);
        }
        reader->numbers = numbers;
        reader->capacity = capacity;
    }
    reader->numbers[reader->count++] = value;
    return STATUS_OK;
}

static enum status csv_read_field(struct reader *reader, struct error *error) {
    const char *field = reader->cursor;
    size_t length = csv_field_length(field);
    double value = 0;
    if (length == 0) {
        return csv_fail(reader, field, error, "empty field, expected a number");
    }
    if (!csv_is_number(field, &value)) {
        char message[FIELD_SHOWN + 64];
        (void)snprintf(message, sizeof message, "'%.*s%s' is not a number",
                       (int)(length > FIELD_SHOWN ? FIELD_SHOWN : length), field,
                       length > FIELD_SHOWN ? "..." : "");
        return csv_fail(reader, field, error, message);
    }
    if (!isfinite(value)) {
        return csv_fail(reader, field, error,
                        isnan(value) ? "NaN, expected a finite number"
                                     : "infinite or too large, expected a finite number");
    }
    reader->cursor += length;
    return csv_keep_number(reader, value, error);
}

/* Steps over what separates two fields; *more says whether another field must follow. */
static enum status csv_read_separator(struct reader *reader, bool *more, struct error *error) {
    csv_skip_blanks(reader);
    char letter = *reader->cursor;
    *more = letter != '\0';
    if (!*more) {
        return STATUS_OK;
    }
    bool blank = letter != ',' && letter != ';';
    char separator = blank ? ' ' : letter;
    if (reader->separator != 0 && reader->separator != separator) {
        return csv_fail(
            reader, reader->cursor, error,
            blank || reader->separator == ' '
                ? "blanks separate fields here and ',' or ';' elsewhere"
                : "',' and ';' both separate fields (decimals are written with a point)");
    }
    reader->separator = separator;
    reader->cursor += !blank;
    csv_skip_blanks(reader);
    return STATUS_OK;
}

static enum status csv_read_row(struct reader *reader, size_t columns, struct error *error) {
    size_t before = reader->count;
    bool more = true;
    while (more) {
        TRY(csv_read_field(reader, error));
        TRY(csv_read_separator(reader, &more, error));
    }
    size_t found = reader->count - before;
    if (columns != 0 && found != columns) {
        char message[128];
        (void)snprintf(message, sizeof message, "%zu column%s, expected %zu as in the rows above",
                       found, found == 1 ? "" : "s", columns);
        return csv_fail(reader, reader->start, error, message);
    }
    return STATUS_OK;
}

/* A first line in which no field is a number names the columns. */
static bool csv_is_header(const char *line) {
    const char *field = line;
    while (*field != '\0') {
        double value = 0;
        if (csv_field_length(field) > 0 && csv_is_number(field, &value)) {
            return false;
        }
        field += csv_field_length(field);
        field += strspn(field, ",; \t\r");
    }
    return true;
}

/* Cuts a line off, which ends in LF, CR LF or CR; *rest is NULL after the last. */
static char *csv_next_line(char **rest) {
    char *line = *rest;
    char *end = line + strcspn(line, "\r\n");
    char ending = *end;
    *end = '\0';
    *rest = ending == '\0' ? NULL : end + 1;
    if (ending == '\r' && **rest == '\n') {
        (*rest)++;
    }
    return line;
}

static enum status csv_read_lines(struct reader *reader, size_t *columns, struct error *error) {
    static const char BYTE_ORDER_MARK[] = "\xef\xbb\xbf";
    char *rest = reader->text;
    if (strncmp(rest, BYTE_ORDER_MARK, sizeof BYTE_ORDER_MARK - 1) == 0) {
        rest += sizeof BYTE_ORDER_MARK - 1;
    }
    bool first = true;
    while (rest != NULL) {
        reader->start = csv_next_line(&rest);
        reader->line++;
        reader->start[strcspn(reader->start, "#")] = '\0';
        reader->cursor = reader->start;
        csv_skip_blanks(reader);
        if (*reader->cursor == '\0') {
            continue;
        }
        if (first && csv_is_header(reader->cursor)) {
            reader->header = reader->cursor;
        } else {
            TRY(csv_read_row(reader, *columns, error));
            *columns = *columns == 0 ? reader->count : *columns;
        }
        first = false;
    }
    return STATUS_OK;
}

/* Reads everything into reader->text. */
static enum status csv_read_text(struct reader *reader, FILE *file, struct error *error) {
    size_t capacity = FIRST_READ_BYTES;
    size_t length = 0;
    size_t got = 1;
    while (got > 0) {
        char *text = realloc(reader->text, capacity + 1);
        if (text == NULL) {
            return error_set(error, STATUS_NO_MEMORY, "out of memory for '%s'", reader->path);
        }
        reader->text = text;
        got = fread(text + length, 1, capacity - length, file);
        length += got;
        capacity += length == capacity ? capacity : 0;
    }
    if (ferror(file) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", reader->path,
                         strerror(errno));
    }
    reader->text[length] = '\0';
    if (strlen(reader->text) != length) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is neither text nor HDF5: byte %zu is zero, expected CSV",
                         reader->path, strlen(reader->text) + 1);
    }
    return STATUS_OK;
}

/* Cuts the next name off, without the quotes around it; *rest is NULL after the last. */
static char *csv_next_name(char **rest, bool has_commas) {
    const char *separators = has_commas ? ",;" : " \t\r";
    char *name = *rest + strspn(*rest, " \t\r");
    char *end = name + strcspn(name, separators);
    *rest = *end == '\0' || (!has_commas && end[strspn(end, separators)] == '\0') ? NULL : end + 1;
    while (end > name && csv_is_blank(end[-1])) {
        end--;
    }
    if (end > name + 1 && *name == '"' && end[-1] == '"') {
        name++;
        end--;
    }
    *end = '\0';
    return name;
}

/* Names from the header, where there are as many as columns. */
static enum status csv_take_names(const struct reader *reader, struct arena *arena,
                                  struct points *points, struct error *error) {
    if (reader->header == NULL) {
        return STATUS_OK;
    }
    const char **names;
    char *rest;
    size_t found = 0;
    size_t bytes = strlen(reader->header) + 1;
    TRY(ARENA_NEW(arena, rest, bytes, error));
    memcpy(rest, reader->header, bytes);
    bool has_commas = strpbrk(rest, ",;") != NULL;
    TRY(ARENA_NEW(arena, names, points->columns, error));
    for (; rest != NULL; found++) {
        const char *name = csv_next_name(&rest, has_commas);
        if (found < points->columns) {
            names[found] = name;
        }
    }
    points->names = found == points->columns ? names : NULL;
    return STATUS_OK;
}

enum status csv_read(const char *path, struct arena *arena, struct points *points,
                     struct error *error) {
    SCOPED(file_release) FILE *file = NULL;
    SCOPED(csv_release_reader) struct reader reader = {.path = path};
    size_t columns = 0;
    double *values;
    TRY(file_open(path, &file, NULL, error));
    TRY(csv_read_text(&reader, file, error));
    TRY(csv_read_lines(&reader, &columns, error));
    if (columns == 0) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is empty: expected rows of numbers", path);
    }
    TRY(ARENA_NEW(arena, values, reader.count, error));
    memcpy(values, reader.numbers, reader.count * sizeof *values);
    *points = (struct points){reader.count / columns, columns, values, NULL};
    return csv_take_names(&reader, arena, points, error);
}
