#!/bin/sh
# Builds the C library and the command, and lays out what an installation holds:
#     stage.sh [--profile NAME] [--command FILE] [--portable PYTHON] DIR
# With --command, the command is FILE, as it was built for tests.
# The tree works wherever it is put: its pkg-config and CMake files find the rest by their own place. A portable one runs with
# glibc from 2.17 on, linked by the zig of that Python; any other with the glibc of this machine and later ones.
set -eu

fail() { echo "stage: $*" >&2; exit 1; }

profile=release
[ "${1-}" = --profile ] && { profile=$2; shift 2; }
command=
[ "${1-}" = --command ] && { command=$2; shift 2; }
zig=
[ "${1-}" = --portable ] && { zig=$2; shift 2; }
[ $# -eq 1 ] || { echo "usage: stage.sh [--profile NAME] [--command FILE] [--portable PYTHON] DIR" >&2; exit 2; }
stage=$1

root=$(cd "$(dirname "$0")/.." && pwd)
for tool in cargo objcopy readelf strip; do
    command -v $tool >/dev/null || fail "$tool is missing"
done

# The crate's rlib, which only its tests need, would keep cargo from optimising across crates: the two that ship are named.
messages=$(mktemp)
trap 'rm -f "$messages"' EXIT
. "$root/packaging/build.sh"
build_for "$profile" "$zig"
(cd "$root" && CARGO_TERM_COLOR=never cargo rustc --package cloudauth-ffi --lib --profile "$profile" $target \
    --crate-type cdylib,staticlib -- $link --print native-static-libs) 2>"$messages" || { cat "$messages" >&2; exit 1; }
native=$(sed -n 's/^note: native-static-libs: //p' "$messages" | tail -1)
[ -n "$native" ] || { cat "$messages" >&2; fail "the compiler did not say what a static program must link"; }
[ -n "$command" ] || (cd "$root" && cargo rustc --quiet --package cloudauth-cli --bin cloudauth --profile "$profile" $target -- $link)

# The unwinder is linked in: a machine that runs programs need not have a compiler's library.
native=$(echo "$native" | sed 's/-lgcc_s/-lgcc_eh/')
built=$(built_in "$profile")
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
soname=$(readelf -d "$built/libcloudauth.so" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
abi=$(sed -n 's/^#define CLOUDAUTH_ABI_VERSION //p' "$root/include/cloudauth.h")
[ "$soname" = "libcloudauth.so.$abi" ] || fail "the library calls itself '$soname', and its header says ABI $abi"

[ ! -e "$stage" ] || [ -e "$stage/lib/libcloudauth.so" ] || [ -z "$(ls -A "$stage")" ] || fail "$stage holds other things"
rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/include" "$stage/lib/.debug" "$stage/lib/pkgconfig" "$stage/lib/cmake/cloudauth" \
    "$stage/share/cloudauth" "$stage/share/doc/cloudauth" "$stage/share/man/man1"
cp "$root"/cli/man/*.1 "$stage/share/man/man1"
strip -o "$stage/bin/cloudauth" "${command:-$built/cloudauth}"
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
    [ -z "$command" ] || [ "$file" != "$stage/bin/cloudauth" ] || continue
    ! readelf -d "$file" | grep -q 'NEEDED.*libgcc_s' || fail "$file needs libgcc_s"
    [ -n "$zig" ] || continue
    newest=$(readelf -V "$file" | grep -o 'GLIBC_2\.[0-9]*' | sort -t. -k2 -n | tail -1)
    [ "${newest#GLIBC_2.}" -le 17 ] || fail "$file needs $newest"
done
names_no_builder "$profile" "$stage/bin/cloudauth" "$stage/lib/libcloudauth.so" "$stage/lib/libcloudauth.a" "$symbols"
chmod -R u=rwX,go=rX "$stage"
chmod 755 "$stage/lib/libcloudauth.so.$version"
