#!/bin/sh
# Builds the C library and the command, and lays out what an installation holds:
#     stage.sh [--built FOLDER] [--portable PYTHON] DIR
# With --built, they are those in FOLDER, as they were built for tests: nothing is compiled, and they need libgcc_s.
# CLOUDAUTH_FEATURES names features of the crate cloudauth-ffi to build in, such as quota-redis.
# The tree works wherever it is put: its pkg-config and CMake files find the rest by their own place. A portable one runs with
# glibc from 2.17 on, linked by the zig of that Python; any other with the glibc of this machine and later ones.
set -eu

fail() { echo "stage: $*" >&2; exit 1; }

built=
[ "${1-}" = --built ] && { built=$2; shift 2; }
zig=
[ "${1-}" = --portable ] && { zig=$2; shift 2; }
[ $# -eq 1 ] || { echo "usage: stage.sh [--built FOLDER] [--portable PYTHON] DIR" >&2; exit 2; }
stage=$1

root=$(cd "$(dirname "$0")/.." && pwd)
for tool in cargo objcopy readelf strip; do
    command -v $tool >/dev/null || fail "$tool is missing"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
messages=$work/messages
. "$root/packaging/build.sh"
given=$built
if [ -n "$given" ]; then
    # What the standard library needs is all there is.
    : | rustc --crate-type staticlib --print native-static-libs -o "$work/empty.a" - 2>"$messages" || { cat "$messages" >&2; exit 1; }
else
    build_for_release "$zig"
    # The crate's rlib, which only its tests need, would keep cargo from optimising across crates: the two that ship are named.
    (cd "$root" && CARGO_TERM_COLOR=never cargo rustc --package cloudauth-ffi --features "${CLOUDAUTH_FEATURES-}" --lib --release $target \
        --crate-type cdylib,staticlib -- $link --print native-static-libs) 2>"$messages" || { cat "$messages" >&2; exit 1; }
    (cd "$root" && cargo rustc --quiet --package cloudauth-cli --bin cloudauth --release $target -- $link)
    built=$(built_for_release)
fi
native=$(sed -n 's/^note: native-static-libs: //p' "$messages" | tail -1)
[ -n "$native" ] || { cat "$messages" >&2; fail "the compiler did not say what a static program must link"; }

# The unwinder is linked in: a machine that runs programs need not have a compiler's library.
native=$(echo "$native" | sed 's/-lgcc_s/-lgcc_eh/')
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
soname=$(readelf -d "$built/libcloudauth.so" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
abi=$(sed -n 's/^#define CLOUDAUTH_ABI_VERSION //p' "$root/include/cloudauth.h")
[ "$soname" = "libcloudauth.so.$abi" ] || fail "the library calls itself '$soname', and its header says ABI $abi"

[ ! -e "$stage" ] || [ -e "$stage/lib/libcloudauth.so" ] || [ -z "$(ls -A "$stage")" ] || fail "$stage holds other things"
rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/include" "$stage/lib/.debug" "$stage/lib/pkgconfig" "$stage/lib/cmake/cloudauth" \
    "$stage/share/cloudauth" "$stage/share/doc/cloudauth" "$stage/share/man/man1"
cp "$root"/cli/man/*.1 "$stage/share/man/man1"
strip -o "$stage/bin/cloudauth" "$built/cloudauth"
cp -R "$root/include/." "$stage/include"
cp "$root/LICENSE" "$root/THIRD-PARTY-NOTICES.txt" "$stage/share/doc/cloudauth"
cp "$root/packaging/valgrind.supp" "$stage/share/cloudauth"
strip --strip-unneeded -o "$stage/lib/libcloudauth.so.$version" "$built/libcloudauth.so"
# Where debuggers and profilers look for them.
symbols=$stage/lib/.debug/libcloudauth.so.$version.debug
objcopy --only-keep-debug "$built/libcloudauth.so" "$symbols"
objcopy --add-gnu-debuglink="$symbols" "$stage/lib/libcloudauth.so.$version"
ln -s "libcloudauth.so.$version" "$stage/lib/$soname"
ln -s "$soname" "$stage/lib/libcloudauth.so"
strip --strip-debug -o "$stage/lib/libcloudauth.a" "$built/libcloudauth.a"

# The C library comes by itself; its flag would only stand in the way of a fully static link.
native=$(echo " $native " | sed 's/ -lc / /; s/^ *//; s/ *$//')
fill() {
    sed -e "s|@VERSION@|$version|g" -e "s|@SONAME@|$soname|g" -e "s|@NATIVE@|$native|g" \
        -e "s|@NATIVE_LIST@|$(echo "$native" | tr ' ' ';')|g" "$root/packaging/$1.in" >"$2/$1"
}
fill cloudauth.pc "$stage/lib/pkgconfig"
fill cloudauthConfig.cmake "$stage/lib/cmake/cloudauth"
fill cloudauthConfigVersion.cmake "$stage/lib/cmake/cloudauth"
for file in "$stage/bin/cloudauth" "$stage/lib/libcloudauth.so"; do
    [ -z "$given" ] || break
    ! readelf -d "$file" | grep -q 'NEEDED.*libgcc_s' || fail "$file needs libgcc_s"
    [ -n "$zig" ] || continue
    newest=$(readelf -V "$file" | grep -o 'GLIBC_2\.[0-9]*' | sort -t. -k2 -n | tail -1)
    [ "${newest#GLIBC_2.}" -le 17 ] || fail "$file needs $newest"
done
[ -n "$given" ] || names_no_builder "$stage/bin/cloudauth" "$stage/lib/libcloudauth.so" "$stage/lib/libcloudauth.a" "$symbols"
chmod -R u=rwX,go=rX "$stage"
chmod 755 "$stage/lib/libcloudauth.so.$version"
