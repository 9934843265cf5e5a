#include "plot/plot_page.h"

#include "base/utf8.h"
#include "plot/plot_text.h"

#include <math.h>
#include <string.h>

/* Lengths in pixels of the page. */
enum {
    TOP = 16,
    TITLE = 26,
    HEADING = 24,    /* above a panel, for the long name of its score */
    LEFT_TITLE = 36, /* for the title of y, without the scale */
    X_TITLE = 22,
    X_HELP = 16,
    ACCOUNT_LINE = 15,
    BOTTOM = 12,
    EDGE = 8,
    PANEL_LOW = 110, /* if panels are lower, the long name of x is left out */
    PANEL_WIDTH = 480,
    PANEL_NARROW = 240, /* if panels are narrower, the legend goes under them */
    PANEL_WIDTH_MIN = 60,
    LONE_PANEL_HEIGHT = 320,
    PANEL_HEIGHT = 210,
    PANEL_HEIGHT_MIN = 40,
    PAGE_SMALL = 380, /* smaller pages have smaller numbers */
    LEFT = 88,        /* of a panel, for its scale and title */
    LEFT_SHARE = 3,   /* names along y have at most 1/3 of the page's width */
    RIGHT = 20,
    SCALE = 34,       /* under the last panel, for its numbers */
    SHORT_NAME = 50,  /* shorter names are left out rather than turned */
    TURNED_ROOM = 26, /* along the axis, of a name that is turned */
    TURNED_SHARE = 2, /* turned names are 1/2 as high as they are wide */
    NAME_WIDTH = 330, /* of a name along x, at most */
};

/* Names of columns that would run into each other are turned, or left out where they are short. */
static void page_fit_columns(struct plot_page *page) {
    int count = (int)page->columns.count;
    int width = page->right - page->left;
    int widest = plot_text_widest(page->columns.texts, page->columns.count, PLOT_FONT);
    bool fits = count * (widest + PLOT_FONT_MIN) <= width;
    page->turned = !fits && widest > SHORT_NAME;
    page->scale = page->turned ? SCALE + widest / TURNED_SHARE : SCALE;
    int room = page->turned ? TURNED_ROOM : widest + PLOT_FONT_MIN;
    page->column_step = count * room > width ? (size_t)((count * room + width - 1) / width) : 1;
}

/* About how wide the numbers along y are. */
static int page_scale_width(const struct plot_range *range) {
    static const char widest[] = "000000000000";
    double length = range->high - range->low;
    if (!(length > 0.0)) {
        return 0;
    }
    double largest = fmax(fabs(range->low), fabs(range->high));
    int decimals = -(int)floor(log10(length / 8.0));
    int digits = largest >= 10.0 ? (int)log10(largest) + 1 : 1;
    int letters = digits + (decimals > 0 ? decimals + 1 : 0) + (range->low < 0.0);
    int left_over = (int)strlen(widest) - letters;
    return plot_text_width(widest + (left_over > 0 ? left_over : 0), PLOT_FONT);
}

/* Bytes of the longest beginning of a text that has at most so many letters and ends with a part
 * (before "; "), or with a word if the first part is longer. */
static size_t page_line_end(const char *text, size_t letters) {
    size_t end = utf8_bytes(text, letters + 1);
    size_t word = end;
    size_t part = 0;
    if (text[end] == '\0' && utf8_letters(text, end) <= letters) {
        return end;
    }
    for (size_t k = 1; k < end; k++) {
        if (text[k] == ' ') {
            word = k;
            part = text[k - 1] == ';' ? k : part;
        }
    }
    return part > 0 ? part : word;
}

/* Breaks the account into lines as wide as the page. Further lines are not shown. */
static enum status page_break_account(struct plot_page *page, struct arena *arena,
                                      struct error *error) {
    size_t letters = plot_text_fitting(page->width, PLOT_FONT_SMALLEST) - 2;
    const char *rest = page->account;
    while (*rest != '\0' && page->account_line_count < PLOT_ACCOUNT_LINES) {
        size_t end = page_line_end(rest, letters);
        bool after_part = end > 0 && rest[end - 1] == ';';
        TRY(arena_printf(arena, &page->account_lines[page->account_line_count++], error, "%.*s",
                         (int)(end - after_part), rest));
        rest += end;
        rest += strspn(rest, " ");
    }
    return STATUS_OK;
}

static void page_lay_out_across(struct plot_page *page) {
    bool asked = page->style.width > 0;
    int names = LEFT_TITLE + (page->rows.count > 0
                                  ? plot_text_widest(page->rows.texts, page->rows.count, PLOT_FONT)
                                  : page_scale_width(&page->widest));
    page->left = names > LEFT ? names : LEFT;
    if (asked && page->left > page->style.width / LEFT_SHARE) {
        page->left = page->style.width / LEFT_SHARE;
    }
    page->width = asked ? page->style.width : page->left + PANEL_WIDTH + RIGHT + page->side;
    page->right = page->width - RIGHT - page->side;
    if (page->under_height > 0 && page->right - page->left < PANEL_NARROW) {
        page->right = page->width - RIGHT;
    } else {
        page->under_height = 0;
    }
    if (page->right < page->left + PANEL_WIDTH_MIN) {
        page->right = page->left + PANEL_WIDTH_MIN;
    }
    page_fit_columns(page);
}

static int page_account_height(const struct plot_page *page) {
    return BOTTOM + ACCOUNT_LINE * page->account_line_count;
}

/* The height of everything but the panels. */
static int page_height_of_others(const struct plot_page *page) {
    int axis = page->scale + X_TITLE + (page->x_help[0] == '\0' ? 0 : X_HELP);
    return page->top + ((int)page->panel_count - 1) * HEADING + axis + page->under_height +
           page_account_height(page);
}

/* For each panel. */
static int page_height_left(const struct plot_page *page) {
    return (page->height - page_height_of_others(page)) / (int)page->panel_count;
}

static int page_wanted_height(const struct plot_page *page) {
    int panel = page->panel_height > 0   ? page->panel_height
                : page->panel_count == 1 ? LONE_PANEL_HEIGHT
                                         : PANEL_HEIGHT;
    int height = page_height_of_others(page) + (int)page->panel_count * panel;
    int beside = page->under_height > 0 ? 0 : page->top + page->side_height + BOTTOM;
    return height > beside ? height : beside;
}

static int page_panel_top(const struct plot_page *page, size_t panel) {
    return page->top + (int)panel * (page->panel_height + HEADING);
}

/* If a page is low, it has no long name of x, then fewer lines of the account. */
static enum status page_lay_out_upwards(struct plot_page *page, struct error *error) {
    page->top = TOP + (page->style.title[0] == '\0' ? 0 : TITLE) + HEADING;
    page->height = page->style.height > 0 ? page->style.height : page_wanted_height(page);
    if (page_height_left(page) < PANEL_LOW) {
        page->x_help = "";
    }
    while (page_height_left(page) < PANEL_HEIGHT_MIN && page->account_line_count > 1) {
        page->account_line_count--;
    }
    page->panel_height = page_height_left(page);
    if (page->panel_height < PANEL_HEIGHT_MIN) {
        int count = (int)page->panel_count;
        return error_set(error, STATUS_BAD_INPUT,
                         "--size: %d panel%s and what is around need a height of %d pixels, not %d",
                         count, count == 1 ? "" : "s",
                         page_height_of_others(page) + count * PANEL_HEIGHT_MIN, page->height);
    }
    if (page->under_height > 0) {
        page->under = page->height - page_account_height(page) - page->under_height;
    }
    return STATUS_OK;
}

enum status plot_page_lay_out(struct plot_page *page, struct arena *arena, struct error *error) {
    page_lay_out_across(page);
    TRY(page_break_account(page, arena, error));
    return page_lay_out_upwards(page, error);
}

void plot_page_begin(FILE *script, const struct plot_page *page) {
    bool small = page->width < PAGE_SMALL || page->panel_height < PANEL_LOW;
    (void)fprintf(script,
                  "set border 3 lc rgb '#777777' lw 1\n"
                  "set tics nomirror out scale 0.6 tc rgb '#444444' font ',%d'\n"
                  "set grid lt 1 lw 0.8 lc rgb '#e8e8e8'\n"
                  "set xtics offset 0,0.3\nunset key\nunset colorbox\nset multiplot\n",
                  small ? PLOT_FONT_SMALLEST : PLOT_FONT);
}

/* Marks at 0, 1, …, every step-th of them with its name. */
static void page_write_names(FILE *script, const struct plot_names *names, size_t step, int room) {
    for (size_t k = 0; k < names->count; k++) {
        const char *name = names->texts[k][0] == '\0' ? "–" : names->texts[k];
        (void)fputs(k == 0 ? "(" : ", ", script);
        plot_text_write(script, k % step == 0 ? name : "", room, PLOT_FONT);
        (void)fprintf(script, " %zu", k);
    }
    (void)fputs(")\n", script);
}

/* Names under the last panel, only marks under the others. */
static void page_write_columns(FILE *script, const struct plot_page *page, bool last) {
    (void)fprintf(script, "set grid noxtics\nset xtics %s ",
                  page->turned ? "rotate by 30 right" : "norotate");
    if (last) {
        page_write_names(script, &page->columns, page->column_step, NAME_WIDTH);
    } else {
        (void)fputs("1\n", script);
    }
}

void plot_page_write_panel(FILE *script, const struct plot_page *page, size_t panel) {
    bool last = panel + 1 == page->panel_count;
    int top = page_panel_top(page, panel);
    /* With `set multiplot layout` the legend could not be higher than a panel. */
    (void)fprintf(script, "set margins at screen %f, at screen %f, at screen %f, at screen %f\n",
                  (double)page->left / page->width, (double)page->right / page->width,
                  1.0 - (double)(top + page->panel_height) / page->height,
                  1.0 - (double)top / page->height);
    (void)fprintf(script, "set format x '%s'\n", last ? "%g" : "");
    if (page->columns.count > 0) {
        page_write_columns(script, page, last);
    }
    if (page->rows.count > 0) {
        size_t fitting = (size_t)(page->panel_height / PLOT_FONT) + 1;
        (void)fputs("set ytics ", script);
        page_write_names(script, &page->rows, (page->rows.count + fitting - 1) / fitting,
                         page->left - LEFT_TITLE);
    }
}

void plot_page_write_bar(FILE *script, const struct plot_page *page, const char *title) {
    (void)fprintf(script,
                  "set colorbox noborder\n"
                  "set cbtics scale 0.4 tc rgb '#444444' font ',%d'\nset cblabel ",
                  PLOT_FONT_SMALL);
    plot_text_write_fitted(script, title, page->panel_height + HEADING, PLOT_FONT);
    (void)fputc('\n', script);
}

void plot_page_write_text(FILE *script, const char *text, int room, int font, int x, int y,
                          const char *looks) {
    (void)fputs("set label ", script);
    plot_text_write_fitted(script, text, room, font);
    (void)fprintf(script, " at %d,%d %s\n", x, y, looks);
}

static void page_write_title_of_x(FILE *script, const struct plot_page *page) {
    int middle = (page->left + page->right) / 2;
    int y = page_panel_top(page, page->panel_count) - HEADING + page->scale + X_TITLE / 2;
    int to_edge = middle < page->width - middle ? middle : page->width - middle;
    plot_page_write_text(script, page->x_title, 2 * to_edge, PLOT_FONT, middle, y, "center");
    plot_page_write_text(script, page->x_help, 2 * to_edge, PLOT_FONT_SMALL, middle,
                         y + (X_TITLE + X_HELP) / 2, "center tc rgb '#666666'");
}

void plot_page_write_texts(FILE *script, const struct plot_page *page) {
    bool wide = plot_text_width(page->style.title, PLOT_FONT_TITLE) > page->width - page->left;
    int x = wide ? EDGE : page->left;
    (void)fprintf(script,
                  "unset border\nunset tics\nunset grid\nunset logscale\nunset colorbox\n"
                  "set margins 0,0,0,0\nset xrange [0:%d]\nset yrange [%d:0]\n",
                  page->width, page->height);
    plot_page_write_text(script, page->style.title, page->width - x, PLOT_FONT_TITLE, x,
                         TOP + TITLE / 2, "");
    for (size_t s = 0; s < page->panel_count; s++) {
        int top = page_panel_top(page, s);
        plot_page_write_text(script, page->y_titles[s], page->panel_height + HEADING, PLOT_FONT,
                             2 * EDGE, top + page->panel_height / 2, "rotate by 90 center");
        plot_page_write_text(script, page->headings[s], page->width - page->left, PLOT_FONT_SMALL,
                             page->left, top - HEADING / 2, "tc rgb '#666666'");
    }
    page_write_title_of_x(script, page);
    for (int line = 0; line < page->account_line_count; line++) {
        int below = page->account_line_count - 1 - line;
        plot_page_write_text(script, page->account_lines[line], page->width, PLOT_FONT_SMALLEST,
                             EDGE, page->height - BOTTOM - ACCOUNT_LINE * below,
                             "tc rgb '#777777'");
    }
}
