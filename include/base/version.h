/**
 * @file
 * The version of modsweep.
 */
#pragma once

/** The version as in CHANGELOG.md: "0.1.0". */
const char *version_number(void);

/** The commit that it was built from, followed by "-dirty" if files had changed; or "unknown". */
const char *version_commit(void);
