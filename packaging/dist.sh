#!/bin/sh
# Packs a tree that stage.sh made, the same bytes for the same tree: dist.sh STAGE DIR. Prints the tarball's path.
set -eu

[ $# -eq 2 ] && [ -d "$1/lib/pkgconfig" ] || { echo "usage: dist.sh STAGE DIR" >&2; exit 2; }
version=$(sed -n 's/^Version: //p' "$1/lib/pkgconfig/cloudauth.pc")
name=libcloudauth-$version-$(uname -m)-linux

mkdir -p "$2"
tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" --transform="s|^\.|$name|;" \
    --format=gnu -cf - . | gzip -9n >"$2/$name.tar.gz"
echo "$2/$name.tar.gz"
