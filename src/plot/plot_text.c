#include "plot/plot_text.h"

#include "base/utf8.h"
#include "plot/gnuplot.h"

static const double letter_width = 0.63; /* on average, over the letters' size */

int plot_text_width(const char *text, int font) {
    return (int)(letter_width * font * (double)utf8_letters(text, SIZE_MAX)) + 1;
}

int plot_text_widest(const char *const *texts, size_t count, int font) {
    int widest = 0;
    for (size_t k = 0; k < count; k++) {
        int width = plot_text_width(texts[k], font);
        widest = width > widest ? width : widest;
    }
    return widest;
}

size_t plot_text_fitting(int room, int font) {
    return room > 0 ? (size_t)(room / (letter_width * font)) : 0;
}

void plot_text_write(FILE *script, const char *text, int room, int font) {
    gnuplot_text(script, text);
    if (plot_text_width(text, font) > room) {
        size_t fitting = plot_text_fitting(room, font);
        (void)fprintf(script, "[1:%zu].'…'", fitting > 2 ? fitting - 1 : 1);
    }
}

void plot_text_write_fitted(FILE *script, const char *text, int room, int font) {
    while (font > PLOT_FONT_MIN && plot_text_width(text, font) > room) {
        font--;
    }
    plot_text_write(script, text, room, font);
    (void)fprintf(script, " font ',%d'", font);
}
