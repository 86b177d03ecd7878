#!/bin/sh
# The C tests under AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer, library included.
set -eu
cd "$(dirname "$0")/../.."
target=$(rustc -vV | sed -n 's/^host: //p')
folder="${CARGO_TARGET_DIR:-target}/asan"
# The sanitizer of Rust is behind a flag that a stable compiler takes only when told that it may. The standard library stays
# as it is; what it frees and reads goes through the same allocator, and is seen.
RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address -Cforce-frame-pointers=yes" CARGO_TARGET_DIR="$folder" \
    cargo build --package cloudauth-ffi --target "$target"
case "$folder" in /*) ;; *) folder="$PWD/$folder" ;; esac
export CLOUDAUTH_TEST_LIBRARY="$folder/$target/debug/libcloudauth.so"
# Without it, only the C side would be watched.
nm "$CLOUDAUTH_TEST_LIBRARY" | grep -q __asan_report_load || { echo "sanitize.sh: the library is not instrumented" >&2; exit 1; }
export CLOUDAUTH_TEST_FLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
export CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY=1
# See fork.c; the busy fork is tested without the sanitizer.
export CLOUDAUTH_TEST_QUIET_FORK=1
export ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
exec cargo test --package cloudauth-ffi --test programs -- --test-threads 2 --nocapture "$@"
