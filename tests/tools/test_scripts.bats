#!/usr/bin/env bats
# The repository's own scripts.

load ../lib

# fake NAME <<TEXT: a command of this name that only this test sees.
fake() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    { echo '#!/bin/bash'; cat; } >"$BATS_TEST_TMPDIR/bin/$1"
    chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

# Debian with everything installed but the packages named.
debian_without() {
    fake dpkg-query <<TEXT
shift 3
for package; do
    case " $* " in
    *" \$package "*) echo "no packages found matching \$package" >&2; missing=1 ;;
    *) echo "installed \$package" ;;
    esac
done
exit \${missing:-0}
TEXT
    for command in apt-get sudo; do
        fake "$command" <<TEXT
echo "$command \$*" >>"$BATS_TEST_TMPDIR/log"
if [ "$command" = sudo ]; then exec "\$@"; fi
TEXT
    done
    : >"$BATS_TEST_TMPDIR/log"
}

user_is() {
    fake id <<<"echo $1"
}

install_dependencies() {
    PATH=$BATS_TEST_TMPDIR/bin:$PATH run "$ROOT/tools/install-dependencies" "$@"
}

@test "shellcheck finds nothing in any script" {
    exits 0 "$ROOT/tools/check-scripts"
}

@test "nothing missing: apt is not asked" {
    debian_without
    user_is 0
    install_dependencies
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ ! -s "$BATS_TEST_TMPDIR/log" ]
}

@test "root installs what is missing and only that" {
    debian_without libyaml-dev bats
    user_is 0
    install_dependencies build test
    [ "$status" -eq 0 ]
    says 'libyaml-dev bats'
    [ "$(cat "$BATS_TEST_TMPDIR/log")" = "apt-get -q update
apt-get -q install -y --no-install-recommends libyaml-dev bats" ]
}

@test "a package that was removed but not purged is missing" {
    debian_without
    fake dpkg-query <<'TEXT'
shift 3
for package; do
    [ "$package" = gcc ] && echo "config-files gcc" || echo "installed $package"
done
TEXT
    user_is 0
    install_dependencies build
    grep -q 'install .* gcc$' "$BATS_TEST_TMPDIR/log"
}

@test "a group leaves the packages of other groups alone" {
    debian_without clang
    user_is 0
    install_dependencies build test
    [ "$status" -eq 0 ]
    [ ! -s "$BATS_TEST_TMPDIR/log" ]
}

@test "other users go through sudo" {
    debian_without gcc
    user_is 1000
    install_dependencies build
    [ "$status" -eq 0 ]
    grep -q '^sudo .*apt-get -q install -y --no-install-recommends gcc$' "$BATS_TEST_TMPDIR/log"
}

@test "apt failing is an error that names the packages" {
    debian_without gcc
    user_is 0
    fake apt-get <<'TEXT'
[ "$2" = update ]
TEXT
    install_dependencies build
    [ "$status" -ne 0 ]
    says "'apt-get install' failed for: gcc"
}

@test "a machine without apt is told what to install" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    PATH=$BATS_TEST_TMPDIR/bin run "$(command -v bash)" "$ROOT/tools/install-dependencies" build
    [ "$status" -ne 0 ]
    says 'not Debian or Ubuntu'
    says 'libhdf5-openmpi-dev'
}

@test "without sudo the packages are named for the administrator" {
    debian_without gcc
    user_is 1000
    rm "$BATS_TEST_TMPDIR/bin/sudo"
    ln -s "$(command -v grep)" "$BATS_TEST_TMPDIR/bin/grep"
    PATH=$BATS_TEST_TMPDIR/bin run "$(command -v bash)" "$ROOT/tools/install-dependencies" build
    [ "$status" -ne 0 ]
    says 'apt-get install gcc'
}

@test "the points of figure 1c follow their rule" {
    "$ROOT/tools/draw-figure-1c" | diff "$ROOT/sweeps/figure_1c.csv" -
    "$ROOT/tools/draw-figure-1c" 20 | diff "$ROOT/sweeps/figure_1c_without_20.csv" -
}
