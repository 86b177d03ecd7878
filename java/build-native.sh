#!/bin/sh
# Builds the native library and puts it where the jar takes it from: build-native.sh [--profile NAME] [--portable PYTHON] DIR
# A portable one runs with glibc from 2.17 on, linked by the zig of that Python.
set -eu

fail() { echo "build-native: $*" >&2; exit 1; }

profile=release
[ "${1-}" = --profile ] && { profile=$2; shift 2; }
zig=
[ "${1-}" = --portable ] && { zig=$2; shift 2; }
[ $# -eq 1 ] || { echo "usage: build-native.sh [--profile NAME] [--portable PYTHON] DIR" >&2; exit 2; }
for tool in cargo strip; do
    command -v $tool >/dev/null || fail "$tool is missing"
done
[ "$(uname -s)" = Linux ] || fail "only Linux has been tried"

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/build.sh"
build_for "$profile" "$zig"
(cd "$root" && cargo rustc --quiet --package cloudauth-jni --lib --profile "$profile" $target -- $link)
# As NativeLibrary.java names it.
folder=$1/linux-$(uname -m)
mkdir -p "$folder"
strip --strip-unneeded -o "$folder/libcloudauth_jni.so" "$(built_in "$profile")/libcloudauth_jni.so"
names_no_builder "$profile" "$folder/libcloudauth_jni.so"
