#!/usr/bin/env python3
"""Runs the networks of a results file forward with the weights saved there.

forward.py FILE.h5 KIND: of every job of that network, the tensors that it has lie in the corner of
their variables, and there is nothing but NaN outside and in the others; its activity and its
loss_fit follow from them. Prints how many jobs.
"""

import sys

import h5py
import numpy

PIXELS = 81
TOLERANCE = 1e-5


def text(value):
    return value.tobytes().decode().rstrip("\0")


def widths_of(job, kind, inputs, targets):
    hidden = text(job["network.hidden"]).strip("[]").replace(",", " ").split()
    hidden = [int(width) for width in hidden]
    if kind == "linear_autoencoder":
        return [inputs, *hidden, inputs], 0
    if kind == "mlp_autoencoder":
        return [inputs, *hidden, int(job["network.latent"]), *hidden[::-1], inputs], len(hidden)
    return [inputs, *hidden, targets], len(hidden) - 1


def corner(job, name, shape):
    """The numbers of a tensor, outside of which there must be none."""
    numbers = numpy.array(job[name], dtype=float)
    inside = tuple(slice(0, length) for length in shape)
    found = numbers[inside].copy()
    assert found.shape == tuple(shape), f"{name}: {found.shape} instead of {shape}"
    assert numpy.isfinite(found).all(), f"{name}: not finite"
    numbers[inside] = numpy.nan
    assert numpy.isnan(numbers).all(), f"{name}: numbers outside of {shape}"
    return found


def check(job, kind, names):
    used = ~numpy.isnan(job["sample_weights"])
    weights = job["sample_weights"][used]
    sources = job["sources"][used][:, ~numpy.isnan(job["sources"][0])]
    if "data.change" in job:
        what, where = sources.astype(int).T
        pixel = (where // 3 * 3 + what // 3) * 9 + where % 3 * 3 + what % 3
        x, y = numpy.eye(PIXELS)[pixel], sources - 4
    else:
        x = y = sources
    widths, latent = widths_of(job, kind, x.shape[1], y.shape[1])
    missing = {name for name in names if name.startswith("weights.")}
    for layer, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        w = corner(job, f"weights.W{layer + 1}", (outputs, inputs))
        b = corner(job, f"weights.b{layer + 1}", (outputs,))
        missing -= {f"weights.W{layer + 1}", f"weights.b{layer + 1}"}
        x = x @ w.T + b
        is_linear = layer + 2 == len(widths) or (layer == latent and kind != "feedforward")
        x = x if is_linear else numpy.maximum(x, 0)
        if layer == latent:
            activity = corner(job, "activity", x.shape)
            assert abs(activity - x).max() < TOLERANCE, f"activity: {abs(activity - x).max()}"
    fit = (weights * ((x - y) ** 2).mean(axis=1)).sum()
    assert abs(fit - job["loss_fit"]) < TOLERANCE * fit, f"loss_fit: {fit} {job['loss_fit']}"
    for name in missing:
        assert numpy.isnan(job[name]).all(), f"{name}: not of this network"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count = 0
    with h5py.File(sys.argv[1], "r") as file:
        jobs = file["job"].shape[0]
        table = {name: file[name][...] for name in file if file[name].shape[:1] == (jobs,)}
        for row in range(jobs):
            job = {name: values[row] for name, values in table.items()}
            kind = text(job["network.kind"]) if "network.kind" in job else sys.argv[2]
            if kind == sys.argv[2]:
                try:
                    check(job, kind, table)
                except AssertionError as failure:
                    sys.exit(f"job {row}, {kind}: {failure}")
                count += 1
    print(count)


if __name__ == "__main__":
    main()
