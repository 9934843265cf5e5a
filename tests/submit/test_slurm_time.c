#include "submit/slurm_time.h"

#include "check.h"

#include <math.h>
#include <string.h>

static void every_form_of_sbatch_is_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double seconds;
    } forms[] = {
        {"90", 5400},          {"1:30", 90},           {"2:00:01", 7201},
        {"3-0", 259200},       {"3-1", 262800},        {"1-02:30", 95400},
        {"1-02:30:05", 95405}, {"infinite", INFINITY}, {"UNLIMITED", INFINITY},
    };
    for (size_t f = 0; f < COUNT(forms); f++) {
        double seconds = 0.0;
        assert_int_equal(slurm_time_parse(forms[f].text, &seconds, &(struct error){0}), STATUS_OK);
        assert_true(seconds == forms[f].seconds);
    }
}

static void anything_else_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"",     "0",  "00:00:00", "-1",   "1:2:3:4", "4h",
                                        "1.5",  "1:", ":1",       "1--2", "a-1",     "1-",
                                        "-1:0", " 5", "1-2-3",    "1:2-3"};
    for (size_t w = 0; w < COUNT(wrong); w++) {
        struct error error = {0};
        double seconds;
        assert_int_equal(slurm_time_parse(wrong[w], &seconds, &error), STATUS_BAD_INPUT);
        assert_message(&error, "DAYS-HOURS:MINUTES:SECONDS");
    }
}

static void text_reads_back(void **state) {
    (void)state;
    static const double times[] = {1, 59, 60, 3599, 3600, 86399, 86400, 1234567, 31536000};
    for (size_t t = 0; t < COUNT(times); t++) {
        char text[SLURM_TIME_BYTES];
        double seconds = 0.0;
        assert_int_equal(
            slurm_time_parse(slurm_time_text(times[t], text), &seconds, &(struct error){0}),
            STATUS_OK);
        assert_true(seconds == times[t]);
    }
    char text[SLURM_TIME_BYTES];
    assert_string_equal(slurm_time_text(95405, text), "1-02:30:05");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_sbatch_is_read),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(text_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
