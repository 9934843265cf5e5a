#!/usr/bin/env bats

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'a,b\n0,0\n0,1\n1,0\n1,1\n' >sources.csv
    printf '0,0,5\n0,3,5\n2,0,5\n2,3,5\n' >latents.csv # the third is dead
}

# json EXPRESSION: evaluates a Python expression of `d`, the JSON that was printed.
json() {
    "$PYTHON" -c 'import json, math, sys; d = json.loads(sys.argv[1]); assert eval(sys.argv[2]), d' \
        "$output" "$1"
}

@test "a modular network scores 1, as a table" {
    exits 0 "$MODSWEEP" score --sources sources.csv --latents latents.csv
    says "4 samples, 2 sources, 3 latents"
    grep -Eq '^linear_cinfom +1\.000000 ' <<<"$output"
    grep -Eq '^mixing_angle +0\.000000 rad ' <<<"$output"
    grep -Eq '^ +active +yes +yes +no$' <<<"$output"
}

@test "JSON has every score and matrix by name" {
    exits 0 "$MODSWEEP" score --sources sources.csv -z latents.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12 and abs(d["linear_cinfoc"] - 1) < 1e-12'
    json 'abs(d["multiinformation"]) < 1e-12 and d["active"] == [1, 1, 0]'
    json 'len(d["linear_nmi"]) == 2 and len(d["linear_nmi"][0]) == 3'
    json 'd["linear_ncmi"][1][2] == 0 and abs(d["linear_ncmi"][1][1] - 1) < 1e-12'
}

@test "what is undefined is null" {
    printf '1\n2\n3\n5\n' >one.csv
    exits 0 "$MODSWEEP" score --sources one.csv -z latents.csv --json
    json 'd["linear_cinfom"] is None and d["linear_nmi"][0][0] > 0'
    exits 0 "$MODSWEEP" score --sources one.csv -z latents.csv
    grep -Eq '^linear_cinfom +nan ' <<<"$output"
}

@test "an HDF5 reference case scores as its file says" {
    reference=$ROOT/tests/reference/scores.h5
    exits 0 "$MODSWEEP" score --sources "$reference:/linear_3/sources" -z "$reference:/linear_3/latents" --json
    "$PYTHON" - "$reference" "$output" <<'PY'
import json, sys, h5py, numpy
case, d = h5py.File(sys.argv[1])["linear_3"], json.loads(sys.argv[2])
for name in ("linear_infom", "linear_infoc", "linear_cinfom", "linear_cinfoc", "multiinformation"):
    assert abs(d[name] - case.attrs[name]) < 1e-9, name
for name in ("linear_nmi", "linear_ncmi", "active"):
    assert abs(numpy.array(d[name]) - case[name][:]).max() < 1e-9, name
PY
}

@test "HDF5 reference cases of labels score as their file says" {
    reference=$ROOT/tests/reference/scores.h5
    for case in ksg_1 ksg_3 infoe_1; do
        neighbours=2
        [ "$case" != ksg_1 ] || neighbours=3
        exits 0 "$MODSWEEP" score --sources "$reference:/$case/sources" -z "$reference:/$case/latents" \
            --neighbours "$neighbours" --json
        "$PYTHON" - "$reference" "$case" "$output" <<'PY'
import json, sys, h5py, numpy
case, d = h5py.File(sys.argv[1])[sys.argv[2]], json.loads(sys.argv[3])
if sys.argv[2].startswith("infoe"):
    assert abs(d["infoe"] - case.attrs["infoe"]) < 1e-5
    sys.exit()
for name in ("infom", "infoc", "cinfom", "cinfoc"):
    assert abs(d[name] - case.attrs[name]) < 1e-9, name
for name in ("nmi", "ncmi", "active"):
    assert abs(numpy.array(d[name]) - case[name][:]).max() < 1e-9, name
assert d["active_units"] == case["active"][:].sum()
PY
    done
}

@test "scores of labels: of what they are, and what mixes what and where" {
    for _ in 1 2 3; do
        for what in 0 1 2; do
            for where in 0 1 2; do
                echo "$what,$where" >>labels.csv
                echo "$what,$((2 * where)),$((what + where))" >>units.csv
            done
        done
    done
    exits 0 "$MODSWEEP" score --sources labels.csv -z units.csv --json
    json 'abs(d["variance_index"] - 1 / 7) < 1e-12' # variances 1 and 0, 0 and 4, 1 and 1
    json 'd["infoe"] > 0.99 and d["active_units"] == 3 and d["nmi"][0][0] == 1'
    exits 0 "$MODSWEEP" score --sources labels.csv -z units.csv --json --duplicates 2 --noise 0.05
    noisy=$output
    json 'd["nmi"][0][0] > 0.9 and d["nmi"][0][1] < 0.2'
    exits 0 "$MODSWEEP" score --sources labels.csv -z units.csv --json --duplicates 2 --noise 0.05
    [ "$output" = "$noisy" ]
}

@test "a sweep keeps the matrices behind its scores" {
    cat >grid.yaml <<'YAML'
name: grid
data:    {kind: grid, sources: 2, values: 10}
network: {kind: linear_autoencoder, hidden: 3}
train:   {steps: 100}
scoring: {noise: !grid [1e-2, 5]}
scores:  [infom, cinfoc, infoe, variance_index, active_units]
YAML
    exits 0 "$MODSWEEP" run grid.yaml -o grid.h5
    "$PYTHON" - <<'PY'
import h5py, numpy
with h5py.File("grid.h5") as file:
    assert list(file["scoring.noise"]) == [0.01, 5]
    for name in ("nmi", "ncmi"):
        assert file[name].shape == (2, 2, 3) and not numpy.isnan(file[name]).any()
    for name in ("infoe", "variance_index", "active_units"):
        assert not numpy.isnan(file[name]).any(), name
    assert file["nmi"][0].sum() > file["nmi"][1].sum() # noise drowns information
PY
}

@test "sources that are no labels: left out, and refused when named" {
    printf '0.1,1\n0.2,1\n0.3,4\n0.4,4\n' >continuous.csv
    exits 0 "$MODSWEEP" score --sources continuous.csv -z latents.csv --json
    json '"cinfom" not in d and "nmi" not in d and d["linear_cinfom"] is not None'
    exits 0 "$MODSWEEP" score --sources continuous.csv -z latents.csv
    says "left out, as the sources do not suit: infom, infoc, cinfom, cinfoc, infoe, variance_index"
    exits 2 "$MODSWEEP" score --sources continuous.csv -z latents.csv --scores linear_infom,cinfom
    says "--scores: 'cinfom' counts labels; the sources of continuous.csv (column 1 has 4 values in 4 samples) are continuous; use 'linear_cinfom'"
    printf '0,1,1\n0,1,2\n1,4,1\n1,4,2\n' >three.csv
    exits 2 "$MODSWEEP" score --sources three.csv -z latents.csv --scores variance_index
    says "--scores: 'variance_index' needs 2 sources; three.csv has 3"
    exits 0 "$MODSWEEP" score --sources three.csv -z latents.csv --json
    json '"variance_index" not in d and "infom" in d'
}

@test "HDF5 reference cases of spectra score as their file says" {
    reference=$ROOT/tests/reference/scores.h5
    for case in spectrum_0 spectrum_1 spectrum_2; do
        frequencies=$("$PYTHON" -c 'import sys, h5py
print(",".join(repr(float(f)) for f in h5py.File(sys.argv[1])[sys.argv[2] + "/frequencies"]))' \
            "$reference" "$case")
        "$PYTHON" -c 'import sys, h5py
for _ in h5py.File(sys.argv[1])[sys.argv[2] + "/activity"]: print("1,2")' \
            "$reference" "$case" >sources.csv
        exits 0 "$MODSWEEP" score --sources sources.csv -z "$reference:/$case/activity" \
            --frequencies "$frequencies" --time-step 0.1 --json
        "$PYTHON" - "$reference" "$case" "$output" <<'PY'
import json, sys, h5py, numpy
case, d = h5py.File(sys.argv[1])[sys.argv[2]], json.loads(sys.argv[3])
for ours, theirs in (("frequency_index", "power"), ("frequency_index_magnitude", "magnitude")):
    assert abs(d[ours] - case.attrs["index_" + theirs]) < 1e-9, ours
    shares = numpy.array(d["frequency_" + theirs]).T
    assert abs(shares - case["relative_" + theirs][:]).max() < 1e-9, theirs
PY
    done
}

# waves: sources and latents of two frequencies, 2π and 6π, in steps of 0.1.
waves() {
    "$PYTHON" - <<'PY'
from math import cos, pi
turns = [[f * pi * t / 10 for f in (2, 6)] for t in range(50)]
with open("waves.csv", "w") as file:
    file.writelines(f"{cos(a)},{cos(b)}\n" for a, b in turns)
with open("units.csv", "w") as file:
    file.writelines(f"{cos(a)},{3 * cos(b)},{cos(a) + 2}\n" for a, b in turns)
PY
}

@test "scores of frequencies: with their options, by name or all; left out without" {
    waves
    options=(--frequencies "6.2832,18.8496" --time-step 0.1)
    exits 0 "$MODSWEEP" score --sources waves.csv -z units.csv "${options[@]}" --json
    json 'd["frequency_index"] > 0.9999 and d["frequency_index_magnitude"] > 0.9999'
    json 'd["frequency_power"][0][0] > 0.9999 and d["frequency_magnitude"][1][0] < 1e-4'
    exits 0 "$MODSWEEP" score --sources waves.csv -z units.csv "${options[@]}"
    grep -Eq '^frequency_index             (0\.99|1\.00)' <<<"$output"
    grep -Eq '^frequency_index_magnitude   (0\.99|1\.00)' <<<"$output"
    grep -Eq '^linear_infom                1\.00' <<<"$output"
    exits 0 "$MODSWEEP" score --sources waves.csv -z units.csv "${options[@]}" --json \
        --scores frequency_index_magnitude
    json 'set(d) == {"frequency_index_magnitude", "frequency_magnitude", "active"}'
    exits 0 "$MODSWEEP" score --sources waves.csv -z units.csv --json
    json '"frequency_index" not in d and "frequency_power" not in d and "linear_infom" in d'
    exits 0 "$MODSWEEP" score --sources waves.csv -z units.csv
    says "frequency_index, frequency_index_magnitude"
    exits 2 "$MODSWEEP" score --sources waves.csv -z units.csv --scores linear_infom,frequency_index
    says "--scores: 'frequency_index' needs sources of known frequencies, and waves.csv has none; expected --frequencies and --time-step"
}

# wrong MESSAGE OPTION...: refused, with the message.
wrong() {
    local message=$1
    shift
    exits 2 "$MODSWEEP" score --sources waves.csv -z units.csv "$@"
    says "$message"
}

@test "frequencies and time step that cannot be" {
    waves
    wrong "given together or not at all; --time-step is missing" --frequencies 1,2
    wrong "given together or not at all; --frequencies is missing" --time-step 0.1
    wrong "--frequencies has 3; expected one for each of the 2 sources of waves.csv" \
        --frequencies 1,2,3 --time-step 0.1
    for bad in '' x 1x nan inf; do
        wrong "--frequencies: expected a " --frequencies "2,$bad" --time-step 0.1
        wrong "--time-step: expected a " --frequencies 1,2 "--time-step=$bad"
    done
    for bad in 0 -1; do
        wrong "--frequencies: $bad is out of range; expected above 0 rad per unit of time" \
            --frequencies "2,$bad" --time-step 0.1
        wrong "--time-step: $bad is out of range; expected above 0" \
            --frequencies 1,2 "--time-step=$bad"
    done
    wrong "--frequencies: 31.5 is too fast for steps of that length; expected below 31.4159, which is pi / --time-step" \
        --frequencies 1,31.5 --time-step 0.1
    for _ in $(seq 49); do echo 1; done >weights.csv
    echo 0 >>weights.csv
    wrong "--weights leaves out 1 of 50 samples, by a weight of 0" \
        --frequencies 1,2 --time-step 0.1 --weights weights.csv
}

@test "neighbours, duplicates and noise within their ranges" {
    for wrong in "--neighbours 0" "--neighbours 1.5" "--duplicates x" "--noise -1" "--noise nan"; do
        # shellcheck disable=SC2086 # an option and its value
        exits 2 "$MODSWEEP" score --sources sources.csv -z latents.csv $wrong
        says "${wrong% *}: "
        says 'expected '
    done
}

@test "only the scores that were named" {
    exits 0 "$MODSWEEP" score --sources sources.csv -z latents.csv --scores multiinformation,linear_infom --json
    json 'set(d) == {"multiinformation", "linear_infom", "linear_nmi", "active"}'
}

@test "weights count samples, and weight 0 drops them" {
    printf '1,1\n0,0\n0,1\n1,0\n1,1\n7,7\n' >more.csv
    printf '2,3\n0,0\n0,3\n2,0\n2,3\n9,1\n' >more_latents.csv
    printf '1\n2\n2\n2\n1\n0\n' >weights.csv
    exits 0 "$MODSWEEP" score --sources sources.csv -z latents.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12'
    exits 0 "$MODSWEEP" score --sources more.csv -z more_latents.csv -w weights.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12 and abs(d["multiinformation"]) < 1e-12'
    exits 0 "$MODSWEEP" score --sources more.csv -z more_latents.csv --json
    json 'd["linear_infom"] < 0.99'
}

@test "bad input exits with 2 and names the place" {
    printf '1,2\n3\n' >ragged.csv
    printf '1,2\n3,4\n' >short.csv
    exits 2 "$MODSWEEP" score
    says "usage: modsweep score --sources POINTS --latents POINTS"
    exits 2 "$MODSWEEP" score --sources sources.csv
    says "usage: modsweep score"
    exits 2 "$MODSWEEP" score --sources sources.csv -z short.csv
    says "sources.csv has 4 rows but short.csv has 2"
    exits 2 "$MODSWEEP" score --sources sources.csv -z ragged.csv
    says "--latents: ragged.csv:2:1: "
    exits 2 "$MODSWEEP" score --sources nowhere.csv -z latents.csv
    says "cannot open 'nowhere.csv'"
    exits 2 "$MODSWEEP" score --sources sources.csv -z latents.csv --scores linear_infm
    says "did you mean 'linear_infom'?"
    exits 2 "$MODSWEEP" score --sources sources.csv -z latents.csv --scores linear_infom,linear_infom
    says "twice"
    exits 2 "$MODSWEEP" score --sources sources.csv -z latents.csv --scores ''
    says "--scores: expected names, got none"
    exits 2 "$MODSWEEP" score --sources sources.csv -z latents.csv -w latents.csv
    says "latents.csv has 3 columns: expected one"
}

@test "--help says what POINTS are" {
    exits 0 "$MODSWEEP" score --help
    says "a.h5:/path"
}

@test "CSV lines may end in CR, and fields are separated in one way" {
    printf '1,2\r3,5\r5,7\r' >"$BATS_TEST_TMPDIR/cr.csv"
    exits 0 "$MODSWEEP" score --sources "$BATS_TEST_TMPDIR/cr.csv" --latents "$BATS_TEST_TMPDIR/cr.csv"
    says '3 samples, 2 sources'
    printf '1 2,3\n4 5,7\n' >"$BATS_TEST_TMPDIR/mixed.csv"
    exits 2 "$MODSWEEP" score --sources "$BATS_TEST_TMPDIR/mixed.csv" --latents "$BATS_TEST_TMPDIR/cr.csv"
    says "mixed.csv:1:4: blanks separate fields here and ',' or ';' elsewhere"
}
