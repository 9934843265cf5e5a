#!/usr/bin/env bats
# What the Makefile rebuilds, and what it refuses.

load ../lib

built() {
    run make -C "$ROOT" --no-print-directory BUILD="$BATS_TEST_TMPDIR" "$@" \
        "$BATS_TEST_TMPDIR/base/text.o" "$BATS_TEST_TMPDIR/base/version.o"
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

@test "what has not changed is not compiled again" {
    built
    says src/base/text.c
    built
    [[ $output != *src/base* ]]
}

@test "other flags compile everything again" {
    built
    built EXTRA_CFLAGS=-DANYTHING
    says src/base/text.c
    says src/base/version.c
}

@test "a new commit compiles the version alone" {
    built COMMIT=one
    built COMMIT=two
    says src/base/version.c
    [[ $output != *text.c* ]]
}

@test "flags given instead of added are refused" {
    run make -C "$ROOT" -n CFLAGS=-O3
    [ "$status" -ne 0 ]
    says EXTRA_CFLAGS
}

@test "missing libraries are named with the way to install them" {
    run make -C "$ROOT" BUILD="$BATS_TEST_TMPDIR" PACKAGES=no-such-library \
        "$BATS_TEST_TMPDIR/base/text.o"
    [ "$status" -ne 0 ]
    says "no-such-library"
    says "make deps"
}

@test "check-reference fails in a folder that is not there" {
    run make -C "$ROOT" BUILD="$ROOT/build" check-reference REFERENCE="$BATS_TEST_TMPDIR/absent"
    [ "$status" -ne 0 ]
    says absent
}

@test "a room without tests is refused" {
    run make -C "$ROOT" -o all BUILD="$ROOT/build" test ROOM=absent
    [ "$status" -ne 0 ]
    says tests/absent
}

@test "every target that can be called has a line of help" {
    run make -s -C "$ROOT" help
    for target in all demo check test deps asan lint format check-reference check-slurm torture bench info \
        install uninstall clean help; do
        [[ $output =~ (^|$'\n')"  $target "+[a-z] ]] || { echo "no help: $target"; return 1; }
    done
}
