#!/usr/bin/env bats
# Results files open in the programs that people use. The file is the one of tests/aggregate/test_table.c:
# twelve jobs, of which some are done.

load ../lib

setup() {
    FILE=$BATS_TEST_TMPDIR/results.h5
    "$(dirname "$MODSWEEP")/tests/aggregate/test_table" "$FILE"
}

@test "h5dump reads metadata and values" {
    exits 0 h5dump -d /loss "$FILE"
    says '(0): 0, 1, 2, nan, 4, 5, 6, 7, 8, nan, nan, nan'
    exits 0 h5dump -H -A "$FILE"
    says 'ATTRIBUTE "sweep_yaml"'
}

@test "contiguous, without chunks, filters or growing dimensions" {
    exits 0 h5dump -H -p "$FILE"
    says 'CONTIGUOUS'
    [[ $output != *CHUNKED* && $output != *H5S_UNLIMITED* && $output != *COMPRESSION* ]]
}

@test "ncdump knows every dimension" {
    exits 0 ncdump -h "$FILE"
    says 'job = 12 ;'
    says 'latent = 3 ;'
    says 'double r2(job, source, latent) ;'
    says 'char data.change(job, text_6) ;'
    says 'state:flag_meanings = "missing done diverged quarantined" ;'
    [[ $output != *phony_dim* ]]
}

@test "ncdump prints texts" {
    exits 0 ncdump -v data.change "$FILE"
    says '"corner"'
}

for_engine() {
    exits 0 "$PYTHON" -W error - "$FILE" "$1" <<'PYTHON'
import sys
import numpy as np
import xarray as xr

data = xr.open_dataset(sys.argv[1], engine=sys.argv[2])
assert dict(data.sizes) == {"job": 12, "word": 2, "source": 2, "latent": 3, "run": 64}, data.sizes
assert data.r2.dims == ("job", "source", "latent")
assert list(data["data.change"].values[:3]) == ["corner", "corner", "grün"]
assert list(data["train.learning_rate"].values[2:4]) == [0.5, 0.5]
assert np.array_equal(data["network.hidden"].values[2:5], [4, 4, np.nan], equal_nan=True)
assert list(data.replicate.values[:3]) == [0, 1, 0]
assert set(data.loss.coords) == {"job", "replicate", "train.learning_rate", "network.hidden",
                                 "data.change"}
assert data.state.attrs["flag_meanings"].split()[2] == "diverged"
assert list(data.state.values) == [1, 1, 1, 0, 1, 1, 1, 2, 3, 0, 0, 0]
done = data.loss.where(data.state == 1).groupby(data["data.change"]).mean()
assert done.sel({"data.change": "corner"}) == 2.5 and done.sel({"data.change": "grün"}) == 4
assert data.attrs["sweep_yaml"] == "name: test\n" and data.attrs["Conventions"] == "CF-1.8"
assert data.run_started.dtype.kind == "M"
PYTHON
}

@test "xarray opens it through h5netcdf" {
    for_engine h5netcdf
}

@test "xarray opens it through netcdf4" {
    for_engine netcdf4
}
