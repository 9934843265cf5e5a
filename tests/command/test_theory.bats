#!/usr/bin/env bats

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    figure=$ROOT/sweeps/figure_1c
    printf 'x,y\n0,0\n0,1\n1,0\n1,1\n' >square.csv
    printf '0,1\n1,0\n1,1\n' >cut.csv # without the corner where both are small
}

# json EXPRESSION: evaluates a Python expression of `d`, the JSON that was printed.
json() {
    "$PYTHON" -c 'import json, math, sys; d = json.loads(sys.argv[1]); assert eval(sys.argv[2]), d' \
        "$output" "$1"
}

@test "figure 1c is modular, and mixed without point 20" {
    exits 0 "$MODSWEEP" theory "$figure.csv" --json
    json 'd["modular"] is True and d["margin"] == 0 and d["price"] == 0 and d["gap"] <= 1e-8'
    json 'd["samples"] == 28 and len(d["neurons"]) == 2'
    exits 0 "$MODSWEEP" theory "${figure}_without_20.csv" --lambda 0.01 --json
    json 'd["modular"] is False and abs(d["margin"] + 0.001385099) < 1e-9'
    json 'abs(d["price"] - 0.001134) < 1e-6 and d["optimum"] < d["modular_energy"]'
}

@test "a table for people shows verdict, direction, price and neurons" {
    cp "${figure}_without_20.csv" mixed.csv
    exits 0 "$MODSWEEP" theory mixed.csv
    says "27 samples of 2 sources"
    grep -q '^mixed ' <<<"$output"
    grep -q '^margin  *-0.00138509' <<<"$output"
    grep -Eq '^0\.01 .* 0\.001134 ' <<<"$output"
    says "neurons at lambda 0.01"
    [ "$(awk 'length > 80' <<<"$output")" = "" ]
}

@test "several lambdas at once, in one list or one by one" {
    exits 0 "$MODSWEEP" theory cut.csv --lambda 0.01,1 -l 100 --json
    json '[o["lambda"] for o in d["optima"]] == [0.01, 1, 100]'
    json 'd["lambda"] == 0.01 and d["optimum"] == d["optima"][0]["optimum"]'
    json 'all(o["gap"] <= 1e-8 and o["price"] > 0 for o in d["optima"])'
}

@test "neurons reproduce the data, stay nonnegative, and cost the optimum" {
    exits 0 "$MODSWEEP" theory cut.csv --lambda 0.1 --json
    "$PYTHON" - "$output" <<'PY'
import json, sys, numpy as np
d = json.loads(sys.argv[1])
s = np.loadtxt("cut.csv", delimiter=",")
w = np.array([n["weights"] for n in d["neurons"]])
v = np.array([n["weights_out"] for n in d["neurons"]])
b = np.array([n["bias"] for n in d["neurons"]])
z = (s - s.mean(0)) @ w.T + b
assert z.min() > -1e-12
assert abs(s.mean(0) + (z - b) @ v - s).max() < 1e-9
energy = (z**2).sum(1).mean() + 0.1 * ((w**2).sum() + (v**2).sum())
assert abs(energy / d["optimum"] - 1) < 1e-9
PY
}

@test "CSV and HDF5, columns by number and by name, weights" {
    "$PYTHON" - <<'PY'
import h5py, numpy
with h5py.File("p.h5", "w") as f:
    f["a/points"] = numpy.array([[0, 1, 9.], [1, 0, 8], [1, 1, 9], [0, 0, 7]])
PY
    printf 'x,other,y\n0,4,1\n1,5,0\n1,6,1\n0,7,0\n' >named.csv
    printf '1\n1\n1\n0\n' >weights.csv
    exits 0 "$MODSWEEP" theory cut.csv --json
    expected=$output
    exits 0 "$MODSWEEP" theory named.csv --columns x,y --weights weights.csv --json
    json "d['margin'] == $(json_of margin "$expected") and d['samples'] == 3"
    exits 0 "$MODSWEEP" theory p.h5:/a/points -c 1-2 -w weights.csv --json
    json "d['optimum'] == $(json_of optimum "$expected")"
    exits 0 "$MODSWEEP" theory named.csv -c 3,x
    grep -q '^direction *y .*, x ' <<<"$output"
}

json_of() {
    "$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[2])[sys.argv[1]])' "$1" "$2"
}

@test "the least loss of a sweep, and from which negativity on" {
    exits 0 "$MODSWEEP" theory "${figure}.csv" --loss 1,5e-4,5e-5 --json
    json '0 < d["loss"]["optimum"] <= d["loss"]["modular_energy"] and d["loss"]["gap"] <= 1e-8'
    json '0 < d["loss"]["sufficient_negativity"] < 0.5'
    exits 0 "$MODSWEEP" theory "${figure}.csv" --loss 1,5e-4,5e-5
    says "when loss.negativity is at"
}

@test "constant, linear and too many sources are named" {
    printf '1,2,7\n2,4,7\n3,6,7\n5,10,7\n' >flat.csv
    exits 0 "$MODSWEEP" theory flat.csv
    says "they span 1 of 3 dimensions"
    "$PYTHON" -c 'import random; random.seed(1)
for n in range(40): print(",".join(str(random.random()) for j in range(10)))' >many.csv
    exits 0 "$MODSWEEP" theory many.csv --json
    json 'd["exact"] is False and d["margin_bound"] <= d["margin"] < 0 and d["modular"] is False'
    json '0 < d["bound"] <= d["optimum"] and abs(1 - d["bound"] / d["optimum"] - d["gap"]) < 1e-12'
    exits 0 "$MODSWEEP" theory many.csv
    says "cannot be computed"
    "$PYTHON" -c 'import itertools
for p in itertools.product((0, 1), repeat=9): print(*p)' >box.csv
    exits 0 "$MODSWEEP" theory box.csv --json # certified by its corners, without a hull
    json 'd["exact"] is False and d["modular"] is True'
}

@test "the samples that are prescribed for mixed data make them modular" {
    exits 0 "$MODSWEEP" theory "${figure}_without_20.csv" --prescribe --json
    json 'd["prescription"]["modular_after"] and len(d["prescription"]["add"]) == 1'
    "$PYTHON" - "$output" "${figure}_without_20.csv" <<'PY'
import json, sys
rows = open(sys.argv[2]).read()
for a in json.loads(sys.argv[1])["prescription"]["add"]:
    rows += ",".join(map(repr, a["point"])) + "\n"
open("mended.csv", "w").write(rows)
PY
    exits 0 "$MODSWEEP" theory mended.csv --json
    json 'd["modular"] is True and d["samples"] == 28'
    exits 0 "$MODSWEEP" theory cut.csv --prescribe
    says "add 1 sample, each as heavy as an average one"
    says "checked: with it the margin is"
}

@test "samples that modular data must not lose are listed, and matter" {
    exits 0 "$MODSWEEP" theory "$figure.csv" --prescribe --json
    json '20 in [k["index"] for k in d["prescription"]["keep"]]'
    json 'all(k["margin_without"] < 0 for k in d["prescription"]["keep"])'
    exits 0 "$MODSWEEP" theory "$figure.csv" --prescribe
    grep -Eq '^ +21 +-0.5 +0.464' <<<"$output"
    printf '0,0\n9,9\n0,1\n1,0\n1,1\n' >square.csv
    printf '1\n0\n1\n1\n1\n' >weights.csv # rows keep their numbers where some are dropped
    exits 0 "$MODSWEEP" theory square.csv --weights weights.csv --prescribe --json
    json '[k["index"] for k in d["prescription"]["keep"]] == [0, 2, 3, 4]'
    printf '0\n1\n2\n' >line.csv
    exits 0 "$MODSWEEP" theory line.csv --prescribe
    says "stay modular whichever sample is removed"
    exits 2 "$MODSWEEP" theory "$ROOT/sweeps/figure_1c.csv" --prescribe --columns 3
    "$PYTHON" -c 'import random; random.seed(1)
for n in range(40): print(",".join(str(random.random()) for j in range(10)))' >many.csv
    exits 2 "$MODSWEEP" theory many.csv --prescribe
    says "no prescription for 10 sources"
}

@test "a picture of two sources, in PNG and SVG" {
    exits 0 "$MODSWEEP" theory cut.csv --plot cut.svg
    grep -q '^mixed ' <<<"$output"
    "$PYTHON" -c 'import xml.dom.minidom as x; t = x.parse("cut.svg").toxml(); assert "mixed: margin" in t
assert "ellipse to be contained" in t and "neurons" in t'
    exits 0 "$MODSWEEP" theory square.csv --plot square.png
    [ "$(head -c 4 square.png | tail -c 3)" = PNG ]
    exits 2 "$MODSWEEP" theory square.csv --plot square.gif
    says "expected .svg or .png"
    exits 3 "$MODSWEEP" theory square.csv --plot nowhere/square.png
    says "cannot write 'nowhere/square.png'"
    exits 2 "$MODSWEEP" theory square.csv --columns x --plot one.png
    says "two sources, not 1"
    PATH=/nowhere exits 71 "$MODSWEEP" theory square.csv --plot none.png
    says "gnuplot-nox"
    [ ! -e none.png ]
}

@test "rounding in a file can be allowed for" {
    printf '0,0\n0,1\n1,0\n1,1.00001\n0.5,0.00001\n1.00001,0.5\n' >rounded.csv
    exits 0 "$MODSWEEP" theory rounded.csv --json
    json 'd["modular"] is False and -1e-4 < d["margin"] < 0'
    exits 0 "$MODSWEEP" theory rounded.csv --tolerance 1e-3 --json
    json 'd["modular"] is True and d["tolerance"] == 1e-3'
}

@test "bad input is refused with what was expected" {
    printf '1,2,3\n4,5,6\n' >few.csv
    printf '1,2\n1,2\n1,2\n' >equal.csv
    printf '1,2\nnan,2\n3,4\n' >nan.csv
    exits 2 "$MODSWEEP" theory few.csv
    says "2 samples of 3 sources"
    exits 2 "$MODSWEEP" theory equal.csv
    says "equal.csv: all 3 points are equal"
    exits 2 "$MODSWEEP" theory nan.csv
    says "nan.csv:2:1: NaN"
    exits 2 "$MODSWEEP" theory square.csv --columns z
    says "no column 'z'"
    exits 2 "$MODSWEEP" theory square.csv --columns 3
    says "a number from 1 to 2"
    exits 2 "$MODSWEEP" theory square.csv --columns x,1
    says "chosen twice"
    exits 2 "$MODSWEEP" theory square.csv --lambda 0
    says '--lambda: 0 is out of range; expected above 0'
    exits 2 "$MODSWEEP" theory square.csv --lambda 1,-2
    says '-2 is out of range'
    exits 2 "$MODSWEEP" theory square.csv --loss 1,2
    says "expected FIT,ACTIVITY,WEIGHTS"
    exits 2 "$MODSWEEP" theory square.csv --loss 1,0,0
    says "no network is best"
    exits 2 "$MODSWEEP" theory square.csv --tolerance x
    says "--tolerance"
    exits 2 "$MODSWEEP" theory missing.csv
    says "cannot open 'missing.csv'"
    exits 2 "$MODSWEEP" theory
    says "usage: modsweep theory POINTS"
}
