#include "submit/submission_document.h"

#include "base/shell_quote.h"
#include "base/text.h"
#include "submit/slurm_time.h"

#include <math.h>

enum { LABEL_COLUMNS = 10 };

static enum status submission_add_fields(const struct submission *submission,
                                         const struct sbatch_jobs *sent, const char *script,
                                         struct document *document, struct error *error) {
    const struct schedule *schedule = &submission->schedule;
    const struct sbatch_jobs none = {0};
    const struct sbatch_jobs *jobs = sent == NULL ? &none : sent;
    const char *log;
    TRY(submission_log(submission, jobs->job, document->arena, &log, error));
    return DOCUMENT_FIELDS(
        document, error, {"job", document_text(jobs->job)},
        {"merge_job", document_text(jobs->merge)},
        {sent == NULL ? "script" : "script_file",
         document_text(sent == NULL ? script : sent->script)},
        {"results", document_text(submission->results)}, {"log", document_text(log)},
        {"partition", document_text(submission->partition)},
        {"nodes", document_integer(submission->nodes)},
        {"ranks_per_node", document_integer(submission->ranks_per_node)},
        {"shards", document_integer(submission->shards)},
        {"jobs", document_integer(submission->jobs)},
        {"bundles", document_integer(submission->estimate.bundles)},
        {"estimate_seconds", document_real(submission->estimate.seconds)},
        {"seconds", document_real(schedule->seconds)},
        {"warning_seconds", document_integer(schedule->warning)},
        {"notice_seconds", document_integer(schedule->notice)},
        {"pieces", document_integer(schedule->pieces)},
        {"restarts_most", document_integer(schedule->restarts_max)},
        {"notes", document_words(submission->warnings, submission->warning_count)});
}

static enum status submission_add_size(const struct submission *submission,
                                       struct document *document, struct error *error) {
    TRY(document_line(document, "size", error, "%s", ""));
    if (submission->shards > 0) {
        TRY(document_continue(document, error, "%lld shards, each on ",
                              (long long)submission->shards));
    }
    TRY(document_continue(document, error, "%lld node%s, %lld rank%s a node",
                          (long long)submission->nodes, TEXT_PLURAL(submission->nodes),
                          (long long)submission->ranks_per_node,
                          TEXT_PLURAL(submission->ranks_per_node)));
    if (submission->partition != NULL) {
        TRY(document_continue(document, error, ", partition %s", submission->partition));
    }
    return document_continue(document, error, "; %lld job%s in %lld bundle%s",
                             (long long)submission->jobs, TEXT_PLURAL(submission->jobs),
                             (long long)submission->estimate.bundles,
                             TEXT_PLURAL(submission->estimate.bundles));
}

static enum status submission_add_time(const struct submission *submission,
                                       struct document *document, struct error *error) {
    const struct schedule *schedule = &submission->schedule;
    char asked[SLURM_TIME_BYTES];
    char needed[SLURM_TIME_BYTES];
    TRY(document_styled(document, DOCUMENT_PARAGRAPH, "time", error,
                        "%s requested: training takes about %s, times %g to be safe, and starting "
                        "about %g s. The ranks are warned %d s before the end and use %d of them.",
                        slurm_time_text(schedule->seconds, asked),
                        slurm_time_text(ceil(submission->estimate.seconds), needed),
                        schedule_safety, schedule_start, schedule->warning, schedule->notice));
    if (schedule->pieces == 1) {
        return document_styled(document, DOCUMENT_PARAGRAPH, "pieces", error,
                               "one, if the estimate holds; otherwise the job is requeued, up to "
                               "%lld times",
                               (long long)schedule->restarts_max);
    }
    return document_styled(document, DOCUMENT_PARAGRAPH, "pieces", error,
                           "up to %lld, because of the time limit: the job requeues itself and "
                           "resumes, at most %lld times",
                           (long long)schedule->pieces, (long long)schedule->restarts_max);
}

static enum status submission_add_warnings(const struct submission *submission,
                                           struct document *document, struct error *error) {
    for (size_t w = 0; w < submission->warning_count; w++) {
        TRY(document_styled(document, DOCUMENT_PARAGRAPH, w == 0 ? "note" : "", error, "%s",
                            submission->warnings[w]));
    }
    return STATUS_OK;
}

/* The results file to watch: that of the first shard where there are several. */
static enum status submission_watched(const struct submission *submission, struct arena *arena,
                                      const char **results, struct error *error) {
    *results = submission->results;
    if (submission->shards > 0) {
        TRY(arena_printf(arena, results, error, "%.*s.shard-1-of-%lld.h5",
                         submission_stem_length(submission), submission->results,
                         (long long)submission->shards));
    }
    return shell_quote(arena, *results, results, error);
}

static enum status submission_add_commands(const struct submission *submission,
                                           const struct sbatch_jobs *sent,
                                           struct document *document, struct error *error) {
    const char *results;
    const char *log;
    TRY(submission_watched(submission, document->arena, &results, error));
    TRY(submission_log(submission, sent->job, document->arena, &log, error));
    TRY(shell_quote(document->arena, log, &log, error));
    TRY(document_line(document, "watch", error, "squeue -j %s%s%s", sent->job,
                      sent->merge == NULL ? "" : ",", sent->merge == NULL ? "" : sent->merge));
    TRY(document_line(document, "", error, "modsweep status %s", results));
    TRY(document_line(document, "", error, "tail -f %s", log));
    return sent->merge == NULL
               ? STATUS_OK
               : document_line(document, "merge", error,
                               "job %s merges the shards into %s when all have ended", sent->merge,
                               submission->results);
}

enum status submission_document(const struct submission *submission, const struct sbatch_jobs *sent,
                                const char *script, struct document *document,
                                struct error *error) {
    document->margin = LABEL_COLUMNS;
    TRY(submission_add_fields(submission, sent, script, document, error));
    if (sent != NULL) {
        TRY(document_line(document, "job", error, "%s, submitted as %s", sent->job, sent->script));
    }
    TRY(submission_add_size(submission, document, error));
    TRY(submission_add_time(submission, document, error));
    TRY(submission_add_warnings(submission, document, error));
    return sent == NULL ? STATUS_OK : submission_add_commands(submission, sent, document, error);
}
