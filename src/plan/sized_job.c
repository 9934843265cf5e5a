#include "plan/sized_job.h"

#include "solver/memory.h"

enum status sized_job_decode(const struct sweep *sweep, int64_t index, struct sized_job *sized,
                             struct error *error) {
    *sized = (struct sized_job){.job = {0}};
    sweep_job(sweep, index, &sized->job);
    const struct job *job = &sized->job;
    if (job->distribution != NULL &&
        job->distribution->size(&job->data, &sized->data, error) != STATUS_OK) {
        return sweep_prefix_place(sweep, index, "data.kind", error);
    }
    if (job->network->trains && job->network->shape(&job->network_settings, &sized->data,
                                                    &sized->network, error) != STATUS_OK) {
        return sweep_prefix_place(sweep, index, "network.kind", error);
    }
    return STATUS_OK;
}

bool sized_job_is_wide(const struct sized_job *sized) {
    return network_is_wide(&sized->network,
                           network_step_samples(&sized->job, &sized->network, &sized->data));
}

double sized_job_bytes(const struct sized_job *sized, size_t jobs) {
    struct memory memory = memory_of(&sized->network, &sized->job, &sized->data, jobs);
    return memory_total(&memory);
}
