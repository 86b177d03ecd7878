#!/bin/sh
# Builds the native library and puts it where the jar takes it from: build-native.sh [--profile NAME] DIR
set -eu

fail() { echo "build-native: $*" >&2; exit 1; }

profile=release
[ "${1-}" = --profile ] && { profile=$2; shift 2; }
[ $# -eq 1 ] || { echo "usage: build-native.sh [--profile NAME] DIR" >&2; exit 2; }
for tool in cargo strip; do
    command -v $tool >/dev/null || fail "$tool is missing"
done
[ "$(uname -s)" = Linux ] || fail "only Linux has been tried"

root=$(cd "$(dirname "$0")/.." && pwd)
(cd "$root" && cargo build --quiet --package cloudauth-jni --profile "$profile")
[ "$profile" = dev ] && profile=debug
# As NativeLibrary.java names it.
folder=$1/linux-$(uname -m)
mkdir -p "$folder"
strip --strip-unneeded -o "$folder/libcloudauth_jni.so" "${CARGO_TARGET_DIR:-$root/target}/$profile/libcloudauth_jni.so"
