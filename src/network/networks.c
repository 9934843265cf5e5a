#include "network/network.h"

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
