#!/bin/sh
# Copies a tree that stage.sh made to where it is used: install.sh STAGE PREFIX [LIBDIR]
# LIBDIR counts from PREFIX: lib, or lib/x86_64-linux-gnu. With DESTDIR in the environment the files go under it, and still say
# PREFIX. What was installed stands in share/cloudauth/installed, which uninstall.sh reads.
set -eu

[ $# -ge 2 ] && [ $# -le 3 ] && [ -d "$1/lib/pkgconfig" ] || { echo "usage: install.sh STAGE PREFIX [LIBDIR]" >&2; exit 2; }
case $2 in
/*) ;;
*) echo "install: PREFIX must be an absolute path" >&2; exit 2 ;;
esac
stage=$1 prefix=${2%/} libdir=${3-lib}
case $libdir in
/* | */ | '' | . | *./* | *..) echo "install: LIBDIR must be a folder below PREFIX, such as lib64" >&2; exit 2 ;;
esac
to=${DESTDIR-}$prefix

mkdir -p "$to/$libdir"
# -P keeps the library's links as links.
for folder in "$stage"/*; do
    [ "$folder" = "$stage/lib" ] || cp -RP "$folder" "$to"
done
cp -RP "$stage/lib/." "$to/$libdir"
up=$(echo "$libdir" | sed 's|[^/][^/]*|..|g')
sed -e "s|^prefix=.*|prefix=$prefix|" -e "s|^libdir=.*|libdir=\${prefix}/$libdir|" \
    "$stage/lib/pkgconfig/cloudauth.pc" >"$to/$libdir/pkgconfig/cloudauth.pc"
config=cmake/cloudauth/cloudauthConfig.cmake
sed "s|{_cloudauth_libdir}/\.\.|{_cloudauth_libdir}/$up|" "$stage/lib/$config" >"$to/$libdir/$config"
list=share/cloudauth/installed
(cd "$stage" && find . ! -type d && echo "./$list") | sed -e 's|^\./||' -e "s|^lib/|$libdir/|" >"$to/$list"
echo "installed in $to"
