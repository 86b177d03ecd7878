#!/bin/sh
# The system's C compiler as a linker, with the unwinder linked in: what is built needs no libgcc_s.so.1.
set -eu

count=$#
while [ "$count" -gt 0 ]; do
    argument=$1
    shift
    [ "$argument" != -lgcc_s ] || argument=-lgcc_eh
    set -- "$@" "$argument"
    count=$((count - 1))
done
exec cc "$@"
