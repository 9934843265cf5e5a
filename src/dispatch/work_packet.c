#include "dispatch/work_packet.h"

#include <string.h>

static const double short_bundle = 50e-3; /* seconds */

/* In place of a checkpoint. */
enum { NO_CHECKPOINT = -1 };

void work_packet_clear(struct work_packet *packet) {
    packet->words[0] = 0;
    packet->used = 1;
}

void work_packet_add(struct work_packet *packet, const struct plan_bundle *bundle) {
    packet->words[0]++;
    packet->words[packet->used++] = bundle->count;
    memcpy(&packet->words[packet->used++], &bundle->cost, sizeof bundle->cost);
    packet->words[packet->used++] = bundle->resumed ? bundle->checkpoint : NO_CHECKPOINT;
    for (int k = 0; k < bundle->count; k++) {
        packet->words[packet->used++] = bundle->jobs[k];
    }
}

int64_t work_packet_count(const struct work_packet *packet) {
    return packet->words[0];
}

struct plan_bundle work_packet_bundle(const struct work_packet *packet, int64_t index) {
    const int64_t *word = packet->words + 1;
    for (int64_t k = 0; k < index; k++) {
        word += WORK_PACKET_HEAD_WORDS + *word;
    }
    struct plan_bundle bundle = {.count = (int)word[0]};
    bundle.resumed = word[2] != NO_CHECKPOINT;
    bundle.checkpoint = bundle.resumed ? word[2] : 0;
    memcpy(&bundle.cost, &word[1], sizeof bundle.cost);
    memcpy(bundle.jobs, word + WORK_PACKET_HEAD_WORDS, (size_t)bundle.count * sizeof *bundle.jobs);
    return bundle;
}

bool work_packet_asks_before(int64_t index, int64_t count, double bundle_seconds) {
    return index == count - 1 && bundle_seconds > 0.0 && bundle_seconds < short_bundle;
}
