/**
 * @file
 * Fields of comma-separated values, to standard output.
 */
#pragma once

/** Prints a field of RFC 4180: quoted when it has to be. */
void fields_print_text(const char *text);

/** Prints a comma and the number in as few digits as give it back, nothing for NaN. */
void fields_print_number(double value);
