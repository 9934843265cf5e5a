#include "report/report_picture.h"

#include "base/file.h"
#include "document/html.h"
#include "report/svg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PREFIX_BYTES = 64, PATH_BYTES = 4096 };

/* Draws into a temporary file, and reads it. */
static enum status picture_draw_into(const struct report_picture *picture, const char *path,
                                     struct arena *arena, const char **svg, struct error *error) {
    const struct plot_style style = {.title = ""};
    TRY(picture->draw(picture->data, &style, path, error));
    return file_text(path, arena, svg, error);
}

static enum status picture_draw(const struct report_picture *picture, struct arena *arena,
                                const char **svg, struct error *error) {
    char path[PATH_BYTES];
    const char *folder = getenv("TMPDIR");
    (void)snprintf(path, sizeof path, "%s/modsweep-figure-XXXXXX.svg",
                   folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
    int file = mkstemps(path, (int)strlen(".svg"));
    if (file < 0) {
        return error_set(error, STATUS_SYSTEM, "cannot make a temporary file '%s': %s", path,
                         strerror(errno));
    }
    (void)close(file);
    enum status status = picture_draw_into(picture, path, arena, svg, error);
    (void)unlink(path);
    return status;
}

void report_picture_write(const struct report_picture *picture, size_t number, FILE *page) {
    const char *svg = NULL;
    SCOPED(arena_free) struct arena arena = {0};
    struct error why = {0};
    char prefix[PREFIX_BYTES];
    enum status status = picture_draw(picture, &arena, &svg, &why);
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
}
