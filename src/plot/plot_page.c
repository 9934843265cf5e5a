#include "plot/plot_page.h"

#include "plot/plot_text.h"

#include <math.h>
#include <string.h>

/* Lengths in pixels of the page. */
enum {
    PANEL_WIDTH = 480,
    PANEL_NARROW = 240, /* narrower panels have nothing at their side that can stand under them */
    PANEL_WIDTH_MIN = 60,
    LONE_PANEL_HEIGHT = 320,
    PANEL_HEIGHT = 210,
    PANEL_HEIGHT_MIN = 40,
    LEFT = 88,      /* of a panel, for its scale and title */
    LEFT_SHARE = 3, /* names along y have at most this part of the page's width */
    RIGHT = 20,
    SCALE = 34,       /* under the last panel, for its numbers */
    SHORT_NAME = 50,  /* names as short are left out rather than turned */
    TURNED_ROOM = 26, /* along the axis, of a name that is turned */
    TURNED_SHARE = 2, /* names that are turned are this part of their width high */
};

static int plot_page_widest(const char *const *texts, size_t count) {
    int most = 0;
    for (size_t k = 0; k < count; k++) {
        int width = plot_text_width(PLOT_FONT, plot_text_letters(texts[k]));
        most = width > most ? width : most;
    }
    return most;
}

/* Names of categories that would run into each other are turned, or left out where they are short.
 */
static void plot_page_fit_categories(struct plot_page *page) {
    int count = (int)page->category_count;
    int width = page->right - page->left;
    int longest = plot_page_widest(page->categories, page->category_count);
    bool fits = count * (longest + PLOT_FONT_MIN) <= width;
    page->turned = !fits && longest > SHORT_NAME;
    page->scale = page->turned ? SCALE + longest / TURNED_SHARE : SCALE;
    int room = page->turned ? TURNED_ROOM : longest + PLOT_FONT_MIN;
    page->category_step = count * room > width ? (size_t)((count * room + width - 1) / width) : 1;
}

/* About how wide the numbers along y are. */
static int plot_page_scale_width(const struct plot_page *page) {
    double largest = fmax(fabs(page->y_low), fabs(page->y_high));
    double range = page->y_high - page->y_low;
    if (!(range > 0.0)) {
        return 0;
    }
    int decimals = -(int)floor(log10(range / 8.0));
    int digits = largest >= 10.0 ? (int)log10(largest) + 1 : 1;
    int letters = digits + (decimals > 0 ? decimals + 1 : 0) + (page->y_low < 0.0);
    enum { LETTERS_MAX = 12 };
    return plot_text_width(PLOT_FONT, letters < LETTERS_MAX ? letters : LETTERS_MAX);
}

/* Bytes of the text's longest beginning of so many letters that ends with a part (before "; ") or,
 * if no part is so short, with a word. */
static size_t plot_page_line_end(const char *text, int letters) {
    size_t word = strlen(text);
    size_t part = 0;
    int count = 0;
    if (plot_text_letters(text) <= letters) {
        return word;
    }
    for (size_t k = 0; text[k] != '\0' && count <= letters; k++) {
        count += !plot_text_continues(text[k]);
        if (text[k] == ' ' && k > 0) {
            word = k;
            part = text[k - 1] == ';' ? k : part;
        }
    }
    return part > 0 ? part : word;
}

/* Breaks the account into lines as wide as the page; what is left over is not shown. */
static enum status plot_page_break_account(struct plot_page *page, struct arena *arena,
                                           struct error *error) {
    int letters = plot_text_fitting(PLOT_FONT_SMALLEST, page->width) - 2;
    const char *rest = page->account;
    page->account_line_count = 0;
    while (*rest != '\0' && page->account_line_count < PLOT_ACCOUNT_LINES) {
        size_t end = plot_page_line_end(rest, letters);
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

static void plot_page_lay_out_across(struct plot_page *page) {
    bool asked = page->style.width > 0;
    int names =
        PAGE_LEFT_TITLE + (page->row_count > 0 ? plot_page_widest(page->rows, page->row_count)
                                               : plot_page_scale_width(page));
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
    if (page->right < page->left + PANEL_WIDTH_MIN) {
        page->right = page->left + PANEL_WIDTH_MIN;
    }
    plot_page_fit_categories(page);
}

static int plot_page_account_height(const struct plot_page *page) {
    return PAGE_BOTTOM + PAGE_ACCOUNT * page->account_line_count;
}

/* All that is no panel. */
static int plot_page_height_of_others(const struct plot_page *page) {
    int axis = page->scale + PAGE_X_TITLE + (page->x_help[0] == '\0' ? 0 : PAGE_X_HELP);
    return page->top + ((int)page->panel_count - 1) * PAGE_HEADING + axis +
           (page->under > 0 ? page->under_height : 0) + plot_page_account_height(page);
}

/* For each panel. */
static int plot_page_height_left(const struct plot_page *page) {
    return (page->height - plot_page_height_of_others(page)) / (int)page->panel_count;
}

/* A low page goes without the long name of x, and then without later lines of the account. */
static enum status plot_page_lay_out_upwards(struct plot_page *page, struct error *error) {
    int count = (int)page->panel_count;
    int wanted = page->panel_height > 0 ? page->panel_height
                 : count == 1           ? LONE_PANEL_HEIGHT
                                        : PANEL_HEIGHT;
    page->top = PAGE_TOP + (page->style.title[0] == '\0' ? 0 : PAGE_TITLE) + PAGE_HEADING;
    page->height = plot_page_height_of_others(page) + count * wanted;
    if (page->style.height > 0) {
        page->height = page->style.height;
    } else if (page->under == 0 && page->height < page->top + page->side_height + PAGE_BOTTOM) {
        page->height = page->top + page->side_height + PAGE_BOTTOM;
    }
    if (plot_page_height_left(page) < PAGE_PANEL_LOW) {
        page->x_help = "";
    }
    while (plot_page_height_left(page) < PANEL_HEIGHT_MIN && page->account_line_count > 1) {
        page->account_line_count--;
    }
    page->panel_height = plot_page_height_left(page);
    if (page->panel_height < PANEL_HEIGHT_MIN) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--size: %d panel%s and what is around need a height of %d pixels, not %d",
                         count, count == 1 ? "" : "s",
                         plot_page_height_of_others(page) + count * PANEL_HEIGHT_MIN, page->height);
    }
    int bottom = plot_page_panel_bottom(page, page->panel_count - 1);
    page->under =
        page->under > 0 ? page->height - plot_page_account_height(page) - page->under_height : 0;
    page->under = page->under > 0 && page->under < bottom ? bottom : page->under;
    return STATUS_OK;
}

enum status plot_page_lay_out(struct plot_page *page, struct arena *arena, struct error *error) {
    plot_page_lay_out_across(page);
    TRY(plot_page_break_account(page, arena, error));
    return plot_page_lay_out_upwards(page, error);
}

int plot_page_panel_top(const struct plot_page *page, size_t panel) {
    return page->top + (int)panel * (page->panel_height + PAGE_HEADING);
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
