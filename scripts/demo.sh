#!/bin/sh
# The main job, end to end, on the example world: a refusal, the rider that cures it, signatures, a day that is cleared.
# `make demo` calls it. Everything is made anew in demo/, which may be deleted at any time.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh

PATH="$(pwd)/.venv/bin:$PATH"
examples=../examples
rm -rf demo
mkdir demo
cd demo
unset REGISTRY_HOME REGISTRY_DATABASE REGISTRY_CACHE REGISTRY_KEYS REGISTRY_COMPANY REGISTRY_BY
# A demo's keys may be known to everybody. Those of a company are typed in, or lie in a file of its owner's alone.
(umask 077 && echo "known to everybody" >passphrase)
export PATH

tell() { printf '\n'; printf '%s\n' "$*" | fold -s -w 78 | sed 's/ *$//; s/^/  /'; }

# Shows a command and runs it. The first word is the exit status that belongs to the story; any other one ends it.
run() {
    expected=$1
    shift
    printf '\n$'
    for word; do
        case $word in *" "*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    status=0
    "$@" 2>&1 || status=$?
    [ "$status" = "$expected" ] || {
        tell "This should have ended with exit status $expected and ended with $status: the demo stops here."
        exit 1
    }
}

tell "HARBOR LIGHT is a feature film made for a streaming platform under a union agreement. Ada Okafor plays Mara." \
    "In September she was scanned, and agreed to a digital replica of herself for a stunt in scenes 41 and 42." \
    "We follow one question through the registry. Each line that begins with \$ can be typed."

tell "1. A registry is a folder. It keeps people, pictures, consents, and what happened, in a ledger that only grows." \
    "The keys are the company's seal and its own time stamp."
run 0 registry init --by "T. Albright" --company "Harbor Light Productions LLC"
run 0 registry keys init --passphrase-file passphrase
run 0 registry import $examples/world.yaml

tell "2. The stunt. May the replica fall from the ferry roof in scene 41? That is what she agreed to. The first line" \
    "answers: it may go ahead, and what follows from it is listed with the clause that asks for it."
run 0 registry check --file $examples/uses/stunt.yaml

tell "3. A new idea. In scene 60 Mara dances with her younger self. The same replica, the same film, another scene:" \
    "production files the use and asks before anything is rendered."
run 0 registry use add $examples/uses/duet.yaml
run 1 registry check u-60-duet

tell "The answer is no, and it says what is missing: her consent covers scenes 41 and 42 and not scene 60. (Exit" \
    "status 1, so that a script stops too.)"
sleep 1 # so that a moment in whole seconds lies after the recording
before=$(date -u +%Y-%m-%dT%H:%M:%SZ)

tell "4. The cure. The registry drafts the smallest rider that would turn the answer, and has tried it: with it signed" \
    "the check passes, with any one value left out it fails."
run 0 registry cure u-60-duet
run 0 registry cure u-60-duet --rider

tell "5. Signing. The company seals the page, so that nobody signs something that can still change. Ada Okafor" \
    "initials the clause and signs; then the company signs; a time stamp closes the document."
run 0 registry sign rider-u-60-duet.pdf --seal --passphrase-file passphrase
run 0 registry sign rider-u-60-duet.pdf --field performer --name "Adaeze Okafor" --initials AO --passphrase-file passphrase
run 0 registry sign rider-u-60-duet.pdf --field company --name "T. Albright" --passphrase-file passphrase
run 0 registry sign rider-u-60-duet.pdf --close --passphrase-file passphrase

tell "6. Proof. Anybody who holds the file can check it, offline: whether it is unchanged, who sealed and signed it," \
    "and what they agreed to."
run 0 registry verify rider-u-60-duet.pdf

tell "The same with one byte changed:"
python3 - <<'END'
from pathlib import Path

pdf = bytearray(Path("rider-u-60-duet.pdf").read_bytes())
pdf[len(pdf) // 3] ^= 1
Path("tampered.pdf").write_bytes(pdf)
END
run 4 registry verify tampered.pdf

tell "7. The signed PDF goes into the registry: its terms are inside it, nobody types them again."
run 0 registry import rider-u-60-duet.pdf

tell "8. The same question once more."
run 0 registry check u-60-duet

tell "Scene 60 may be made. What has to be paid, marked and kept afterwards stands in the note, each with its clause." \
    "Nothing was overwritten: asked what was known before the rider came, the registry still says no."
run 1 registry check u-60-duet --known-at "$before"

tell "9. The evening before. The production office has a cast list, a schedule, a call sheet and a list of planned uses:" \
    "they are read as they are, and the whole day is asked for at once. The report is a page to sign."
for sheet in cast-list schedule call-sheet use-requests; do
    run 0 registry import $examples/sheets/$sheet.csv --production harbor
done
run 1 registry clear harbor --day 2026-12-07 --pdf clearance.pdf --ics deadlines.ics

tell "All of it is in the folder demo/: clearance.pdf answers for the day; deadlines.ics is its calendar;" \
    "rider-u-60-duet.pdf is the signed rider, to be opened and looked at;" \
    "rider-u-60-duet.yaml has its terms as data; registry.db is the registry. Next: First steps in README.md."
