#!/usr/bin/env python3
"""Compares results files of modsweep, bit by bit.

compare.py whole A.h5 B.h5    every variable but the times of rows and runs, and what merges add
compare.py cells A.h5 B.h5    the rows whose job is in both, found by their hash; prints how many
compare.py kept A.h5 B.h5     every row that is finished in A is the same, down to its time, in B
compare.py finished A.h5 B.h5 every row that is finished in A is the same in B but for its time

A difference is told and ends it with status 1.
"""

import sys

import h5py
import numpy

MISSING = 0


def is_provenance(name):
    return name == "part" or name == "parts"


def is_timed(name):
    """Whether the variable is about runs, not jobs."""
    return name in ("seconds", "incarnation", "incarnations", "run") or name.startswith("run_")


def bits(values):
    """The bytes of each row, so that NaNs compare like anything else."""
    flat = numpy.ascontiguousarray(values).reshape(values.shape[0], -1)
    return flat.view(numpy.uint8)


def record(file):
    names = file.attrs["record"].split() if "record" in file.attrs else []
    names = [name.decode() if isinstance(name, bytes) else name for name in names]
    return names + ["state", "steps", "checksum", "hash"]


def row_numbers(file):
    return {bytes(key): row for row, key in enumerate(bits(file["hash"][...]))}


def same_rows(a, b, name, rows_a, rows_b):
    left = bits(a[name][...])[rows_a]
    right = bits(b[name][...])[rows_b]
    if left.shape != right.shape:
        sys.exit(f"{name}: {left.shape} and {right.shape} rows and bytes")
    differing = (left != right).any(axis=1).nonzero()[0]
    if differing.size > 0:
        first = differing[0]
        sys.exit(
            f"{name}: {differing.size} rows differ, the first is {rows_a[first]} of {a.filename}: "
            f"{a[name][rows_a[first]]} and {b[name][rows_b[first]]}"
        )


def whole(a, b):
    alone = {name for name in set(a) ^ set(b) if not is_provenance(name)}
    if alone:
        sys.exit(f"variables in one file only: {alone}")
    rows = numpy.arange(a["state"].shape[0])
    for name in a:
        if not is_timed(name) and not is_provenance(name):
            if a[name].shape != b[name].shape or a[name].dtype != b[name].dtype:
                sys.exit(f"{name}: {a[name].shape} {a[name].dtype} and {b[name].shape} {b[name].dtype}")
            every = numpy.arange(a[name].shape[0]) if a[name].ndim > 0 else rows
            same_rows(a, b, name, every, every)
    print(rows.size)


def cells(a, b):
    numbers = row_numbers(b)
    pairs = [(row, numbers[key]) for key, row in row_numbers(a).items() if key in numbers]
    rows_a, rows_b = numpy.array(pairs, dtype=int).reshape(-1, 2).T
    for name in record(a):
        same_rows(a, b, name, rows_a, rows_b)
    print(rows_a.size)


def finished(a, b):
    rows = (a["state"][...] != MISSING).nonzero()[0]
    for name in record(a):
        same_rows(a, b, name, rows, rows)
    print(rows.size)


def kept(a, b):
    rows = (a["state"][...] != MISSING).nonzero()[0]
    same_rows(a, b, "seconds", rows, rows)
    finished(a, b)


def main():
    actions = {"whole": whole, "cells": cells, "kept": kept, "finished": finished}
    if len(sys.argv) != 4 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    with h5py.File(sys.argv[2], "r") as a, h5py.File(sys.argv[3], "r") as b:
        actions[sys.argv[1]](a, b)


if __name__ == "__main__":
    main()
