/* Pictures of gnuplot's in a report. */
#include "report/report_picture.h"

#include "document/html.h"
#include "report/svg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PREFIX_BYTES = 64 };

/* A file's text with a final zero, owned by the arena. */
static enum status report_picture_read_file(const char *path, struct arena *arena, char **text,
                                            struct error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_set(error, STATUS_STORAGE, "cannot read '%s': %s", path, strerror(errno));
    }
    enum status status = STATUS_OK;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
        status = error_set(error, STATUS_STORAGE, "cannot read '%s': %s", path, strerror(errno));
    }
    status = status == STATUS_OK ? ARENA_NEW(arena, *text, size + 1, error) : status;
    if (status == STATUS_OK && fread(*text, 1, (size_t)size, file) != (size_t)size) {
        status = error_set(error, STATUS_STORAGE, "cannot read '%s'", path);
    }
    (void)fclose(file); /* was only read */
    return status;
}

/* Lets gnuplot draw into a file of its own, which is gone afterwards. */
static enum status report_picture_draw(const struct report_picture *picture, struct arena *arena,
                                       char **svg, struct error *error) {
    const char *folder = getenv("TMPDIR");
    const struct plot_style style = {.title = ""};
    char *path = arena_format(arena, error, "%s/modsweep-figure-XXXXXX.svg",
                              folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
    if (path == NULL) {
        return error_status(error);
    }
    int file = mkstemps(path, (int)strlen(".svg"));
    if (file < 0) {
        return error_set(error, STATUS_SYSTEM, "cannot make a temporary file '%s': %s", path,
                         strerror(errno));
    }
    enum status status = picture->draw(picture->data, &style, path, error);
    status = status == STATUS_OK ? report_picture_read_file(path, arena, svg, error) : status;
    (void)close(file); /* nothing was written through it */
    (void)unlink(path);
    return status;
}

void report_picture_write(const struct report_picture *picture, size_t number, FILE *page) {
    char *svg = NULL;
    struct arena arena = {0};
    struct error why = {0};
    char prefix[PREFIX_BYTES];
    enum status status = report_picture_draw(picture, &arena, &svg, &why);
    (void)snprintf(prefix, sizeof prefix, "figure-%zu-", number);
    html_begin(page, "figure", NULL);
    if (status == STATUS_OK) {
        (void)fprintf(page, "<div class=\"%s\" tabindex=\"0\">",
                      picture->graded ? "drawn sheet" : "drawn");
        svg_write(page, svg, prefix, picture->caption);
        html_end(page, "div");
    } else {
        html_element_format(page, "p", "notice", "This figure could not be drawn: %s.",
                            why.message);
    }
    html_begin(page, "figcaption", NULL);
    html_format(page, "Figure %zu. ", number);
    html_text(page, picture->caption);
    html_end(page, "figcaption");
    html_end(page, "figure");
    arena_free(&arena);
}
