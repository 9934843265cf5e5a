#include "plot/plot_colours.h"

struct colour {
    double red, green, blue; /* 0 to 255 */
};

/* Okabe and Ito (2008), without the yellow, which is hard to see on white. */
static const struct colour distinct[] = {
    {0x00, 0x72, 0xb2}, {0xd5, 0x5e, 0x00}, {0x00, 0x9e, 0x73}, {0xcc, 0x79, 0xa7},
    {0xe6, 0x9f, 0x00}, {0x56, 0xb4, 0xe9}, {0x33, 0x33, 0x33},
};
enum { DISTINCT = sizeof distinct / sizeof *distinct };

/* Viridis (van der Walt and Smith 2015) at equal steps. */
static const struct colour viridis[] = {
    {0x44, 0x01, 0x54}, {0x41, 0x44, 0x87}, {0x2a, 0x78, 0x8e},
    {0x22, 0xa8, 0x84}, {0x7a, 0xd1, 0x51}, {0xfd, 0xe7, 0x25},
};
enum {
    ALL_STOPS = sizeof viridis / sizeof *viridis,
    STOPS = ALL_STOPS - 1 /* without its light end */
};

/* Lines that share a colour differ in their dashes. */
static const char *const dashes[] = {"solid", "(9,5)", "(3,4)", "(9,4,3,4)"};
enum { DASHES = sizeof dashes / sizeof *dashes };

/* gnuplot's numbers of disc, square, triangle, diamond and turned triangle, all filled, and sizes
 * at which they look equal. */
static const struct {
    int type;
    double size;
} marks[] = {{7, 0.62}, {5, 0.56}, {9, 0.72}, {13, 0.8}, {11, 0.72}};
enum { MARKS = sizeof marks / sizeof *marks };

static struct colour colours_graded(size_t index, size_t count) {
    double place = count < 2 ? 0.0 : (double)index * (STOPS - 1) / (double)(count - 1);
    size_t stop = place < STOPS - 1 ? (size_t)place : STOPS - 2;
    double share = place - (double)stop;
    const struct colour *a = &viridis[stop];
    const struct colour *b = &viridis[stop + 1];
    return (struct colour){a->red + share * (b->red - a->red),
                           a->green + share * (b->green - a->green),
                           a->blue + share * (b->blue - a->blue)};
}

void plot_colours_write_palette(FILE *script, bool whole) {
    size_t count = whole ? ALL_STOPS : STOPS;
    (void)fputs("set palette defined (", script);
    for (size_t k = 0; k < count; k++) {
        const struct colour *colour = &viridis[k];
        (void)fprintf(script, "%s%zu '#%02x%02x%02x'", k == 0 ? "" : ", ", k, (unsigned)colour->red,
                      (unsigned)colour->green, (unsigned)colour->blue);
    }
    (void)fputs(")\n", script);
}

void plot_colours_write(FILE *script, size_t count, bool ordered, bool faint) {
    for (size_t k = 0; k < count; k++) {
        struct colour colour = ordered ? colours_graded(k, count) : distinct[k % DISTINCT];
        (void)fprintf(script,
                      "set style line %zu lw 2 dt %s lc rgb '#%s%02x%02x%02x' pt %d ps %g\n", k + 1,
                      ordered ? dashes[0] : dashes[k / DISTINCT % DASHES], faint ? "66" : "",
                      (unsigned)colour.red, (unsigned)colour.green, (unsigned)colour.blue,
                      marks[k % MARKS].type, marks[k % MARKS].size);
    }
}
