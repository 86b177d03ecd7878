#!/bin/sh
# Copies a tree that stage.sh made to where it is used: install.sh STAGE PREFIX
# With DESTDIR in the environment the files go under it, and still say PREFIX.
set -eu

[ $# -eq 2 ] && [ -d "$1/lib/pkgconfig" ] || { echo "usage: install.sh STAGE PREFIX" >&2; exit 2; }
case $2 in
/*) ;;
*) echo "install: PREFIX must be an absolute path" >&2; exit 2 ;;
esac
prefix=${2%/}
to=${DESTDIR-}$prefix

mkdir -p "$to"
# -P keeps the library's links as links.
cp -RP "$1/." "$to"
sed "s|^prefix=.*|prefix=$prefix|" "$1/lib/pkgconfig/cloudauth.pc" >"$to/lib/pkgconfig/cloudauth.pc"
echo "installed in $to"
