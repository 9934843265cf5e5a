#include "show/plot_page.h"

#include "show/gnuplot.h"

#include <math.h>
#include <string.h>

/* Lengths in pixels of the page. */
enum {
    PANEL_WIDTH = 480,
    PANEL_NARROW = 240, /* narrower panels have nothing at their side that can stand under them */
    PANEL_WIDTH_LEAST = 60,
    LONE_PANEL_HEIGHT = 320,
    PANEL_HEIGHT = 210,
    PANEL_HEIGHT_LEAST = 40,
    PANEL_LOW = 110, /* lower panels do without the long name of x */
    LEFT = 88,       /* of a panel, for its scale and title */
    LEFT_TITLE = 36, /* for the title alone */
    LEFT_SHARE = 3,  /* names along y have at most this part of the page's width */
    Y_TITLE_AT = 16,
    RIGHT = 20,
    TOP = 16,
    TITLE = 26,
    HEADING = 24, /* over a panel, for the long name of its score */
    SCALE = 34,   /* under the last panel, for its numbers */
    X_TITLE = 22,
    X_HELP = 16,
    ACCOUNT = 15, /* a line of it */
    BOTTOM = 12,
    SHORT_NAME = 50,  /* names as short are left out rather than turned */
    TURNED_ROOM = 26, /* along the axis, of a name that is turned */
    MARK_WIDTH = 52,  /* from one number to the next along x */
    MARK_HEIGHT = 24, /* and upwards */
    PAGE_SMALL = 380, /* smaller pages have smaller numbers */
    TURNED_SHARE = 2, /* names that are turned are this part of their width high */
};

/* Sizes of letters, and their mean widths as shares of the size. */
enum { FONT = 13, FONT_TITLE = 15, FONT_SMALL = 11, FONT_SMALLEST = 10, FONT_LEAST = 8 };
static const double letter_width = 0.6;

static const char looks_of_axes[] = "set border 3 lc rgb '#777777' lw 1\n"
                                    "set tics nomirror out scale 0.6 tc rgb '#444444'\n"
                                    "set grid lt 1 lw 0.8 lc rgb '#e8e8e8'\n"
                                    "set xtics offset 0,0.3\nunset key\n";

static bool continues_letter(char byte) {
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

int plot_page_letters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += !continues_letter(*text);
    }
    return count;
}

static int width_in(int font, int letters) {
    return (int)(letter_width * font * letters) + 1;
}

int plot_page_text_width(const char *text) {
    return width_in(FONT, plot_page_letters(text));
}

static int widest(const char *const *texts, size_t count) {
    int most = 0;
    for (size_t k = 0; k < count; k++) {
        int width = plot_page_text_width(texts[k]);
        most = width > most ? width : most;
    }
    return most;
}

/* Names of categories that would run into each other are turned, or left out where they are short.
 */
static void fit_categories(struct plot_page *page) {
    int count = (int)page->category_count;
    int width = page->right - page->left;
    int longest = widest(page->categories, page->category_count);
    bool fits = count * (longest + FONT_LEAST) <= width;
    page->turned = !fits && longest > SHORT_NAME;
    page->scale = page->turned ? SCALE + longest / TURNED_SHARE : SCALE;
    int room = page->turned ? TURNED_ROOM : longest + FONT_LEAST;
    page->category_step = count * room > width ? (size_t)((count * room + width - 1) / width) : 1;
}

/* The least of 1, 2 and 5 times a power of ten that is not below a length. */
static double round_step(double length) {
    double power = pow(10.0, floor(log10(length)));
    double share = length / power;
    return power * (share <= 1.0 ? 1.0 : share <= 2.0 ? 2.0 : share <= 5.0 ? 5.0 : 10.0);
}

void plot_page_write_marks(FILE *script, const char *axis, double low, double high, int length) {
    enum { MOST = 8, LEAST = 2, USUAL_DIGITS = 6 };
    int fitting = length / (axis[0] == 'x' ? MARK_WIDTH : MARK_HEIGHT);
    int count = fitting < 1 ? 1 : fitting > MOST ? MOST : fitting;
    if (!(high > low)) {
        return;
    }
    double step = round_step((high - low) / count);
    while (floor(high / step) - ceil(low / step) + 1.0 < LEAST) {
        step /= 2.0;
    }
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

/* About how wide the numbers along y are. */
static int scale_width(const struct plot_page *page) {
    double largest = fmax(fabs(page->y_low), fabs(page->y_high));
    double range = page->y_high - page->y_low;
    if (!(range > 0.0)) {
        return 0;
    }
    int decimals = -(int)floor(log10(range / 8.0));
    int digits = largest >= 10.0 ? (int)log10(largest) + 1 : 1;
    int letters = digits + (decimals > 0 ? decimals + 1 : 0) + (page->y_low < 0.0);
    enum { LETTERS_MOST = 12 };
    return width_in(FONT, letters < LETTERS_MOST ? letters : LETTERS_MOST);
}

/* Bytes of the text's longest beginning of so many letters that ends with a part (before "; ") or,
 * if no part is so short, with a word. */
static size_t line_end(const char *text, int letters) {
    size_t word = strlen(text);
    size_t part = 0;
    int count = 0;
    if (plot_page_letters(text) <= letters) {
        return word;
    }
    for (size_t k = 0; text[k] != '\0' && count <= letters; k++) {
        count += !continues_letter(text[k]);
        if (text[k] == ' ' && k > 0) {
            word = k;
            part = text[k - 1] == ';' ? k : part;
        }
    }
    return part > 0 ? part : word;
}

/* Breaks the account into lines as wide as the page; what is left over is not shown. */
static enum status break_account(struct plot_page *page, struct arena *arena, struct error *error) {
    int letters = (int)(page->width / (letter_width * FONT_SMALLEST)) - 2;
    const char *rest = page->account;
    page->account_line_count = 0;
    while (*rest != '\0' && page->account_line_count < PLOT_ACCOUNT_LINES) {
        size_t end = line_end(rest, letters);
        size_t kept = end > 0 && rest[end - 1] == ';' ? end - 1 : end;
        const char *line = arena_format(arena, error, "%.*s", (int)kept, rest);
        if (line == NULL) {
            return error_status(error);
        }
        page->account_lines[page->account_line_count++] = line;
        rest += end;
        rest += strspn(rest, " ");
    }
    return STATUS_OK;
}

static void lay_out_across(struct plot_page *page) {
    bool asked = page->style.width > 0;
    int names = LEFT_TITLE +
                (page->row_count > 0 ? widest(page->rows, page->row_count) : scale_width(page));
    page->left = names > LEFT ? names : LEFT;
    if (asked && page->left > page->style.width / LEFT_SHARE) {
        page->left = page->style.width / LEFT_SHARE;
    }
    page->width = asked ? page->style.width : page->left + PANEL_WIDTH + RIGHT + page->side;
    page->right = page->width - RIGHT - page->side;
    page->under = 0;
    if (page->under_height > 0 && page->right - page->left < PANEL_NARROW) {
        page->right = page->width - RIGHT;
        page->under = 1; /* its place follows from the panels' */
    }
    if (page->right < page->left + PANEL_WIDTH_LEAST) {
        page->right = page->left + PANEL_WIDTH_LEAST;
    }
    fit_categories(page);
}

static int account_height(const struct plot_page *page) {
    return BOTTOM + ACCOUNT * page->account_line_count;
}

/* All that is no panel. */
static int height_of_others(const struct plot_page *page) {
    int axis = page->scale + X_TITLE + (page->x_help[0] == '\0' ? 0 : X_HELP);
    return page->top + ((int)page->panel_count - 1) * HEADING + axis +
           (page->under > 0 ? page->under_height : 0) + account_height(page);
}

/* For each panel. */
static int height_left(const struct plot_page *page) {
    return (page->height - height_of_others(page)) / (int)page->panel_count;
}

/* A low page goes without the long name of x, and then without later lines of the account. */
static enum status lay_out_upwards(struct plot_page *page, struct error *error) {
    int count = (int)page->panel_count;
    int wanted = page->panel_height > 0 ? page->panel_height
                 : count == 1           ? LONE_PANEL_HEIGHT
                                        : PANEL_HEIGHT;
    page->top = TOP + (page->style.title[0] == '\0' ? 0 : TITLE) + HEADING;
    page->height = height_of_others(page) + count * wanted;
    if (page->style.height > 0) {
        page->height = page->style.height;
    } else if (page->under == 0 && page->height < page->top + page->side_height + BOTTOM) {
        page->height = page->top + page->side_height + BOTTOM;
    }
    if (height_left(page) < PANEL_LOW) {
        page->x_help = "";
    }
    while (height_left(page) < PANEL_HEIGHT_LEAST && page->account_line_count > 1) {
        page->account_line_count--;
    }
    page->panel_height = height_left(page);
    if (page->panel_height < PANEL_HEIGHT_LEAST) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--size: %d panel%s and what is around need a height of %d pixels, not %d",
                         count, count == 1 ? "" : "s",
                         height_of_others(page) + count * PANEL_HEIGHT_LEAST, page->height);
    }
    int bottom = plot_page_panel_bottom(page, page->panel_count - 1);
    page->under = page->under > 0 ? page->height - account_height(page) - page->under_height : 0;
    page->under = page->under > 0 && page->under < bottom ? bottom : page->under;
    return STATUS_OK;
}

enum status plot_page_lay_out(struct plot_page *page, struct arena *arena, struct error *error) {
    lay_out_across(page);
    TRY(break_account(page, arena, error));
    return lay_out_upwards(page, error);
}

int plot_page_panel_top(const struct plot_page *page, size_t panel) {
    return page->top + (int)panel * (page->panel_height + HEADING);
}

int plot_page_panel_bottom(const struct plot_page *page, size_t panel) {
    return plot_page_panel_top(page, panel) + page->panel_height;
}

double plot_page_across(const struct plot_page *page, int x) {
    return (double)x / page->width;
}

double plot_page_up(const struct plot_page *page, int y) {
    return 1.0 - (double)y / page->height;
}

void plot_page_write_looks(FILE *script, const struct plot_page *page) {
    bool small = page->width < PAGE_SMALL || page->panel_height < PANEL_LOW;
    (void)fprintf(script, "%sset tics font ',%d'\n", looks_of_axes, small ? FONT_SMALLEST : FONT);
}

/* A text in quotes, cut off where it is wider than the room. */
static void write_cut(FILE *script, const char *text, int room, int font) {
    enum { CUT_BYTES = 512 };
    char cut[CUT_BYTES];
    (void)snprintf(cut, sizeof cut, "%s", text);
    if (width_in(font, plot_page_letters(text)) > room) {
        int kept = (int)(room / (letter_width * font)) - 1;
        size_t end = 0;
        for (int letters = 0; text[end] != '\0'; end++) {
            letters += !continues_letter(text[end]);
            if (letters > (kept > 1 ? kept : 1)) {
                break;
            }
        }
        (void)snprintf(cut, sizeof cut, "%.*s…", (int)end, text);
    }
    gnuplot_text(script, cut);
}

/* A text of a size, or the largest smaller one at which it fits; cut off where none does. */
static void write_fitted(FILE *script, const struct plot_page *page, int x, int y, int room,
                         int font, const char *text, const char *looks) {
    int count = plot_page_letters(text);
    while (font > FONT_LEAST && width_in(font, count) > room) {
        font--;
    }
    (void)fputs("set label ", script);
    write_cut(script, text, room, font);
    (void)fprintf(script, " at screen %.6f,%.6f font ',%d' %s\n", plot_page_across(page, x),
                  plot_page_up(page, y), font, looks);
}

void plot_page_write_text(FILE *script, const struct plot_page *page, int x, int y, int room,
                          const char *text, const char *looks) {
    write_fitted(script, page, x, y, room, FONT, text, looks);
}

static void write_margins(FILE *script, const struct plot_page *page, int top, int bottom) {
    (void)fprintf(script, "set lmargin at screen %.6f\nset rmargin at screen %.6f\n",
                  plot_page_across(page, page->left), plot_page_across(page, page->right));
    (void)fprintf(script, "set tmargin at screen %.6f\nset bmargin at screen %.6f\n",
                  plot_page_up(page, top), plot_page_up(page, bottom));
}

/* Marks at 0, 1, … with names, every step-th with its name (0: none), cut off where it is wider
 * than room. */
static void write_names(FILE *script, const char *const *names, size_t count, size_t step,
                        int room) {
    (void)fputc('(', script);
    for (size_t c = 0; c < count; c++) {
        (void)fputs(c == 0 ? "" : ", ", script);
        write_cut(script,
                  step == 0 || c % step != 0 ? ""
                  : names[c][0] == '\0'      ? "–"
                                             : names[c],
                  room, FONT);
        (void)fprintf(script, " %zu", c);
    }
    (void)fputs(")\n", script);
}

/* Names under the last panel, marks alone under the others. */
static void write_categories(FILE *script, const struct plot_page *page, bool named) {
    enum { NAME_LETTERS = 40 };
    (void)fprintf(script, "set grid noxtics\nset xtics %s ",
                  page->turned ? "rotate by 30 right" : "norotate");
    write_names(script, page->categories, page->category_count, named ? page->category_step : 0,
                width_in(FONT, NAME_LETTERS));
}

static void write_rows(FILE *script, const struct plot_page *page) {
    size_t fitting = (size_t)(page->panel_height / FONT) + 1;
    (void)fputs("set ytics ", script);
    write_names(script, page->rows, page->row_count, (page->row_count + fitting - 1) / fitting,
                page->left - LEFT_TITLE);
}

static void write_x_axis(FILE *script, const struct plot_page *page, int bottom) {
    int middle = (page->left + page->right) / 2;
    int title = bottom + page->scale + X_TITLE / 2;
    int to_edge = middle < page->width - middle ? middle : page->width - middle;
    (void)fputs("set format x '%g'\n", script);
    write_fitted(script, page, middle, title, 2 * to_edge, FONT, page->x_title, "center");
    write_fitted(script, page, middle, title + (X_TITLE + X_HELP) / 2, 2 * to_edge, FONT_SMALL,
                 page->x_help, "center tc rgb '#666666'");
}

void plot_page_write_panel(FILE *script, const struct plot_page *page, size_t panel,
                           const char *y_title, const char *heading) {
    bool last = panel + 1 == page->panel_count;
    int top = plot_page_panel_top(page, panel);
    int bottom = plot_page_panel_bottom(page, panel);
    write_margins(script, page, top, bottom);
    write_fitted(script, page, Y_TITLE_AT, (top + bottom) / 2, page->panel_height + HEADING, FONT,
                 y_title, "rotate by 90 center");
    write_fitted(script, page, page->left, top - HEADING / 2, page->width - page->left, FONT_SMALL,
                 heading, "tc rgb '#666666'");
    if (page->category_count > 0) {
        write_categories(script, page, last);
    }
    if (page->row_count > 0) {
        write_rows(script, page);
    }
    if (last) {
        write_x_axis(script, page, bottom);
    }
}

void plot_page_write_bar(FILE *script, const struct plot_page *page, int x, int top, int bottom) {
    enum { WIDTH = 14 };
    (void)fprintf(script,
                  "set colorbox user origin screen %.6f,%.6f size screen %.6f,%.6f noborder\n"
                  "set cbtics scale 0.4 tc rgb '#444444' offset -0.6,0 font ',%d'\n",
                  plot_page_across(page, x), plot_page_up(page, bottom),
                  plot_page_across(page, WIDTH),
                  plot_page_up(page, top) - plot_page_up(page, bottom), FONT_SMALL);
}

void plot_page_write_rest(FILE *script, const struct plot_page *page) {
    enum { EDGE = 8 };
    bool wide =
        width_in(FONT_TITLE, plot_page_letters(page->style.title)) > page->width - page->left;
    int x = wide ? EDGE : page->left;
    write_fitted(script, page, x, TOP + TITLE / 2, page->width - x, FONT_TITLE, page->style.title,
                 "");
    for (int line = 0; line < page->account_line_count; line++) {
        int below = page->account_line_count - 1 - line;
        write_fitted(script, page, EDGE, page->height - BOTTOM - ACCOUNT * below, page->width,
                     FONT_SMALLEST, page->account_lines[line], "tc rgb '#777777'");
    }
    (void)fputs("unset border\nunset tics\nunset logscale\nunset grid\nset xrange [0:1]\n"
                "set yrange [0:1]\n",
                script);
}
