#include "network/network.h"

#include "kernel/kernel.h"

/* One line per network, in the order of `modsweep list`; a file of this folder defines each.
 */
#define EVERY_NETWORK(DO)                                                                          \
    DO(linear_autoencoder)                                                                         \
    DO(mlp_autoencoder)                                                                            \
    DO(feedforward)                                                                                \
    DO(linear_rnn)                                                                                 \
    DO(relu_rnn)                                                                                   \
    DO(dummy)

#define DECLARE(name) extern const struct network name##_network;
#define ENTRY(name) &name##_network,

EVERY_NETWORK(DECLARE)

const struct network *const networks[] = {EVERY_NETWORK(ENTRY) NULL};

double network_step_flops(const struct network_shape *shape, size_t samples) {
    return shape->flops_per_sample * (double)samples + shape->flops_per_step +
           (double)KERNEL_UPDATE_FLOPS * (double)shape->parameter_count;
}
