#include "report/report.h"

#include "check.h"
#include "store/create.h"
#include "store/results.h"
#include "sweep/sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JOBS = 12, PAGE_BYTES = 1 << 20 };

/* Cells of two jobs: three numbers of points, of each two changes. */
static const char yaml[] = "# </pre> & <b>\n"
                           "name: '<img onerror=\"alert(1)\">'\n"
                           "replicates: 2\n"
                           "data: {kind: grid, values: !grid [3, 4, 5],\n"
                           "       change: !grid [corner, independent]}\n"
                           "network: {kind: dummy}\n";

struct subject {
    char folder[PATH_BYTES];
    char results[2 * PATH_BYTES];
    char path[2 * PATH_BYTES];
    struct arena arena;
    struct error error;
    struct results_reader *reader;
    char *page;
};

/* The loss of job j is j, that of job 3 no number; its seconds j / 2, its step 100 + j. Jobs 0 to 3
 * are done, 4 diverged, 5 is quarantined, the others are missing. */
static void write_rows(struct subject *subject, const struct results_layout *layout) {
    static const enum row_state states[] = {ROW_DONE, ROW_DONE,     ROW_DONE,
                                            ROW_DONE, ROW_DIVERGED, ROW_QUARANTINED};
    enum { FINISHED = sizeof states / sizeof *states };
    double losses[FINISHED];
    struct row rows[FINISHED];
    struct results *results;
    for (int job = 0; job < FINISHED; job++) {
        losses[job] = job == 3 ? (double)NAN : job;
        rows[job] = (struct row){job, states[job], 100 + job, 0.5 * job, &losses[job]};
    }
    assert_ok(&subject->error,
              results_open(subject->results, layout, 0, MPI_COMM_SELF, &results, &subject->error));
    assert_ok(&subject->error, results_write(results, rows, FINISHED, &subject->error));
    assert_ok(&subject->error, results_close(results, &subject->error));
}

static void make_file(struct subject *subject) {
    static const char *const overrides[] = {"seed=3", "name=it's"};
    struct sweep *sweep;
    size_t index;
    struct results_layout layout = {0};
    assert_ok(&subject->error,
              sweep_parse(yaml, "test.yaml", overrides, 1, &sweep, &subject->error));
    sweep->overrides = "seed=3\nname=it's";
    assert_int_equal(sweep->job_count, JOBS);
    assert_ok(&subject->error, layout_add(&layout, &subject->arena, VARIABLE_FLOAT64, "loss", "1",
                                          "of a test", 0, NULL, &index, &subject->error));
    const struct shard whole = shard_whole(JOBS);
    assert_ok(&subject->error,
              results_create(subject->results, sweep, &whole, &layout, &subject->error));
    sweep_free(sweep);
    write_rows(subject, &layout);
}

static int setup(void **state) {
    struct subject *subject = *state;
    (void)snprintf(subject->path, sizeof subject->path, "%s/page.html", subject->folder);
    assert_ok(&subject->error, reader_open(subject->results, &subject->reader, &subject->error));
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    reader_release(&subject->reader);
    (void)unlink(subject->path); /* some tests write none */
    free(subject->page);
    subject->page = NULL;
    return 0;
}

static void write_page(struct subject *subject) {
    assert_ok(&subject->error, report_write(subject->reader, subject->path, &subject->error));
    FILE *file = fopen(subject->path, "rb");
    assert_non_null(file);
    free(subject->page);
    subject->page = calloc(PAGE_BYTES, 1);
    assert_non_null(subject->page);
    size_t length = fread(subject->page, 1, PAGE_BYTES - 1, file);
    assert_true(length > 0 && length < PAGE_BYTES - 1);
    assert_int_equal(fclose(file), 0);
}

static void assert_has(const struct subject *subject, const char *text) {
    if (strstr(subject->page, text) == NULL) {
        fail_msg("the page does not have: %s", text);
    }
}

static void assert_lacks(const struct subject *subject, const char *text) {
    const char *found = strstr(subject->page, text);
    if (found != NULL) {
        fail_msg("the page has: %.80s", found);
    }
}

static void test_counts_of_jobs(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, "<dt>done</dt>\n<dd>4</dd>\n<dd class=\"remark\">33.33 % of 12 jobs</dd>");
    assert_has(subject, "<dt>failed</dt>\n<dd>2</dd>");
    assert_has(subject, "<dt>missing</dt>\n<dd>6</dd>");
    /* 0 + 0.5 + 1 + 1.5 seconds of what is done, 2 + 2.5 of what failed. */
    assert_has(subject, "<dt>core time</dt>\n<dd>7.5 s</dd>");
    assert_has(subject, "6 cells × 2 replicates over data.values, data.change");
    assert_has(subject, "No run has started.");
}

static void test_markup_in_the_sweep_is_text(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, "<h1>&lt;img onerror=&quot;alert(1)&quot;&gt;</h1>");
    assert_has(subject, "# &lt;/pre&gt; &amp; &lt;b&gt;\nname: &#39;&lt;img");
    assert_lacks(subject, "<img");
    assert_lacks(subject, "& <b>");
}

/* Cells 0 and 1 are done: losses 0 and 1, 2 and none; of jobs with change "corner", cell 0 alone.
 */
static void test_means(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, "<td class=\"number\">3</td><td>corner</td>"
                        "<td class=\"number\">2</td><td class=\"absent\"></td>"
                        "<td class=\"number\">0.500<span> ± 0.707</span></td>");
    assert_has(subject, "<td>corner</td><td class=\"number\">2</td><td class=\"absent\">2 missing, "
                        "1 diverged, 1 quarantined</td><td class=\"number\">0.500<span> ± 0.707");
    assert_has(subject, "<td>independent</td><td class=\"number\">2</td><td class=\"absent\"></td>"
                        "<td class=\"number\">2.000<span> (n = 1)</span></td>");
    assert_has(subject, "<p class=\"value\">1.000 <span>± 1.000</span></p>");
    assert_has(subject, "loss is undefined for 1 done job, not in its means");
}

static void test_components_are_told(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, "<b>grid</b>");
    assert_has(subject, "<b>dummy</b>");
    assert_has(subject, "<td class=\"number\">3</td><td class=\"long\">3, 4, 5</td>");
}

static void test_failures(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, "1 diverged: the loss became infinite or NaN");
    assert_has(subject, "<tr><td class=\"number\">4</td><td class=\"number\">4</td>"
                        "<td>corner</td><td class=\"number\">0</td>"
                        "<td>diverged</td><td class=\"number\">104</td>"
                        "<td class=\"number\">2 s</td><td class=\"number\">0</td></tr>");
    assert_has(subject, "<td>quarantined</td>");
    assert_has(subject, " 6 jobs are missing");
}

static void test_slowest_jobs_come_first(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    const char *place = strstr(subject->page, "Slowest jobs");
    static const char *const rows[] = {"<tr><td class=\"number\">5<", "<tr><td class=\"number\">4<",
                                       "<tr><td class=\"number\">3<",
                                       "<tr><td class=\"number\">0<"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_non_null(place);
        place = strstr(place, rows[i]);
    }
    assert_non_null(place);
}

static void test_commands_can_be_pasted(void **state) {
    struct subject *subject = *state;
    write_page(subject);
    assert_has(subject, " --set seed=3 --set &#39;name=it&#39;\\&#39;&#39;s&#39;</code>");
    char fact[PATH_BYTES];
    (void)snprintf(fact, sizeof fact, "<dt>fingerprint of the grid</dt>\n<dd>%016llx</dd>",
                   (unsigned long long)subject->reader->fingerprint);
    assert_has(subject, fact);
}

static void test_nothing_is_left_where_there_is_no_folder(void **state) {
    struct subject *subject = *state;
    (void)snprintf(subject->path, sizeof subject->path, "%s/none/page.html", subject->folder);
    assert_int_equal(report_write(subject->reader, subject->path, &subject->error), STATUS_STORAGE);
    assert_message(&subject->error, "cannot write");
}

/* A page that is there stays when the new one cannot take its place. */
static void test_a_folder_is_not_replaced(void **state) {
    struct subject *subject = *state;
    struct stat about;
    assert_int_equal(mkdir(subject->path, 0700), 0);
    assert_int_equal(report_write(subject->reader, subject->path, &subject->error), STATUS_STORAGE);
    assert_int_equal(stat(subject->path, &about), 0);
    assert_true(S_ISDIR(about.st_mode));
    assert_int_equal(rmdir(subject->path), 0);
}

/* Reports are written without MPI, which a file is made with. */
static int group_setup(void **state) {
    static struct subject subject;
    folder_make(subject.folder);
    (void)snprintf(subject.results, sizeof subject.results, "%s/results.h5", subject.folder);
    assert_int_equal(MPI_Init(NULL, NULL), MPI_SUCCESS);
    make_file(&subject);
    assert_int_equal(MPI_Finalize(), MPI_SUCCESS);
    *state = &subject;
    return 0;
}

static int group_teardown(void **state) {
    struct subject *subject = *state;
    folder_remove(subject->folder);
    arena_free(&subject->arena);
    return 0;
}

#define WITH_READER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_READER(test_counts_of_jobs),
        WITH_READER(test_markup_in_the_sweep_is_text),
        WITH_READER(test_means),
        WITH_READER(test_components_are_told),
        WITH_READER(test_failures),
        WITH_READER(test_slowest_jobs_come_first),
        WITH_READER(test_commands_can_be_pasted),
        WITH_READER(test_nothing_is_left_where_there_is_no_folder),
        WITH_READER(test_a_folder_is_not_replaced),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
