/**
 * @file
 * A picture of gnuplot's as part of an HTML page.
 */
#pragma once

#include <stdio.h>

/**
 * Writes the SVG as an element of HTML: without what stands before <svg>, without titles,
 * descriptions and the sheet behind the picture, and with `prefix` before every id and every
 * reference to one, so that several pictures may share a page. `label` tells those who do not see
 * the picture what it shows. Errors stay in the stream.
 */
void svg_write(FILE *page, const char *svg, const char *prefix, const char *label);
