#!/bin/sh
# Makes the environment in .venv from the hash-locked set, and installs the native libraries that are missing where it
# can; with the word `tests`, also the programs that the tests look at pages and keys with. Asks nothing; run again, it
# looks and does nothing. `make setup` calls it, as the demo and the tests do first.
set -eu
for_tests=${1:-}
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$@" >&2; }
stop() { say "$@"; exit 1; }

can_install() { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; }

# A list of packages that is out of date is no reason to stop: the installation itself decides.
debian_install() {
    say "Installing $* …"
    apt-get update -qq >/dev/null 2>&1 || true
    said=$(apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" 2>&1 </dev/null) || {
        say "$said"
        return 1
    }
}

# The interpreter itself, also where an environment is active: that may be the very one that is made anew.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        "$candidate" - 2>/dev/null <<'END' && return
import sys

if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(1)
print(sys._base_executable)
END
    done
}

# Debian keeps `ensurepip` in a package of its own. Without it the pip of the system can fill the environment as well.
make_environment() {
    if ! "$python" -c 'import ensurepip' 2>/dev/null && ! "$python" -m pip --version >/dev/null 2>&1; then
        can_install || stop "Python has neither pip nor ensurepip." "apt-get install python3-venv    as root, then again."
        debian_install python3-venv
    fi
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear .venv
    else
        "$python" -m venv --clear --without-pip .venv
    fi
}

into_environment() {
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m pip install -qq "$@"
    else
        "$python" -m pip --python .venv/bin/python install -qq "$@"
    fi
}

# The Debian package of every library that cannot be loaded, and of every program that is missing: a browser, a token
# for keys and fonts of other scripts for the tests, tools to read PDFs.
missing_packages() {
    .venv/bin/python - "$for_tests" <<'END'
import ctypes
import shutil
import sys
from pathlib import Path

LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
for package, library in LIBRARIES.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PROGRAMS = {"poppler-utils": "pdftotext", "qpdf": "qpdf", "openssl": "openssl"}
if sys.argv[1] == "tests":
    PROGRAMS |= {"chromium": "chromium", "softhsm2": "softhsm2-util"}
    if not Path("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf").is_file():
        print("fonts-noto-core")
for package, program in PROGRAMS.items():
    if shutil.which(program) is None:
        print(package)
END
}

install_libraries() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    if can_install; then
        # shellcheck disable=SC2086  # one word per package
        debian_install $packages || true
        packages=$(missing_packages)
    fi
    case "$packages" in
        "") ;;
        *lib*) stop "Documents cannot be made: not found here are" $packages \
            "apt-get install $(echo $packages)    as root, or your system's packages of the same libraries, then again." ;;
        *) say "The tests also need $(echo $packages): install them before make test." ;;
    esac
}

check_libraries_elsewhere() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || stop \
        "Documents cannot be made: Pango was not found." \
        "brew install pango qpdf poppler openssl    then again." \
        "Where Homebrew's folder is not searched: export DYLD_FALLBACK_LIBRARY_PATH=\$(brew --prefix)/lib"
}

python=$(find_python || true)
if [ -z "$python" ]; then
    can_install || stop "No Python 3.11, 3.12 or 3.13 was found." "Install one, or name it: make setup PYTHON=/path/to/python3.11"
    debian_install python3 python3-venv
    python=$(find_python || true)
    [ -n "$python" ] || stop "No Python 3.11, 3.12 or 3.13 was found, and this system does not offer one."
fi

# What the environment was made from, and where. One that is not finished, or came from elsewhere, is made anew.
stamp=.venv/.made-from
wanted=$(pwd; cat requirements-dev.txt pyproject.toml | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    say "Making the environment in .venv: a minute or two the first time …"
    [ "$(head -n 1 "$stamp" 2>/dev/null)" = "$(pwd)" ] && .venv/bin/python -c '' 2>/dev/null || make_environment
    rm -f "$stamp"
    into_environment --require-hashes -r requirements-dev.txt
    into_environment --no-deps --no-build-isolation --editable .
    printf '%s\n' "$wanted" >"$stamp"
fi

if [ "$(uname -s)" = Linux ]; then install_libraries; else check_libraries_elsewhere; fi
