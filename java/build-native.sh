#!/bin/sh
# Builds the native library and puts it where the jar takes it from: build-native.sh [--built FOLDER] [--portable PYTHON] DIR
# With --built, it is the one in FOLDER, as it was built for tests. A portable one runs with glibc from 2.17 on, linked by the
# zig of that Python.
set -eu

fail() { echo "build-native: $*" >&2; exit 1; }

built=
[ "${1-}" = --built ] && { built=$2; shift 2; }
zig=
[ "${1-}" = --portable ] && { zig=$2; shift 2; }
[ $# -eq 1 ] || { echo "usage: build-native.sh [--built FOLDER] [--portable PYTHON] DIR" >&2; exit 2; }
for tool in cargo strip; do
    command -v $tool >/dev/null || fail "$tool is missing"
done
[ "$(uname -s)" = Linux ] || fail "only Linux has been tried"

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/build.sh"
given=$built
if [ -z "$given" ]; then
    build_for_release "$zig"
    (cd "$root" && cargo rustc --quiet --package cloudauth-jni --lib --release $target -- $link)
    built=$(built_for_release)
fi
# As NativeLibrary.java names it.
folder=$1/linux-$(uname -m)
mkdir -p "$folder"
strip --strip-unneeded -o "$folder/libcloudauth_jni.so" "$built/libcloudauth_jni.so"
[ -n "$given" ] || names_no_builder "$folder/libcloudauth_jni.so"
