#!/bin/sh
# Tests a wheel as it is handed out: test-wheel.sh DIR WORK [PYTHON ...]
# Each interpreter named gets an environment under WORK with the wheel for glibc in DIR, and runs the package's tests there,
# away from the sources.
set -eu

[ $# -ge 3 ] || { echo "usage: test-wheel.sh DIR WORK PYTHON ..." >&2; exit 2; }
wheel=$(ls "$1"/cloudauth-*manylinux*.whl)
rm -rf "$2"
mkdir -p "$2/project/python"
work=$(cd "$2" && pwd)
shift 2
root=$(cd "$(dirname "$0")/.." && pwd)

cp -R "$root/python/tests" "$root/python/pyproject.toml" "$work/project/python"
ln -s "$root/docs" "$root/examples" "$root/tests" "$work/project"
for python in "$@"; do
    environment=$work/$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -m venv "$environment"
    grep -E '^(opentelemetry-sdk|pyarrow|pytest|tqdm|uvloop)==' "$root/python/requirements-dev.txt" >"$work/requirements.txt"
    "$environment/bin/pip" install --quiet "$wheel" --requirement "$work/requirements.txt"
    (cd "$work/project/python" && "$environment/bin/pytest" -q tests)
done
