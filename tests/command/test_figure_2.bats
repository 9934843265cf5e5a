#!/usr/bin/env bats
# Figure 2's finding, with fewer conditions and steps than in the kept sweeps.

load ../lib

# The mean of a score at one condition.
mean_of() {
    "$MODSWEEP" table figure.h5 --by data.change,data.amount --score "$1" --csv |
        awk -F , -v change="$2" -v amount="$3" '$1 == change && $2 == amount { print $7 }'
}

@test "a left-out corner mixes what and where, and a stronger diagonal does not" {
    cd "$BATS_TEST_TMPDIR"
    sed -e 's/^replicates: .*/replicates: 2/' -e 's/steps: 60000/steps: 40000/' \
        -e 's/change: dropout, data.amount: .*}/change: dropout, data.amount: !grid [0, 21]}/' \
        -e 's/change: diagonal, data.amount: .*}/change: diagonal, data.amount: 17}/' \
        -e 's/change: correlate, data.amount: .*}/change: correlate, data.amount: 5}/' \
        "$ROOT/sweeps/figure_2_what_where.yaml" > figure.yaml
    exits 0 "$MODSWEEP" run figure.yaml -o figure.h5
    awk -v none="$(mean_of linear_cinfom dropout 0)" -v corner="$(mean_of linear_cinfom dropout 21)" \
        -v thinned="$(mean_of linear_cinfom diagonal 17)" \
        -v stronger="$(mean_of linear_cinfom correlate 5)" \
        'BEGIN { exit !(none > 0.99 && corner > 0.8 && corner < 0.85 && thinned > 0.99 && stronger > 0.99) }'
    awk -v less="$(mean_of multiinformation dropout 21)" -v more="$(mean_of multiinformation correlate 5)" \
        'BEGIN { exit !(0.04 < less && less < more) }'
    [ "$(mean_of active_units dropout 0)" = 4 ]
}

@test "an autoencoder gives independent sources latents of their own" {
    cd "$BATS_TEST_TMPDIR"
    sed -e 's/^replicates: .*/replicates: 2/' -e 's/steps: 200000/steps: 8000/' \
        -e '/data.change: corner/d' -e '/data.change: diagonal/d' \
        "$ROOT/sweeps/figure_2_autoencoder.yaml" > figure.yaml
    exits 0 "$MODSWEEP" run figure.yaml -o figure.h5
    "$MODSWEEP" table figure.h5 --score linear_cinfom,loss --csv > table.csv
    awk -F , 'NR == 2 { exit !($5 > 0.8 && $8 < 0.01) }' table.csv
}
