#include "dispatch/handout.h"

#include <string.h>

static const double short_bundle = 50e-3; /* seconds */

/* As the word of a checkpoint: there is none. */
enum { NO_CHECKPOINT = -1 };

void handout_clear(struct handout *handout) {
    handout->words[0] = 0;
    handout->used = 1;
}

void handout_add(struct handout *handout, const struct plan_bundle *bundle) {
    handout->words[0]++;
    handout->words[handout->used++] = bundle->count;
    memcpy(&handout->words[handout->used++], &bundle->cost, sizeof bundle->cost);
    handout->words[handout->used++] = bundle->resumed ? bundle->checkpoint : NO_CHECKPOINT;
    for (int k = 0; k < bundle->count; k++) {
        handout->words[handout->used++] = bundle->jobs[k];
    }
}

int64_t handout_count(const struct handout *handout) {
    return handout->words[0];
}

struct plan_bundle handout_bundle(const struct handout *handout, int64_t index) {
    const int64_t *word = handout->words + 1;
    for (int64_t k = 0; k < index; k++) {
        word += HANDOUT_HEAD_WORDS + *word;
    }
    struct plan_bundle bundle = {.count = (int)word[0]};
    bundle.resumed = word[2] != NO_CHECKPOINT;
    bundle.checkpoint = bundle.resumed ? word[2] : 0;
    memcpy(&bundle.cost, &word[1], sizeof bundle.cost);
    memcpy(bundle.jobs, word + HANDOUT_HEAD_WORDS, (size_t)bundle.count * sizeof *bundle.jobs);
    return bundle;
}

bool handout_asks_before(int64_t index, int64_t count, double bundle_seconds) {
    return index == count - 1 && bundle_seconds > 0.0 && bundle_seconds < short_bundle;
}
