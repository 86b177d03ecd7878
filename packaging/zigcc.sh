#!/bin/sh
# A C compiler and linker for Linux with glibc 2.17: zig, found as a module of the Python in $ZIG_PYTHON.
#
# zig would link its own unwinder in. An interpreter that ends makes threads unwind through our frames, with the system's
# unwinder, and two of them do not go together: the system's is linked instead.
set -eu

count=$#
while [ "$count" -gt 0 ]; do
    argument=$1
    shift
    case $argument in
    -lgcc_s) argument=$(cc -print-file-name=libgcc_s.so.1) ;; # built for a newer glibc, of which our program asks nothing
    --target=*) argument= ;;
    esac
    [ -z "$argument" ] || set -- "$@" "$argument"
    count=$((count - 1))
done
exec "$ZIG_PYTHON" -m ziglang cc -target "$(uname -m)-linux-gnu.2.17" -Wl,--allow-shlib-undefined "$@"
