#!/usr/bin/env bats
# `modsweep plot`, on the file of tests/aggregate/test_table.c, of whose twelve jobs six are done, and on
# a sweep of cases.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    "$(dirname "$MODSWEEP")/tests/aggregate/test_table" results.h5
}

# sweep: ways.h5, three ways of changing the data of which the first is where the others begin.
sweep() {
    cat >ways.yaml <<'YAML'
name: ways of <change> & 'more'
replicates: 3
data: {kind: grid, sources: 2, values: 5}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 50}
cases:
  - {data.change: independent}
  - {data.change: corner, data.amount: !grid [0.5, 1]}
  - {data.change: diagonal_strengthen, data.amount: !grid [2, 10, 40]}
scores: [linear_cinfom, multiinformation, mixing_angle]
YAML
    exits 0 "$MODSWEEP" run ways.yaml --progress none
}

# drawn PICTURE TEXT...: fails unless it is an SVG in which these texts stand.
drawn() {
    exits 0 "$PYTHON" - "$@" <<'PYTHON'
import sys, xml.dom.minidom as dom
root = dom.parse(sys.argv[1]).documentElement
assert root.tagName == "svg"
def text(node):
    return node.data if node.nodeType == node.TEXT_NODE else "".join(map(text, node.childNodes))
found = [text(node).strip() for node in root.getElementsByTagName("text")]
for wanted in sys.argv[2:]:
    assert wanted in found, (wanted, found)
PYTHON
}

# script ARGUMENTS...: leaves in the file `script` what gnuplot would be told.
script() {
    mkdir -p bin
    printf '#!/bin/sh\ncat >script\n' >bin/gnuplot
    chmod +x bin/gnuplot
    PATH=$PWD/bin:$PATH exits 0 "$MODSWEEP" plot "$@"
}

@test "draws a line for each way of changing the data" {
    sweep
    exits 0 "$MODSWEEP" plot ways.h5 --y linear_cinfom,mixing_angle --line data.change
    [ "${lines[0]}" = 'ways.svg: 6 cells in 3 lines' ]
    [ "${lines[1]}" = '18 of 18 jobs done; mean ± sample standard deviation over 3 jobs a point' ]
    drawn ways.svg "ways of <change> & 'more'" linear_cinfom 'mixing_angle [rad]' multiinformation \
        data.change independent corner diagonal_strengthen "${lines[1]}" \
        'modularity, corrected for correlated sources (linear)'
    [ "$(stat -c %s ways.svg)" -lt 60000 ]
}

@test "lines begin at the origin" {
    sweep
    exits 0 "$MODSWEEP" plot ways.h5 --origin data.change=independent --title 'Two ways' -o two.svg
    says '6 cells in 2 lines'
    drawn two.svg 'Two ways' corner diagonal_strengthen
    [ "$(grep -c independent two.svg)" -eq 0 ]
}

@test "draws PNG, of the size asked for" {
    exits 0 "$MODSWEEP" plot results.h5 -x data.change -b data.change --size 300x250 -o p.png
    exits 0 "$PYTHON" -c '
import struct
head = open("p.png", "rb").read(24)
assert head[:8] == b"\x89PNG\r\n\x1a\n"
assert struct.unpack(">II", head[16:]) == (600, 500), head'
}

@test "the points are the means of table" {
    sweep
    "$MODSWEEP" plot ways.h5 --csv --y mixing_angle --origin data.change=independent \
        >points.csv 2>notes
    grep -q '^18 of 18 jobs done' notes
    "$MODSWEEP" table ways.h5 --csv --score mixing_angle,multiinformation >table.csv
    exits 0 "$PYTHON" -c '
import csv
points = list(csv.DictReader(open("points.csv")))
cells = {(c["data.change"], c["data.amount"]): c for c in csv.DictReader(open("table.csv"))}
assert [p["line"] for p in points] == ["corner"] * 3 + ["diagonal_strengthen"] * 4, points
for point in points:
    cell = cells[point["data.change"], point["data.amount"]]
    assert point["x"] == cell["multiinformation_mean"]
    for column in "mean", "sd", "n":
        name = "mixing_angle_" + column
        assert point[name] == cell[name], (point, cell)
for line in {p["line"] for p in points}:
    x = [float(p["x"]) for p in points if p["line"] == line]
    assert x == sorted(x)
    assert [p["data.change"] for p in points if p["line"] == line][0] == "independent"
'
}

@test "jobs that are not in the means are counted, also in the picture" {
    exits 0 "$MODSWEEP" plot results.h5 --x seconds --line data.change
    says '6 of 12 jobs done; not in the means: 4 missing, 1 diverged, 1 quarantined; mean'
    says 'over 1 to 2 jobs a point'
    says '2 cells not drawn: no job is done'
    drawn results.svg 'seconds [s]' loss \
        '6 of 12 jobs done; not in the means: 4 missing, 1 diverged, 1 quarantined'
    exits 0 "$MODSWEEP" plot results.h5 --x best_step --logx --csv
    says '6 of 12 jobs done'
}

# Cells 0 and 2 of "corner" have two jobs, cells 1 and 3 of "grün" one.
@test "a band or a bar is only where there is a standard deviation" {
    script results.h5 --x seconds --line data.change
    [ "$(grep -c '^0.25 0.5 -0.207[0-9]* 1.207[0-9]* NaN NaN$' script)" -eq 1 ]
    [ "$(grep -c '^1 2 NaN NaN NaN NaN$' script)" -eq 1 ]
    script results.h5 --x seconds --line train.learning_rate
    [ "$(grep -c '^0.25 0.5 NaN NaN -0.207[0-9]* 1.414[0-9]*$' script)" -eq 1 ]
    [ "$(grep -c 'vectors' script)" -eq 1 ]
}

@test "texts cannot become commands of gnuplot" {
    exits 0 "$MODSWEEP" plot results.h5 -x seconds -o '|touch a.svg' \
        --title $'it\'s\'\nsystem "touch owned"\n\'`touch owned`'
    [ -s '|touch a.svg' ] && [ ! -e a.svg ] && [ ! -e owned ]
    drawn '|touch a.svg' "it's' system \"touch owned\" '\`touch owned\`"
    exits 2 "$MODSWEEP" plot results.h5 -x seconds -o $'a\n.svg'
    says 'control character'
}

@test "names the nearest axis, score and value" {
    exits 2 "$MODSWEEP" plot results.h5 --x data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" plot results.h5 --x nothing
    says 'there are: train.learning_rate network.hidden data.change replicate loss'
    exits 2 "$MODSWEEP" plot results.h5 --y lss
    says "did you mean 'loss'"
    exits 2 "$MODSWEEP" plot results.h5 --line data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" plot results.h5 --by data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" plot results.h5 -x seconds --line data.change --origin data.change=cornr
    says "did you mean 'corner'"
    exits 2 "$MODSWEEP" plot results.h5 --x data.change --logx
    says 'texts, not numbers'
    exits 2 "$MODSWEEP" plot results.h5 --y r2
    says 'many numbers'
}

@test "refuses what cannot be drawn or written" {
    exits 2 "$MODSWEEP" plot results.h5 -o results.gif
    says 'expected .svg or .png'
    exits 3 "$MODSWEEP" plot results.h5 -o nowhere/results.svg
    says "cannot write 'nowhere/results.svg'"
    exits 2 "$MODSWEEP" plot results.h5 --csv -o results.svg
    for size in 300 300x 300x0 300x300x x300 -300x300 99999x300; do
        exits 2 "$MODSWEEP" plot results.h5 --size="$size"
        says 'expected WIDTHxHEIGHT'
    done
    PATH=/nowhere exits 71 "$MODSWEEP" plot results.h5 -o none.png
    says 'gnuplot-nox'
    [ ! -e none.png ] && [ ! -e results.svg ]
    exits 2 "$MODSWEEP" plot nothing.h5
    says 'No such file'
    printf '\211HDF\r\n\032\n' >damaged.h5
    exits 3 "$MODSWEEP" plot damaged.h5
}

@test "never replaces the results file" {
    cp results.h5 copy.svg
    ln -s copy.svg link.svg
    exits 2 "$MODSWEEP" plot copy.svg -o link.svg
    says 'is the results file'
    cmp results.h5 copy.svg
    exits 0 "$MODSWEEP" plot copy.svg
    [ -s copy.svg.svg ]
    cmp results.h5 copy.svg
}

@test "a sweep without finished jobs is refused by name" {
    cat >none.yaml <<'YAML'
data: {kind: uniform, points: !grid [16, 32]}
network: {kind: dummy}
YAML
    exits 0 "$MODSWEEP" run none.yaml --progress none
    exits 0 "$PYTHON" -c '
import h5py
with h5py.File("none.h5", "r+") as file:
    file["state"][:] = 0'
    exits 2 "$MODSWEEP" plot none.h5 --y seconds
    says 'nothing to plot: 0 of 2 jobs done'
}

# theory: theory.h5, autoencoders whose optimum the theory knows.
theory() {
    cat >theory.yaml <<'YAML'
name: theory
replicates: 20
data: {kind: uniform, sources: 2, points: !grid [8, 32]}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 50, learning_rate: !logspace [1e-3, 1e-1, 12]}
loss: {activity: 5e-4, weights: 5e-5}
scores: [mixing_angle, predicted_angle, margin]
YAML
    exits 0 "$MODSWEEP" run theory.yaml --progress none
}

@test "draws scores against each other, a point a job" {
    sweep
    exits 0 "$MODSWEEP" plot ways.h5 --kind scatter --x linear_cinfom --y mixing_angle,loss
    [ "${lines[0]}" = 'ways.svg: 18 points in 3 colours' ]
    [ "${lines[1]}" = '18 of 18 jobs done; 1 job a point' ]
    drawn ways.svg linear_cinfom 'mixing_angle [rad]' loss data.change corner
    "$MODSWEEP" plot ways.h5 --kind scatter --x linear_cinfom --y mixing_angle --csv 2>/dev/null \
        >points.csv
    exits 0 "$PYTHON" -c '
import csv, h5py
points = list(csv.DictReader(open("points.csv")))
with h5py.File("ways.h5") as file:
    jobs = set(zip(file["linear_cinfom"][:], file["mixing_angle"][:]))
assert {(float(p["x"]), float(p["mixing_angle_mean"])) for p in points} == jobs, points
assert all(p["mixing_angle_n"] == "1" and p["replicate"] in "012" for p in points)'
    exits 2 "$MODSWEEP" plot ways.h5 --kind scatter --colour data.amount --line data.change
    says 'exclude each other'
}

@test "a bar of colours shows many numbers" {
    theory
    script theory.h5 --kind scatter --x margin --y mixing_angle --colour train.learning_rate
    [ "$(grep -c 'lc palette' script)" -eq 1 ]
    [ "$(grep -c '^set colorbox' script)" -eq 1 ]
    grep -q '^set logscale cb' script
    grep -q '^set cbrange \[0.001:0.1\]' script
    script theory.h5 --kind scatter --x margin --y mixing_angle --colour data.points
    [ "$(grep -c 'lc palette' script)" -eq 0 ]
}

# Ranks by double argsort: there are no ties.
@test "sets scores against predictions" {
    theory
    exits 0 "$MODSWEEP" plot theory.h5 --kind theory -o theory.svg
    [ "${lines[0]}" = 'theory.svg: 480 points in 2 colours' ]
    exits 0 "$PYTHON" -c '
import h5py, numpy, sys
with h5py.File("theory.h5") as file:
    x, y = file["predicted_angle"][:], file["mixing_angle"][:]
def ranks(values):
    found = numpy.unique(values, return_inverse=True, return_counts=True)
    ends = numpy.cumsum(found[2])
    return (ends - (found[2] - 1) / 2)[found[1]]
rho = numpy.corrcoef(ranks(x), ranks(y))[0, 1]
far = numpy.sqrt(numpy.mean((y - x) ** 2))
expected = f"mixing_angle against predicted_angle: Spearman ρ = {rho:.2f}, n = 480, " \
    f"r.m.s. difference {far:.3g} rad"
assert expected in sys.argv[1].splitlines(), (expected, sys.argv[1])' "$output"
    drawn theory.svg 'predicted_angle [rad]' 'mixing_angle [rad]' data.points
    script theory.h5 --kind theory
    grep -q '^plot x with lines' script
    script theory.h5 --kind theory --logx # along y, too
    [ "$(grep -Ec '^set [xy]tics \(0\.' script)" -eq 2 ]
    script theory.h5 --kind theory --x margin
    [ "$(grep -c '^plot x with lines' script)" -eq 0 ]
    grep -q "^set label 1 'modular' at first 0" script
    says 'mixing_angle against margin: Spearman'
}

@test "draws a heat map" {
    sweep
    exits 0 "$MODSWEEP" plot ways.h5 --kind heat
    [ "${lines[0]}" = 'ways.svg: 6 x 3 cells of data.amount and data.change' ]
    [ "${lines[1]}" = '18 of 18 jobs done; mean over 3 jobs a cell; blank: 12 cells not in the grid' ]
    drawn ways.svg data.amount data.change independent diagonal_strengthen linear_cinfom 40 0.5
    exits 0 "$MODSWEEP" plot ways.h5 --kind heat --x data.change --y replicate \
        --colour mixing_angle,linear_cinfom,mixing_angle -o two.png --size 400x500
    "$MODSWEEP" plot ways.h5 --kind heat --csv >cells.csv 2>notes
    "$MODSWEEP" table ways.h5 --by data.change,data.amount --score linear_cinfom --csv >table.csv
    cmp cells.csv table.csv
    grep -q '^18 of 18' notes
}

@test "cells that have no mean are hatched, never coloured" {
    script results.h5 --kind heat --x data.change --y train.learning_rate
    says 'hatched: 2 cells without a finished job; blank: 6 cells not in the grid'
    exits 0 "$PYTHON" -c '
blocks = open("script").read().split("EOD\n")
cells = {tuple(map(int, line.split()[:2])): float(line.split()[2])
         for line in blocks[1].splitlines()}
assert cells == {(0, 5): 0.5, (1, 4): 2, (0, 3): 4.5, (1, 2): 6}, cells
strokes = [tuple(map(float, line.split())) for line in blocks[3].splitlines() if line]
places = {(round(x), round(y)) for x, y in
          (((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(strokes[::2], strokes[1::2]))}
assert places == {(0, 1), (1, 0)}, places'
}

@test "says what a kind of picture lacks" {
    exits 2 "$MODSWEEP" plot results.h5 --kind heta
    says "did you mean 'heat'"
    exits 2 "$MODSWEEP" plot results.h5 --kind histogram
    says 'expected line, scatter, theory or heat'
    exits 2 "$MODSWEEP" plot results.h5 --kind theory
    says "name predicted_angle, margin, price or least_loss in its 'scores'"
    exits 2 "$MODSWEEP" plot results.h5 --kind theory --x loss
    says "'loss' is not a prediction"
    exits 2 "$MODSWEEP" plot results.h5 --kind heat --x data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" plot results.h5 --kind heat --colour lss
    says "did you mean 'loss'"
    exits 2 "$MODSWEEP" plot results.h5 --kind heat --x loss
    says "'loss' is a score"
    exits 2 "$MODSWEEP" plot results.h5 --kind heat --x replicate --y replicate
    says 'on both sides'
    exits 2 "$MODSWEEP" plot results.h5 --kind heat --logx
    says '--logx has no meaning for --kind heat'
    exits 2 "$MODSWEEP" plot results.h5 --kind scatter --origin data.change=corner
    says 'only --kind line'
    exits 2 "$MODSWEEP" plot results.h5 --kind scatter --colour data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" plot results.h5 --y ''
    says 'expected names'
    exits 2 "$MODSWEEP" plot results.h5 --x seconds --size 400x200 --y loss,steps,seconds,best_step
    says '--size: 4 panels and what is around need a height of'
    cat >one.yaml <<'YAML'
data: {kind: uniform, points: !grid [16, 32]}
network: {kind: dummy}
YAML
    exits 0 "$MODSWEEP" run one.yaml --progress none
    exits 2 "$MODSWEEP" plot one.h5 --kind heat
    says "in this sweep only 'data.points' varies; --y replicate"
}

@test "names that are given twice count once, and legends leave room on small pages" {
    sweep
    script ways.h5 --y mixing_angle,mixing_angle --x multiinformation
    [ "$(grep -c '^set yrange' script)" -eq 2 ] # one panel, and the rest
    exits 0 "$MODSWEEP" plot ways.h5 --size 320x330 --line data.change --y mixing_angle -o small.svg
    drawn small.svg independent corner diagonal_strengthen multiinformation
    exits 0 "$MODSWEEP" plot ways.h5 --by '' --x multiinformation --y loss
    says '1 cell in 1 line'
}

@test "a logarithmic axis within a decade has numbers" {
    printf 'replicates: 2\nnetwork: {kind: dummy, seconds: !grid [0.002, 0.005, 0.009]}\n' >brief.yaml
    exits 0 "$MODSWEEP" run brief.yaml --progress none
    exits 0 "$MODSWEEP" plot brief.h5 --x network.seconds --y seconds --logx -o brief.svg
    drawn brief.svg 0.002 0.004 0.006 0.008
}

# Lines are amounts, of which "independent" has one, "corner" two, "diagonal_strengthen" three.
@test "marks of a category stand around its middle" {
    sweep
    script ways.h5 --x data.change --y mixing_angle
    exits 0 "$PYTHON" -c '
places = {0: [], 1: [], 2: []}
for line in open("script").read().split("EOD\n")[1].splitlines():
    if line and not line.startswith("NaN"):
        x = float(line.split()[0])
        places[round(x)].append(round(x - round(x), 6))
assert places == {0: [0], 1: [-0.05, 0.05], 2: [-0.1, 0, 0.1]}, places'
}

# Without a price on weights the theory foretells no angle, and lines of such jobs have no marks.
@test "undefined scores are counted in the picture, and lines without marks have no name" {
    cat >free.yaml <<'YAML'
replicates: 2
data: {kind: grid, sources: 2, values: 5}
network: {kind: linear_autoencoder, hidden: !grid [2, 3]}
train: {steps: 2}
loss: {weights: !grid [0, 0.001, 0.002]}
scores: [predicted_angle]
YAML
    exits 0 "$MODSWEEP" run free.yaml --progress none
    local size names
    for size in 700x400 320x330; do # names beside the panel, and under it
        exits 0 "$MODSWEEP" plot free.h5 --x network.hidden --line loss.weights --size $size
        says 'predicted_angle is undefined for 4 done jobs'
        drawn free.svg loss.weights 0.001 0.002 'predicted_angle is undefined for 4 done jobs'
        script free.h5 --x network.hidden --line loss.weights --size $size
        names=$(grep -oE "keyentry with linespoints ls [1-3] title '(0|0.001|0.002)'" script | wc -l)
        [ "$names" -eq 2 ]
    done
    exits 0 "$MODSWEEP" plot free.h5 --kind heat
    says 'hatched: 2 cells where the score is undefined'
    drawn free.svg 'predicted_angle is undefined for 4 done jobs'
    grep -q 'hatched: 2 cells where the score is undefined' free.svg
}
