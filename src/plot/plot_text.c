#include "plot/plot_text.h"

#include "plot/gnuplot.h"

static const double letter_width = 0.63; /* on average, over the letters' size */

bool plot_text_continues(char byte) {
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

int plot_text_letters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += !plot_text_continues(*text);
    }
    return count;
}

int plot_text_width(int font, int letters) {
    return (int)(letter_width * font * letters) + 1;
}

int plot_text_fitting(int font, int room) {
    return (int)(room / (letter_width * font));
}

void plot_text_write(FILE *script, const char *text, int room, int font) {
    enum { CUT_BYTES = 512 };
    char cut[CUT_BYTES];
    (void)snprintf(cut, sizeof cut, "%s", text);
    if (plot_text_width(font, plot_text_letters(text)) > room) {
        int kept = plot_text_fitting(font, room) - 1;
        size_t end = 0;
        for (int letters = 0; text[end] != '\0'; end++) {
            letters += !plot_text_continues(text[end]);
            if (letters > (kept > 1 ? kept : 1)) {
                break;
            }
        }
        (void)snprintf(cut, sizeof cut, "%.*s…", (int)end, text);
    }
    gnuplot_text(script, cut);
}
