#include "base/version.h"

#include "check.h"

#include <regex.h>
#include <stdbool.h>
#include <stdio.h>

static bool matches(const char *text, const char *pattern) {
    regex_t regex;
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static void number_has_three_parts(void **state) {
    (void)state;
    assert_true(matches(version_number(), "^[0-9]+\\.[0-9]+\\.[0-9]+$"));
}

static void commit_is_a_hash_a_tag_or_unknown(void **state) {
    (void)state;
    assert_true(matches(version_commit(), "^(unknown|v?[0-9a-f][0-9a-z.-]*)$"));
}

static void changelog_has_the_version(void **state) {
    (void)state;
    FILE *file = fopen("CHANGELOG.md", "r");
    assert_non_null(file);
    char line[512];
    char heading[64];
    (void)snprintf(heading, sizeof heading, "^## \\[%s\\]", version_number());
    bool found = false;
    while (!found && fgets(line, sizeof line, file) != NULL) {
        found = matches(line, heading);
    }
    assert_int_equal(fclose(file), 0);
    assert_true(found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_has_three_parts),
        cmocka_unit_test(commit_is_a_hash_a_tag_or_unknown),
        cmocka_unit_test(changelog_has_the_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
