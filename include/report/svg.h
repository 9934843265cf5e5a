/**
 * @file
 * A picture drawn by gnuplot, as part of an HTML page.
 */
#pragma once

#include <stdio.h>

/**
 * Writes the SVG as an element of HTML: without what comes before <svg>, titles, descriptions and
 * the white background. Every id and every reference to one begins with `prefix`, so that a page
 * may hold several pictures. `label` says what the picture shows, for readers who do not see it.
 * Errors stay in the stream.
 */
void svg_write(FILE *page, const char *svg, const char *prefix, const char *label);
