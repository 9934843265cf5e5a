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
    exits 0 "$MODSWEEP" score -s sources.csv -z latents.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12 and abs(d["linear_cinfoc"] - 1) < 1e-12'
    json 'abs(d["multiinformation"]) < 1e-12 and d["active"] == [1, 1, 0]'
    json 'len(d["linear_nmi"]) == 2 and len(d["linear_nmi"][0]) == 3'
    json 'd["linear_ncmi"][1][2] == 0 and abs(d["linear_ncmi"][1][1] - 1) < 1e-12'
}

@test "what is undefined is null" {
    printf '1\n2\n3\n5\n' >one.csv
    exits 0 "$MODSWEEP" score -s one.csv -z latents.csv --json
    json 'd["linear_cinfom"] is None and d["linear_nmi"][0][0] > 0'
    exits 0 "$MODSWEEP" score -s one.csv -z latents.csv
    grep -Eq '^linear_cinfom +nan ' <<<"$output"
}

@test "an HDF5 reference case scores as its file says" {
    reference=$ROOT/tests/reference/scores.h5
    exits 0 "$MODSWEEP" score -s "$reference:/linear_3/sources" -z "$reference:/linear_3/latents" --json
    "$PYTHON" - "$reference" "$output" <<'PY'
import json, sys, h5py, numpy
case, d = h5py.File(sys.argv[1])["linear_3"], json.loads(sys.argv[2])
for name in ("linear_infom", "linear_infoc", "linear_cinfom", "linear_cinfoc", "multiinformation"):
    assert abs(d[name] - case.attrs[name]) < 1e-9, name
for name in ("linear_nmi", "linear_ncmi", "active"):
    assert abs(numpy.array(d[name]) - case[name][:]).max() < 1e-9, name
PY
}

@test "only the scores that were named" {
    exits 0 "$MODSWEEP" score -s sources.csv -z latents.csv --scores multiinformation,linear_infom --json
    json 'set(d) == {"multiinformation", "linear_infom", "linear_nmi", "active"}'
}

@test "weights count samples, and weight 0 drops them" {
    printf '1,1\n0,0\n0,1\n1,0\n1,1\n7,7\n' >more.csv
    printf '2,3\n0,0\n0,3\n2,0\n2,3\n9,1\n' >more_latents.csv
    printf '1\n2\n2\n2\n1\n0\n' >weights.csv
    exits 0 "$MODSWEEP" score -s sources.csv -z latents.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12'
    exits 0 "$MODSWEEP" score -s more.csv -z more_latents.csv -w weights.csv --json
    json 'abs(d["linear_infom"] - 1) < 1e-12 and abs(d["multiinformation"]) < 1e-12'
    exits 0 "$MODSWEEP" score -s more.csv -z more_latents.csv --json
    json 'd["linear_infom"] < 0.99'
}

@test "bad input exits with 2 and names the place" {
    printf '1,2\n3\n' >ragged.csv
    printf '1,2\n3,4\n' >short.csv
    exits 2 "$MODSWEEP" score
    says "usage: modsweep score --sources POINTS --latents POINTS"
    exits 2 "$MODSWEEP" score --sources sources.csv
    says "usage: modsweep score"
    exits 2 "$MODSWEEP" score -s sources.csv -z short.csv
    says "sources.csv has 4 rows but short.csv has 2"
    exits 2 "$MODSWEEP" score -s sources.csv -z ragged.csv
    says "--latents: ragged.csv:2:1: "
    exits 2 "$MODSWEEP" score -s nowhere.csv -z latents.csv
    says "cannot open 'nowhere.csv'"
    exits 2 "$MODSWEEP" score -s sources.csv -z latents.csv --scores linear_infm
    says "did you mean 'linear_infom'?"
    exits 2 "$MODSWEEP" score -s sources.csv -z latents.csv --scores linear_infom,linear_infom
    says "twice"
    exits 2 "$MODSWEEP" score -s sources.csv -z latents.csv -w latents.csv
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
