#!/usr/bin/env bash
# Makes a virtual environment with a Python that is new enough, or says how to get one.
set -euo pipefail

target=${1:?usage: make_environment.sh DIRECTORY}
enough='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -x "$target/bin/python" ] && "$target/bin/python" -c "$enough"; then
    exit 0
fi
for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$python" >/dev/null && "$python" -c "$enough" 2>/dev/null; then
        "$python" -m venv --clear "$target" && exit 0
        echo "On Debian the module venv is a package of its own: apt-get install python3-venv" >&2
        exit 1
    fi
done
cat >&2 <<'END'
Khéo needs Python 3.11 or newer, and none was found.
On Debian 12 and later: apt-get install python3 python3-venv
If it is installed elsewhere: make PYTHON=/path/to/python3.11
END
exit 1
