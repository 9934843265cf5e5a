#include "network/network.h"

/* One line per network, in the order of `modsweep list`; each is defined in a file of this folder.
 */
#define EVERY_NETWORK(DO)                                                                          \
    DO(linear_autoencoder)                                                                         \
    DO(dummy)

#define DECLARE(name) extern const struct network name##_network;
#define ENTRY(name) &name##_network,

EVERY_NETWORK(DECLARE)

const struct network *const networks[] = {EVERY_NETWORK(ENTRY) NULL};
