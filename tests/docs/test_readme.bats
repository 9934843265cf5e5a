#!/usr/bin/env bats
# README.md and docs/*.md: what they show is what happens. Blocks marked sh are run, python is run,
# YAML is planned, C and diff are built in; text that follows is compared, numbers aside.

load ../lib

setup() {
    mkdir "$BATS_TEST_TMPDIR/bin"
    ln -s "$MODSWEEP" "$BATS_TEST_TMPDIR/bin/modsweep"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    folder_for README
}

# folder_for NAME: goes to a new folder in which commands are run.
folder_for() {
    mkdir -p "$BATS_TEST_TMPDIR/$1/blocks"
    cd "$BATS_TEST_TMPDIR/$1" || return
    ln -s "$ROOT/sweeps" "$ROOT/jobs" .
}

# shape: the text without its numbers and spaces, nor the units of times, all of which differ from
# machine to machine.
shape() {
    sed -E 's/[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?/#/g; s/#( (s|min|h|days?)( # (s|min|h))?)\>/#/g; s/[[:space:]]+//g'
}

# as_shown BLOCK OUTPUT: fails unless the output has the shape of what the document shows.
as_shown() {
    local expected=${1%.*}.expected
    if [ -e "$expected" ] && [ "$(shape <"$expected")" != "$(shape <"$2")" ]; then
        printf 'the document shows:\n%s\nbut this came out:\n%s\n' "$(cat "$expected")" "$(cat "$2")"
        return 1
    fi
}

# name_of BLOCK: the file that a sweep is to be saved as.
name_of() {
    printf '%s.yaml\n' "$(sed -nE 's/^name: *([a-z_]+).*/\1/p' "$1")"
}

# follow DOCUMENT: does what it says, from the first block to the last.
follow() {
    "$PYTHON" "$BATS_TEST_DIRNAME/blocks.py" "$1" blocks
    for block in blocks/*; do
        printf '%s\n' "--- $block of $1"
        case $block in
        *.sh) bash -euo pipefail "$block" >out </dev/null ;;
        *.python) "$PYTHON" "$block" >out ;;
        *.yaml)
            cp "$block" "$(name_of "$block")"
            modsweep plan "$(name_of "$block")" >out
            ;;
        *) continue ;;
        esac
        as_shown "$block" out
    done
}

@test "README.md does what it says" {
    follow "$ROOT/README.md"
}

@test "docs/*.md do what they say" {
    for document in "$ROOT"/docs/*.md; do
        folder_for "$(basename "$document" .md)"
        follow "$document"
    done
}

@test "the worked example is one file and one line" {
    local line after
    "$PYTHON" "$BATS_TEST_DIRNAME/blocks.py" "$ROOT/README.md" blocks
    cp -r "$ROOT/src" "$ROOT/include" "$ROOT/Makefile" .
    mkdir build
    for entry in "$(dirname "$MODSWEEP")"/*; do
        case $entry in
        */asan | */clang | */tests) ;; # builds of other kinds
        *) cp -r "$entry" build ;;
        esac
    done
    find src include build -exec touch -r "$ROOT/Makefile" {} + # nothing is out of date

    cp blocks/*.c src/data/ring.c
    after=$(sed -nE 's/^ +(DO\([a-z]+\)).*/\1/p' blocks/*.diff)
    line=$(sed -n 's/^+//p' blocks/*.diff)
    awk -v after="$after" -v line="${line//\\/\\\\}" \
        '{ print } index($0, after) { print line }' "$ROOT/src/data/distributions.c" \
        >src/data/distributions.c
    make -j2 BUILD=build build/modsweep

    local sweep
    sweep=$(name_of blocks/*.example)
    cp blocks/*.example "$sweep"
    exits 0 build/modsweep list distributions ring
    says 'data.thickness'
    exits 0 build/modsweep run "$sweep" -o ring.h5
    exits 0 build/modsweep table ring.h5
    says 'data.thickness'
    says '24 of 24 jobs done'
    exits 2 build/modsweep plan "$sweep" --set data.thickness=2
    says 'out of range'
}

@test "the worked example is laid out like the rest of the code" {
    command -v clang-format >/dev/null || skip 'no clang-format'
    "$PYTHON" "$BATS_TEST_DIRNAME/blocks.py" "$ROOT/README.md" blocks
    clang-format --style=file:"$ROOT/.clang-format" --dry-run -Werror blocks/*.c
}

@test "links lead to files, and make knows the targets that are named" {
    cd "$ROOT" || return
    for document in *.md docs/*.md; do
        while IFS= read -r link; do
            [ -e "$(dirname "$document")/$link" ] || { echo "$document: no $link"; return 1; }
        done < <(grep -oE '\]\([^)#:]+[)#]' "$document" | sed -E 's/^\]\(//; s/[)#]$//')
        while IFS= read -r target; do
            grep -qE "^$target:" Makefile || { echo "$document: no target $target"; return 1; }
        done < <(grep -ohE '`make [a-z-]+' "$document" | sed 's/.* //')
    done
}
