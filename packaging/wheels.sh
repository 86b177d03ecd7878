#!/bin/sh
# Builds the Python package to be handed out: wheels.sh PYTHON DIR
# One wheel for glibc from 2.17 on (manylinux2014), one for musl (musllinux_1_2), both linked by zig, which brings the old C
# libraries along; and a source distribution. PYTHON has what requirements-dist.txt lists.
set -eu

[ $# -eq 2 ] && [ -x "$1" ] || { echo "usage: wheels.sh PYTHON DIR" >&2; exit 2; }
python=$1 out=$2
packaging=$(cd "$(dirname "$0")" && pwd)
machine=$(uname -m)
# maturin finds zig beside itself.
PATH=$(dirname "$python"):$PATH
export PATH

if command -v rustup >/dev/null; then
    rustup --quiet target add "$machine-unknown-linux-musl"
fi
root=$(cd "$packaging/.." && pwd)
. "$packaging/build.sh"
RUSTFLAGS=$(without_builder)
export RUSTFLAGS
cd "$root/python"
# Each named by its target, so that what cargo builds for this machine itself is built as ever.
gnu=$machine-unknown-linux-gnu
name=$(echo "$gnu" | tr a-z- A-Z_)
env ZIG_PYTHON="$python" "CC_$gnu=$packaging/zigcc.sh" "CARGO_TARGET_${name}_LINKER=$packaging/zigcc.sh" \
    "$python" -m maturin build --quiet --release --compatibility manylinux2014 --target "$gnu" --out "$out"
"$python" -m maturin build --quiet --release --zig --compatibility musllinux_1_2 --target "$machine-unknown-linux-musl" --out "$out"
"$python" -m maturin sdist --out "$out"

large=$(find "$out" -name 'cloudauth-*.whl' -size +5120k)
[ -z "$large" ] || { echo "wheels.sh: larger than 5 MiB:" $large >&2; exit 1; }
