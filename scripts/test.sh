#!/bin/sh
# Everything that has to hold before a change is handed on. All of it runs, whatever fails first.
# `make test` calls it; `make lint` calls it with the word lint: only what can be read from the source, in seconds.
set -u
cd "$(dirname "$0")/.."
scripts/setup.sh tests || exit 1

failed=""
step() {
    title=$1
    shift
    printf '\n── %s\n' "$title"
    "$@" || failed="$failed
  $title"
}
finish() {
    [ -z "$failed" ] && exit 0
    printf '\nThese did not hold:%s\n' "$failed" >&2
    exit 1
}

step "ruff: mistakes and habits" .venv/bin/ruff check .
step "ruff: layout" .venv/bin/ruff format --check .
step "mypy: types" .venv/bin/mypy
step "import-linter: floors" .venv/bin/lint-imports
[ "${1:-}" = lint ] && finish

# A case file is a promise to those who know the agreements: a world, uses, and the verdicts they expect.
step "cases of this repository" .venv/bin/registry cases tests/cases

# Where the case collection lies beside the checkout, it counts too.
shared=../shared/cases
if [ -d "$shared" ]; then
    step "cases beside the checkout" .venv/bin/registry cases "$shared"
fi

# Last, so that its count is the last line.
step "pytest" .venv/bin/pytest -q -n 2
finish
