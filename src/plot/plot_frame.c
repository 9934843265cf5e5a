#include "plot/plot_frame.h"

#include "plot/plot_text.h"

#include <math.h>

/* Lengths in pixels of the page. */
enum {
    Y_TITLE_AT = 16,
    MARK_WIDTH = 52,  /* from one number to the next along x */
    MARK_HEIGHT = 24, /* and upwards */
    PAGE_SMALL = 380, /* smaller pages have smaller numbers */
};

static const char looks_of_axes[] = "set border 3 lc rgb '#777777' lw 1\n"
                                    "set tics nomirror out scale 0.6 tc rgb '#444444'\n"
                                    "set grid lt 1 lw 0.8 lc rgb '#e8e8e8'\n"
                                    "set xtics offset 0,0.3\nunset key\n";

/* The least of 1, 2 and 5 times a power of ten that is not below a length. */
static double plot_frame_round_step(double length) {
    double power = pow(10.0, floor(log10(length)));
    double share = length / power;
    return power * (share <= 1.0 ? 1.0 : share <= 2.0 ? 2.0 : share <= 5.0 ? 5.0 : 10.0);
}

/* How many numbers have room along an axis. */
static int plot_frame_fitting_marks(const char *axis, int length) {
    enum { MOST = 8 };
    int fitting = length / (axis[0] == 'x' ? MARK_WIDTH : MARK_HEIGHT);
    return fitting < 1 ? 1 : fitting > MOST ? MOST : fitting;
}

/* From one mark to the next where about so many are wanted: a round number that makes two. */
static double plot_frame_mark_step(double low, double high, int count) {
    enum { LEAST = 2 };
    double step = plot_frame_round_step((high - low) / count);
    while (floor(high / step) - ceil(low / step) + 1.0 < LEAST) {
        step /= 2.0;
    }
    return step;
}

void plot_frame_write_marks(FILE *script, const char *axis, double low, double high, int length) {
    enum { USUAL_DIGITS = 6 };
    if (!(high > low)) {
        return;
    }
    double step = plot_frame_mark_step(low, high, plot_frame_fitting_marks(axis, length));
    (void)fprintf(script, "set %stics %.12g\n", axis, step);
    if (axis[0] == 'y') {
        int decimals = (int)ceil(-log10(step));
        bool fine = log10(fmax(fabs(low), fabs(high)) / step) > USUAL_DIGITS - 1;
        if (fine && decimals > 0) {
            (void)fprintf(script, "set format y '%%.%df'\n", decimals);
        } else {
            (void)fputs("set format y\n", script);
        }
    }
}

enum { LOG_MARKS_MAX = 16 };

/* Powers of ten, or 1, 2 and 5 times these, where they are in the range. */
static int plot_frame_find_decade_marks(double low, double high, bool powers_alone, double *marks) {
    static const double digits[] = {1.0, 2.0, 5.0};
    const int used = powers_alone ? 1 : (int)(sizeof digits / sizeof *digits);
    int count = 0;
    int last = (int)floor(log10(high));
    for (int power = (int)floor(log10(low)); power <= last; power++) {
        for (int d = 0; d < used; d++) {
            double mark = digits[d] * pow(10.0, power);
            if (mark >= low && mark <= high && count < LOG_MARKS_MAX) {
                marks[count++] = mark;
            }
        }
    }
    return count;
}

/* Marks at equal distances; at least two. */
static int plot_frame_find_even_marks(double low, double high, int wanted, double *marks) {
    double step = plot_frame_mark_step(low, high, wanted);
    double first = ceil(low / step);
    int count = (int)(floor(high / step) - first) + 1;
    count = count < LOG_MARKS_MAX ? count : LOG_MARKS_MAX;
    for (int k = 0; k < count; k++) {
        marks[k] = (first + k) * step;
    }
    return count;
}

void plot_frame_write_log_marks(FILE *script, const char *axis, double low, double high,
                                int length) {
    enum { LEAST = 2, FEW = 3, EVEN = 5 };
    double marks[LOG_MARKS_MAX];
    if (!(low > 0.0 && high > low) || plot_frame_find_decade_marks(low, high, true, marks) >= FEW) {
        (void)fprintf(script, "set %stics autofreq\n", axis);
        return;
    }
    int fitting = plot_frame_fitting_marks(axis, length);
    fitting = fitting < LEAST ? LEAST : fitting;
    int count = plot_frame_find_decade_marks(low, high, false, marks);
    if (count < (fitting < FEW ? fitting : FEW)) {
        count = plot_frame_find_even_marks(low, high, fitting < EVEN ? fitting : EVEN, marks);
    }
    int stride = (count + fitting - 1) / fitting;
    (void)fprintf(script, "set %stics (", axis);
    for (int k = 0; k < count; k += stride) {
        (void)fprintf(script, "%s%.12g", k == 0 ? "" : ", ", marks[k]);
    }
    (void)fputs(")\n", script);
}

void plot_frame_write_looks(FILE *script, const struct plot_page *page) {
    bool small = page->width < PAGE_SMALL || page->panel_height < PAGE_PANEL_LOW;
    (void)fprintf(script, "%sset tics font ',%d'\n", looks_of_axes,
                  small ? PLOT_FONT_SMALLEST : PLOT_FONT);
}

/* A text of a size, or the largest smaller one at which it fits; cut off where none does. */
static void plot_frame_write_fitted(FILE *script, const struct plot_page *page, int x, int y,
                                    int room, int font, const char *text, const char *looks) {
    int count = plot_text_letters(text);
    while (font > PLOT_FONT_MIN && plot_text_width(font, count) > room) {
        font--;
    }
    (void)fputs("set label ", script);
    plot_text_write(script, text, room, font);
    (void)fprintf(script, " at screen %.6f,%.6f font ',%d' %s\n", plot_page_across(page, x),
                  plot_page_up(page, y), font, looks);
}

void plot_frame_write_text(FILE *script, const struct plot_page *page, int x, int y, int room,
                           const char *text, const char *looks) {
    plot_frame_write_fitted(script, page, x, y, room, PLOT_FONT, text, looks);
}

static void plot_frame_write_margins(FILE *script, const struct plot_page *page, int top,
                                     int bottom) {
    (void)fprintf(script, "set lmargin at screen %.6f\nset rmargin at screen %.6f\n",
                  plot_page_across(page, page->left), plot_page_across(page, page->right));
    (void)fprintf(script, "set tmargin at screen %.6f\nset bmargin at screen %.6f\n",
                  plot_page_up(page, top), plot_page_up(page, bottom));
}

/* Marks at 0, 1, … with names, every step-th with its name (0: none), cut off where it is wider
 * than room. */
static void plot_frame_write_names(FILE *script, const char *const *names, size_t count,
                                   size_t step, int room) {
    (void)fputc('(', script);
    for (size_t c = 0; c < count; c++) {
        (void)fputs(c == 0 ? "" : ", ", script);
        plot_text_write(script,
                        step == 0 || c % step != 0 ? ""
                        : names[c][0] == '\0'      ? "–"
                                                   : names[c],
                        room, PLOT_FONT);
        (void)fprintf(script, " %zu", c);
    }
    (void)fputs(")\n", script);
}

/* Names under the last panel, marks alone under the others. */
static void plot_frame_write_categories(FILE *script, const struct plot_page *page, bool named) {
    enum { NAME_LETTERS = 40 };
    (void)fprintf(script, "set grid noxtics\nset xtics %s ",
                  page->turned ? "rotate by 30 right" : "norotate");
    plot_frame_write_names(script, page->categories, page->category_count,
                           named ? page->category_step : 0,
                           plot_text_width(PLOT_FONT, NAME_LETTERS));
}

static void plot_frame_write_rows(FILE *script, const struct plot_page *page) {
    size_t fitting = (size_t)(page->panel_height / PLOT_FONT) + 1;
    (void)fputs("set ytics ", script);
    plot_frame_write_names(script, page->rows, page->row_count,
                           (page->row_count + fitting - 1) / fitting, page->left - PAGE_LEFT_TITLE);
}

static void plot_frame_write_x_axis(FILE *script, const struct plot_page *page, int bottom) {
    int middle = (page->left + page->right) / 2;
    int title = bottom + page->scale + PAGE_X_TITLE / 2;
    int to_edge = middle < page->width - middle ? middle : page->width - middle;
    (void)fputs("set format x '%g'\n", script);
    plot_frame_write_fitted(script, page, middle, title, 2 * to_edge, PLOT_FONT, page->x_title,
                            "center");
    plot_frame_write_fitted(script, page, middle, title + (PAGE_X_TITLE + PAGE_X_HELP) / 2,
                            2 * to_edge, PLOT_FONT_SMALL, page->x_help, "center tc rgb '#666666'");
}

void plot_frame_write_panel(FILE *script, const struct plot_page *page, size_t panel,
                            const char *y_title, const char *heading) {
    bool last = panel + 1 == page->panel_count;
    int top = plot_page_panel_top(page, panel);
    int bottom = plot_page_panel_bottom(page, panel);
    plot_frame_write_margins(script, page, top, bottom);
    plot_frame_write_fitted(script, page, Y_TITLE_AT, (top + bottom) / 2,
                            page->panel_height + PAGE_HEADING, PLOT_FONT, y_title,
                            "rotate by 90 center");
    plot_frame_write_fitted(script, page, page->left, top - PAGE_HEADING / 2,
                            page->width - page->left, PLOT_FONT_SMALL, heading, "tc rgb '#666666'");
    if (page->category_count > 0) {
        plot_frame_write_categories(script, page, last);
    }
    if (page->row_count > 0) {
        plot_frame_write_rows(script, page);
    }
    if (last) {
        plot_frame_write_x_axis(script, page, bottom);
    }
}

void plot_frame_write_bar(FILE *script, const struct plot_page *page, int x, int top, int bottom) {
    enum { WIDTH = 14 };
    (void)fprintf(script,
                  "set colorbox user origin screen %.6f,%.6f size screen %.6f,%.6f noborder\n"
                  "set cbtics scale 0.4 tc rgb '#444444' offset -0.6,0 font ',%d'\n",
                  plot_page_across(page, x), plot_page_up(page, bottom),
                  plot_page_across(page, WIDTH),
                  plot_page_up(page, top) - plot_page_up(page, bottom), PLOT_FONT_SMALL);
}

void plot_frame_write_rest(FILE *script, const struct plot_page *page) {
    enum { EDGE = 8 };
    bool wide = plot_text_width(PLOT_FONT_TITLE, plot_text_letters(page->style.title)) >
                page->width - page->left;
    int x = wide ? EDGE : page->left;
    plot_frame_write_fitted(script, page, x, PAGE_TOP + PAGE_TITLE / 2, page->width - x,
                            PLOT_FONT_TITLE, page->style.title, "");
    for (int line = 0; line < page->account_line_count; line++) {
        int below = page->account_line_count - 1 - line;
        plot_frame_write_fitted(script, page, EDGE,
                                page->height - PAGE_BOTTOM - PAGE_ACCOUNT * below, page->width,
                                PLOT_FONT_SMALLEST, page->account_lines[line], "tc rgb '#777777'");
    }
    (void)fputs("unset border\nunset tics\nunset logscale x\nunset logscale y\nunset grid\nset "
                "xrange [0:1]\n"
                "set yrange [0:1]\n",
                script);
}
