#!/bin/sh
# Writes requirements.txt and requirements-dev.txt anew from pyproject.toml, every file of every release with its hash.
# `make lock` calls it; `make lock UPGRADE=1` also moves to the newest releases that pyproject.toml allows.
# The libraries call for the same others on Linux and macOS, Python 3.11 to 3.13: one file serves them all.
set -eu
cd "$(dirname "$0")/.."

# Neither the configuration of this machine nor its addresses may find their way into a file that others install from.
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock"

compile() {
    .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe ${UPGRADE:+--upgrade} \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file "$@" pyproject.toml
}
compile requirements.txt
compile requirements-dev.txt --extra dev --constraint requirements.txt

for file in requirements.txt requirements-dev.txt; do
    if grep -nE '://|^ *-(-index-url|-extra-index-url|-find-links|-trusted-host|e|f|i)( |=)' "$file"; then
        echo "$file names an address: remove it." >&2
        exit 1
    fi
done
