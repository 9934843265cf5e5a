#include "network/network.h"

extern const struct network network_dummy;
extern const struct network network_linear_autoencoder;

const struct network *const networks[] = {
    &network_linear_autoencoder,
    &network_dummy,
    NULL,
};
