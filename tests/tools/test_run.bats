#!/usr/bin/env bats
# tests/run itself: what fails, crashes, hangs or ends early must be counted.

load ../lib

# program NAME <<TEXT: a shell script in the test's folder that stands for a test program.
program() {
    { echo '#!/bin/sh'; cat; } >"$BATS_TEST_TMPDIR/$1"
    chmod +x "$BATS_TEST_TMPDIR/$1"
}

runs() {
    run "$ROOT/tests/run" "${@/#/$BATS_TEST_TMPDIR/}"
}

last_line_is() {
    if [ "${lines[-1]}" != "$1" ]; then
        printf 'last line is not "%s":\n%s\n' "$1" "$output"
        return 1
    fi
}

all_pass() {
    program good <<'TEXT'
echo '[==========] Running 3 test(s).'
echo '[==========] 3 test(s) run.'
echo '[  PASSED  ] 3 test(s).'
TEXT
}

@test "passing tests are counted and the exit status is 0" {
    all_pass
    runs good
    [ "$status" -eq 0 ]
    last_line_is '3 passed, 0 failed'
}

@test "failing tests are counted and their output is shown" {
    program bad <<'TEXT'
echo 'something is amiss'
echo '[==========] Running 3 test(s).'
echo '[==========] 3 test(s) run.'
echo '[  PASSED  ] 1 test(s).'
echo '[  FAILED  ] 2 test(s), listed below:'
echo '[  FAILED  ] first'
exit 2
TEXT
    all_pass
    runs bad good
    [ "$status" -ne 0 ]
    says 'something is amiss'
    last_line_is '4 passed, 2 failed'
}

@test "the groups of one program add up" {
    program groups <<'TEXT'
echo '[==========] Running 3 test(s).'
echo '[  PASSED  ] 3 test(s).'
echo '[==========] Running 2 test(s).'
echo '[  PASSED  ] 2 test(s).'
TEXT
    runs groups
    [ "$status" -eq 0 ]
    last_line_is '5 passed, 0 failed'
}

@test "a program that dies before it prints is a failure" {
    program crash <<'TEXT'
kill -SEGV $$
TEXT
    all_pass
    runs crash good
    [ "$status" -ne 0 ]
    last_line_is '3 passed, 1 failed'
}

@test "a program that ends in the middle with status 0 is a failure" {
    program early <<'TEXT'
echo '[==========] Running 3 test(s).'
echo '[       OK ] first'
exit 0
TEXT
    runs early
    [ "$status" -ne 0 ]
    says 'ended early'
    last_line_is '0 passed, 1 failed'
}

@test "a program that tests nothing is a failure" {
    program nothing <<'TEXT'
exit 0
TEXT
    runs nothing
    [ "$status" -ne 0 ]
    last_line_is '0 passed, 1 failed'
}

@test "a program whose tests pass but which exits with an error is a failure" {
    program leaks <<'TEXT'
echo '[==========] Running 1 test(s).'
echo '[  PASSED  ] 1 test(s).'
exit 23
TEXT
    runs leaks
    [ "$status" -ne 0 ]
    last_line_is '1 passed, 1 failed'
}

@test "a program that was not built is a failure" {
    runs absent
    [ "$status" -ne 0 ]
    says 'was it built?'
    last_line_is '0 passed, 1 failed'
}

@test "a program that hangs is stopped and counted" {
    program hang <<'TEXT'
exec sleep 60
TEXT
    all_pass
    TIME_LIMIT=0.3 runs hang good
    [ "$status" -ne 0 ]
    last_line_is '3 passed, 1 failed'
}

@test "tests in bats are counted" {
    # Not in a here-document: bats would take the lines for tests of this file.
    printf '@%s\n' 'test "right" { true; }' 'test "wrong" { false; }' \
        'test "left out" { skip "for the example"; }' >"$BATS_TEST_TMPDIR/mixed.bats"
    runs mixed.bats
    [ "$status" -ne 0 ]
    says '1 skipped'
    last_line_is '1 passed, 1 failed'
}

@test "a bats file with a syntax error is a failure" {
    printf '@%s\n' 'test "never ends" {' >"$BATS_TEST_TMPDIR/broken.bats"
    runs broken.bats
    [ "$status" -ne 0 ]
    [[ ${lines[-1]} == '0 passed, '[1-9]*' failed' ]]
}

@test "it reads nothing from standard input" {
    program reads <<'TEXT'
read -r line && exit 1
echo '[==========] Running 1 test(s).'
echo '[  PASSED  ] 1 test(s).'
TEXT
    echo text | "$ROOT/tests/run" "$BATS_TEST_TMPDIR/reads"
}
