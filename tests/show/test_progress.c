/* The progress of a run, on a pseudo-terminal and in a file. */

#include "show/progress.h"

#include "check.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { SHOWN_BYTES = 8192 };

/* Where standard error goes for the length of a test. */
struct screen {
    int before; /* the real standard error */
    int reader;
    char shown[SHOWN_BYTES];
};

static void redirect(struct screen *screen, int to, int reader) {
    (void)fflush(stderr);
    screen->before = dup(STDERR_FILENO);
    screen->reader = reader;
    assert_true(screen->before >= 0 && dup2(to, STDERR_FILENO) >= 0);
    assert_int_equal(close(to), 0);
}

static void open_terminal(struct screen *screen, unsigned short columns) {
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    struct termios raw = {.c_cflag = CREAD | CS8};
    int master;
    int slave;
    assert_int_equal(openpty(&master, &slave, NULL, &raw, &size), 0);
    redirect(screen, slave, master);
}

static void open_pipe(struct screen *screen) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    redirect(screen, ends[1], ends[0]);
}

/* Puts the real standard error back and reads what was shown. */
static const char *finish(struct screen *screen) {
    size_t used = 0;
    (void)fflush(stderr);
    assert_int_equal(fcntl(screen->reader, F_SETFL, O_NONBLOCK), 0);
    for (ssize_t got = 1; got > 0; used += got > 0 ? (size_t)got : 0) {
        got = read(screen->reader, screen->shown + used, SHOWN_BYTES - 1 - used);
    }
    screen->shown[used] = '\0';
    assert_true(dup2(screen->before, STDERR_FILENO) >= 0);
    (void)close(screen->before);
    (void)close(screen->reader);
    return screen->shown;
}

static void assert_shows(const char *shown, const char *text) {
    if (strstr(shown, text) == NULL) {
        fail_msg("'%s' does not show '%s'", shown, text);
    }
}

static void assert_hides(const char *shown, const char *text) {
    if (strstr(shown, text) != NULL) {
        fail_msg("'%s' shows '%s'", shown, text);
    }
}

/* A run of 200 jobs, 50 of them finished before, shown after 75 more and at the end. */
static void run(struct progress_display *display) {
    const double long_ago = 10.0;
    struct run_progress progress = {.total = 200, .before = 50};
    progress_display_update(display, &progress, RUN_BEGINS);
    display->started -= long_ago;
    display->shown -= long_ago;
    progress.done = 72;
    progress.failed = 3;
    progress_display_update(display, &progress, RUN_GOES_ON);
    progress_display_update(display, &progress, RUN_GOES_ON); /* too early */
    progress.done = 147;
    progress_display_update(display, &progress, RUN_ENDS);
}

static void test_lines_where_there_is_no_terminal(void **state) {
    (void)state;
    struct screen screen;
    struct progress_display display = {.style = PROGRESS_AUTO};
    open_pipe(&screen);
    run(&display);
    assert_string_equal(finish(&screen), "125/200  62%  7.5 jobs/s  0:10 left  3 failed\n"
                                         "200/200 100%  15 jobs/s  in 0:10  3 failed\n");
}

static void test_a_bar_on_a_terminal(void **state) {
    (void)state;
    struct screen screen;
    struct progress_display display = {.style = PROGRESS_AUTO};
    open_terminal(&screen, 100);
    run(&display);
    assert_string_equal(finish(&screen), "\r[#########################...............] "
                                         "125/200  62%  7.5 jobs/s  0:10 left  3 failed"
                                         "\r[########################################] "
                                         "200/200 100%  15 jobs/s  in 0:10  3 failed   \n");
}

/* Whatever the width, no picture reaches the last column, and each covers the one before. */
static void test_every_width_of_terminal(void **state) {
    (void)state;
    for (unsigned short columns = 2; columns < 120; columns++) {
        struct screen screen;
        struct progress_display display = {.style = PROGRESS_AUTO};
        open_terminal(&screen, columns);
        run(&display);
        const char *shown = finish(&screen);
        size_t before = 0;
        size_t pictures = 0;
        assert_int_equal(shown[0], '\r');
        for (const char *picture = shown + 1; *picture != '\0'; pictures++) {
            size_t length = strcspn(picture, "\r\n");
            assert_true(length < columns);
            assert_true(length >= before);
            before = strspn(picture + length, "\r\n") > 0 ? length : before;
            picture += length + strspn(picture + length, "\r\n");
        }
        assert_int_equal(pictures, 2);
        assert_hides(shown, "\033");
        assert_hides(shown, "[]");
    }
}

static void test_what_is_not_known_is_not_shown(void **state) {
    (void)state;
    struct screen screen;
    struct progress_display display = {.style = PROGRESS_LINES};
    struct run_progress progress = {.total = 8};
    open_pipe(&screen);
    progress_display_update(&display, &progress, RUN_BEGINS);
    display.shown -= 10.0;
    progress_display_update(&display, &progress, RUN_GOES_ON);
    progress.done = 8;
    progress_display_update(&display, &progress, RUN_ENDS);
    const char *shown = finish(&screen);
    assert_shows(shown, "0/8   0%\n8/8 100%  ");
    assert_shows(shown, "in 0:00\n");
    assert_hides(shown, "?");
}

/* Jobs differ in cost: three quarters of the work are done after a tenth of the jobs. */
static void test_time_left_goes_by_cost(void **state) {
    (void)state;
    struct screen screen;
    struct progress_display display = {.style = PROGRESS_LINES};
    struct run_progress progress = {.total = 100, .all_cost = 8.0};
    open_pipe(&screen);
    progress_display_update(&display, &progress, RUN_BEGINS);
    display.started -= 3 * 3600.0;
    display.shown -= 10.0;
    progress.done = 10;
    progress.cost = 6.0;
    progress_display_update(&display, &progress, RUN_GOES_ON);
    assert_shows(finish(&screen), "10/100  10%  0.000926 jobs/s  1:00:00 left\n");
}

static void test_silence(void **state) {
    (void)state;
    struct screen screen;
    struct progress_display silent = {.style = PROGRESS_NONE};
    struct progress_display display = {.style = PROGRESS_LINES};
    struct run_progress nothing = {.total = 9, .before = 9};
    open_pipe(&screen);
    run(&silent);
    progress_display_update(&display, &nothing, RUN_BEGINS);
    progress_display_update(&display, &nothing, RUN_ENDS);
    assert_string_equal(finish(&screen), "");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_lines_where_there_is_no_terminal),
    cmocka_unit_test(test_a_bar_on_a_terminal),
    cmocka_unit_test(test_every_width_of_terminal),
    cmocka_unit_test(test_what_is_not_known_is_not_shown),
    cmocka_unit_test(test_time_left_goes_by_cost),
    cmocka_unit_test(test_silence),
};

int main(void) {
    (void)unsetenv("OMPI_COMM_WORLD_SIZE");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
