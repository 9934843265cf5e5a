/**
 * @file
 * Texts in pictures: how wide they are, and as much of them as fits. For the room show only.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/** Sizes of letters in pixels of the page. */
enum {
    PLOT_FONT = 13,
    PLOT_FONT_TITLE = 15,
    PLOT_FONT_SMALL = 11,
    PLOT_FONT_SMALLEST = 10,
    PLOT_FONT_MIN = 8
};

/** Letters of a UTF-8 text. */
int plot_text_letters(const char *text);

/** Whether a byte of UTF-8 continues a letter. */
bool plot_text_continues(char byte);

/** About how wide so many letters of a size are, in pixels, and how many have room. */
int plot_text_width(int font, int letters);
int plot_text_fitting(int font, int room);

/** Writes a text in gnuplot's quotes, cut off where it is wider than the room. */
void plot_text_write(FILE *script, const char *text, int room, int font);
