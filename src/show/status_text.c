/* The form of a status that people read. */
#include "show/duration.h"
#include "show/status.h"

#include <math.h>
#include <stdio.h>

static const double percent = 100;

static void status_text_print_duration(double seconds) {
    char text[DURATION_BYTES];
    (void)fputs(duration_text(seconds, text), stdout);
}

static void status_text_print_last_sign(const struct status_report *report) {
    (void)fputs("; last sign of life ", stdout);
    status_text_print_duration(fmax(0, report->now - report->written));
    (void)fputs(" ago", stdout);
}

/* Percent of the run that a rank has spent in bundles, that in hand among them. */
static double status_text_percent_busy(const struct live *live, const struct live_rank *rank) {
    double elapsed = live->written - live->started;
    double in_hand = rank->jobs > 0 ? fmax(0, live->written - rank->since) : 0;
    return elapsed > 0 ? fmin(percent, percent * (rank->busy + in_hand) / elapsed) : 0;
}

static void status_text_print_rank(const struct status_report *report, int64_t number) {
    const struct live *live = report->live;
    const struct live_rank *rank = &live->ranks[number];
    printf("%-10srank %lld on %s: %lld done, ", "", (long long)number, rank->host,
           (long long)rank->done);
    if (rank->failed > 0) {
        printf("%lld failed, ", (long long)rank->failed);
    }
    printf("%.3g jobs/s, %.0f %% busy, ", status_rate(live, rank),
           status_text_percent_busy(live, rank));
    if (rank->jobs == 0) {
        puts("idle");
        return;
    }
    printf("%lld job%s from %lld on for ", (long long)rank->jobs, rank->jobs == 1 ? "" : "s",
           (long long)rank->job);
    status_text_print_duration(fmax(0, report->now - rank->since));
    (void)putchar('\n');
}

/* What a run that goes on says of its ranks and bundles. */
static void status_text_print_live(const struct status_report *report) {
    const struct live *live = report->live;
    const struct status_ranks *ranks = &report->ranks;
    printf("ranks     %lld, %lld idle: %.3g to %.3g jobs/s each, median %.3g",
           (long long)live->rank_count, (long long)ranks->idle, ranks->rate_least, ranks->rate_most,
           ranks->rate_median);
    status_text_print_last_sign(report);
    (void)putchar('\n');
    if ((int64_t)ranks->listed_count < live->rank_count) {
        printf("%-10sthese %zu have been at it longest:\n", "", ranks->listed_count);
    }
    for (size_t k = 0; k < ranks->listed_count; k++) {
        status_text_print_rank(report, ranks->listed[k]);
    }
    for (size_t k = 0; k < live->slow_count; k++) {
        const struct live_slow *slow = &live->slow[k];
        printf("%-10s", k == 0 ? "slowest" : "");
        status_text_print_duration(slow->seconds);
        printf(" for %lld job%s on rank %lld, job %lld: %s\n", (long long)slow->jobs,
               slow->jobs == 1 ? "" : "s", (long long)slow->rank, (long long)slow->job,
               report->slow_cells[k]);
    }
}

static void status_text_print_runs(const struct status_report *report) {
    for (size_t i = 0; i < report->run_count; i++) {
        const struct run_note *note = &report->runs[i];
        char started[DURATION_BYTES];
        printf("run %zu     %s, %lld rank%s on %s, ", i + 1,
               duration_time_of_day(note->started, started), (long long)note->ranks,
               note->ranks == 1 ? "" : "s", note->hosts);
        if (note->ended > 0) {
            (void)fputs("took ", stdout);
            status_text_print_duration(note->ended - note->started);
            (void)putchar('\n');
        } else if (i + 1 == report->run_count && report->running) {
            puts("going on");
        } else {
            (void)fputs("killed, or its machine failed", stdout);
            if (i + 1 == report->run_count) {
                status_text_print_last_sign(report);
            }
            (void)putchar('\n');
        }
    }
}

static void status_text_print_failures(const struct status_report *report) {
    for (size_t i = 0; i < report->failure_count; i++) {
        const struct status_failure *failure = &report->failures[i];
        printf("%-10sjob %lld ", i == 0 ? "failed" : "", (long long)failure->job);
        if (failure->state == ROW_DIVERGED) {
            printf("diverged at step %lld\n", (long long)failure->steps);
        } else {
            puts("was given up: it killed its process, or found no memory");
        }
    }
    int64_t others = report->diverged + report->quarantined - (int64_t)report->failure_count;
    if (others > 0) {
        printf("%-10sand %lld more: see the variable `state`\n", "", (long long)others);
    }
}

void status_print(const struct status_report *report) {
    int64_t finished = report->job_count - report->missing;
    printf("sweep     %s\nfile      %s\njobs      %lld", report->name, report->path,
           (long long)report->job_count);
    if (report->shard.count > 1) {
        printf(" of shard %lld/%lld, of %lld in all", (long long)report->shard.index + 1,
               (long long)report->shard.count, (long long)report->shard.jobs);
    }
    (void)putchar('\n');
    printf("finished  %lld (%.1f %%): %lld done, %lld diverged, %lld quarantined\n",
           (long long)finished,
           report->job_count == 0 ? percent
                                  : percent * (double)finished / (double)report->job_count,
           (long long)report->done, (long long)report->diverged, (long long)report->quarantined);
    printf("missing   %lld", (long long)report->missing);
    if (report->torn > 0) {
        printf(", of which %lld half-written or damaged", (long long)report->torn);
    }
    if (report->running && report->live != NULL) {
        printf(", of which %lld in hand", (long long)report->ranks.jobs);
    }
    (void)putchar('\n');
    status_text_print_failures(report);
    if (report->running && report->rate > 0) {
        printf("rate      %.3g jobs/s, ", report->rate);
        status_text_print_duration(report->seconds_left);
        puts(" left");
    }
    if (report->running && report->live != NULL) {
        status_text_print_live(report);
    }
    status_text_print_runs(report);
}
