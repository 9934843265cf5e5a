#include "report/svg.h"

#include "document/html.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool svg_begins(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* The end of a tag: after its '>'. */
static const char *svg_tag_end(const char *tag) {
    const char *end = strchr(tag, '>');
    return end == NULL ? tag + strlen(tag) : end + 1;
}

/* What comes before an id in a tag, and before a reference to one. */
static const char *const marks[] = {"id=\"", "id='", "href=\"#", "href='#", "url(#"};
enum { MARKS = sizeof marks / sizeof *marks };

/* Bytes of the mark that is here, or 0. "id=" must be a whole word. */
static size_t svg_mark_at(const char *here, char before) {
    for (size_t i = 0; i < MARKS; i++) {
        bool whole = marks[i][0] != 'i' || isspace((unsigned char)before);
        if (whole && svg_begins(here, marks[i])) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

static void svg_write_tag(FILE *page, const char *tag, const char *end, const char *prefix) {
    for (const char *here = tag; here < end;) {
        size_t length = here == tag ? 0 : svg_mark_at(here, here[-1]);
        if (length > 0) {
            (void)fprintf(page, "%.*s%s", (int)length, here, prefix);
            here += length;
        } else {
            (void)fputc(*here++, page);
        }
    }
}

/* The end of an unwanted element that begins here; NULL if it is wanted. */
static const char *svg_after_unwanted(const char *tag) {
    static const char *const unwanted[][2] = {{"<title>", "</title>"}, {"<desc>", "</desc>"}};
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
        if (svg_begins(tag, unwanted[i][0])) {
            const char *end = strstr(tag, unwanted[i][1]);
            return end == NULL ? tag + strlen(tag) : end + strlen(unwanted[i][1]);
        }
    }
    return NULL;
}

static void svg_write_opening(FILE *page, const char *tag, const char *label) {
    static const char name[] = "viewBox=\"";
    const char *found = strstr(tag, name);
    char box[128] = "";
    if (found != NULL && found < svg_tag_end(tag)) {
        found += strlen(name);
        (void)snprintf(box, sizeof box, "%.*s", (int)strcspn(found, "\"'>"), found);
    }
    (void)fputs("<svg role=\"img\" class=\"picture\" viewBox=\"", page);
    html_text(page, box);
    const char *width = strchr(box, ' ');
    width = width == NULL ? NULL : strchr(width + 1, ' ');
    if (width != NULL) {
        (void)fprintf(page, "\" width=\"%.*s", (int)strcspn(width + 1, " "), width + 1);
    }
    (void)fputs("\" aria-label=\"", page);
    html_text(page, label);
    (void)fputs("\">", page);
}

void svg_write(FILE *page, const char *svg, const char *prefix, const char *label) {
    const char *here = strstr(svg, "<svg");
    bool sheet = true; /* the first rectangle at the origin is the background */
    if (here == NULL) {
        return;
    }
    svg_write_opening(page, here, label);
    for (here = svg_tag_end(here); *here != '\0';) {
        if (*here != '<') {
            (void)fputc(*here++, page);
            continue;
        }
        const char *after = svg_after_unwanted(here);
        const char *end = svg_tag_end(here);
        if (after != NULL) {
            here = after;
        } else if (sheet && svg_begins(here, "<rect x=\"0\" y=\"0\"")) {
            sheet = false;
            here = end;
        } else {
            svg_write_tag(page, here, end, prefix);
            here = end;
        }
    }
}
