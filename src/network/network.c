#include "network/network.h"

#include "job/job.h"
#include "kernel/kernel.h"

enum {
    /* Above this many weights matrix products of one network overtake sixteen side by side, whose
     * weights and moments no cache holds any more; measured in docs/training.md. */
    LANES_PARAMETERS_MAX = 128 * 1024,
    /* Hidden states of all sequences in one step, and of one of them, from which the same is true
     * of recurrent networks. */
    WIDE_STATES_MIN = 2048,
    WIDE_LATENTS_MIN = 32,
};

double network_step_flops(const struct network_shape *shape, size_t samples) {
    return shape->flops_per_sample * (double)samples + shape->flops_per_step +
           (double)KERNEL_UPDATE_FLOPS * (double)shape->parameter_count;
}

size_t network_step_samples(const struct job *job, const struct network_shape *shape,
                            const struct dataset_size *data) {
    size_t steps = shape->steps > 0 ? shape->steps : 1;
    return job->train.batch > 0 ? (size_t)job->train.batch * steps : data->samples;
}

/* A recurrent network's products are of one step of all sequences. */
bool network_is_wide(const struct network_shape *shape, size_t samples) {
    if (shape->steps > 0 && shape->latents >= WIDE_LATENTS_MIN &&
        samples / shape->steps * shape->latents >= WIDE_STATES_MIN) {
        return true;
    }
    return shape->parameter_count > LANES_PARAMETERS_MAX;
}
