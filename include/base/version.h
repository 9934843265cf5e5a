/**
 * @file
 * Which modsweep this is.
 */
#pragma once

/** The version as in CHANGELOG.md: "0.1.0". */
const char *version_number(void);

/** The commit it was built from, "-dirty" after it when files had changed, or "unknown". */
const char *version_commit(void);
