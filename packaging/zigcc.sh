#!/bin/sh
# A C compiler and linker for Linux with glibc 2.17: zig, found as a module of the Python in $ZIG_PYTHON.
#
# zig links its own unwinder in. A Python interpreter that ends makes threads unwind through our frames, with the system's
# unwinder, and two of them do not go together: unless $ZIG_UNWINDER is "own", the system's is linked instead.
set -eu

count=$#
while [ "$count" -gt 0 ]; do
    argument=$1
    shift
    case $argument in
    -lgcc_s) [ "${ZIG_UNWINDER-}" = own ] || argument=$(cc -print-file-name=libgcc_s.so.1) ;; # built for a newer glibc, of which our program asks nothing
    --target=*) argument= ;;
    esac
    [ -z "$argument" ] || set -- "$@" "$argument"
    count=$((count - 1))
done
exec "$ZIG_PYTHON" -m ziglang cc -target "$(uname -m)-linux-gnu.2.17" -Wl,--allow-shlib-undefined "$@"
