#!/bin/sh
# The C tests with the library under a sanitizer: sanitize.sh [address|thread] [ARGUMENTS OF THE TESTS]
#
# "address" is AddressSanitizer with UndefinedBehaviorSanitizer and LeakSanitizer, over all programs; "thread" is
# ThreadSanitizer, which needs the sources of the standard library (rustup component add rust-src) and clang, over those
# programs that are about threads.
set -eu
cd "$(dirname "$0")/../.."
fail() { echo "sanitize.sh: $*" >&2; exit 1; }
which=${1:-address}
[ $# -eq 0 ] || shift
target=$(rustc -vV | sed -n 's/^host: //p')
folder="${CARGO_TARGET_DIR:-target}/$which-sanitizer"
case "$folder" in /*) ;; *) folder="$PWD/$folder" ;; esac
more=
case $which in
address)
    # The standard library stays as it is; what it frees and reads goes through the same allocator, and is seen.
    export CLOUDAUTH_TEST_FLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
    export ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
    symbol=__asan_report_load
    ;;
thread)
    # It sees locks and atomics of the standard library only where that is built with it.
    [ -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ] || fail "rust-src is missing: rustup component add rust-src"
    command -v clang >/dev/null || fail "clang is missing"
    more=-Zbuild-std
    # Rust's own runtime: a system's clang may be older than what the library was instrumented for. The same clang compiles
    # and links the programs, which call their compilers cc and c++.
    runtime=$(ls "$(rustc --print sysroot)/lib/rustlib/$target"/lib/librustc*_rt.tsan.a)
    programs=$folder/programs
    mkdir -p "$programs"
    ln -sf "$(command -v clang)" "$programs/cc"
    ln -sf "$(command -v clang++)" "$programs/c++"
    export CLOUDAUTH_TEST_FLAGS="-fsanitize=thread -fno-sanitize-link-runtime -fno-omit-frame-pointer -Wl,--whole-archive $runtime -Wl,--no-whole-archive -rdynamic -lm -ldl -lrt"
    export TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1:die_after_fork=0"
    # It needs the addresses that it expects.
    export CLOUDAUTH_TEST_RUNNER="setarch -R"
    export CLOUDAUTH_TEST_SLOWER=10
    symbol=__tsan_func_entry
    [ $# -gt 0 ] || set -- lifecycle async_calls log credentials
    ;;
*) fail "address or thread, not $which" ;;
esac
# A tenth of the rounds is enough to see every path.
export CLOUDAUTH_TEST_DIVISOR="${CLOUDAUTH_TEST_DIVISOR:-10}"
# The sanitizers of Rust are behind a flag that a stable compiler takes only when told that it may.
RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=$which -Cforce-frame-pointers=yes" CARGO_TARGET_DIR="$folder" \
    cargo build --package cloudauth-ffi --target "$target" $more
export CLOUDAUTH_TEST_LIBRARY="$folder/$target/debug/libcloudauth.so"
# Without it, only the C side would be watched.
nm "$CLOUDAUTH_TEST_LIBRARY" | grep -q $symbol || fail "the library is not instrumented"
export CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY=1
# See child.h; the busy fork is tested without the sanitizer.
export CLOUDAUTH_TEST_QUIET_FORK=1
[ -z "${programs-}" ] || PATH=$programs:$PATH
# Packages and features as in the Makefile, so that nothing is compiled anew.
exec cargo test --workspace --features cloudauth-cli/opentelemetry --exclude cloudauth-bench --test programs -- --test-threads 2 --nocapture "$@"
