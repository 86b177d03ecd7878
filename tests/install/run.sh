#!/bin/sh
# Installs a staged tree in a temporary prefix, builds what a newcomer would build, and runs it against the emulator:
# run.sh STAGE, where STAGE is what packaging/stage.sh made.
set -eu

[ $# -eq 1 ] || { echo "usage: run.sh STAGE" >&2; exit 2; }
stage=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/install
unset DESTDIR LD_LIBRARY_PATH PKG_CONFIG_PATH PKG_CONFIG_LIBDIR CFLAGS CXXFLAGS LDFLAGS
for tool in addr2line gcc g++ clang clang++ cmake curl pkg-config readelf tar valgrind; do
    command -v $tool >/dev/null || { echo "install: $tool is missing (apt-get install gcc g++ clang cmake curl pkg-config valgrind)" >&2; exit 1; }
done
pkg-config --exists cpp-httplib || { echo "install: cpp-httplib is missing (apt-get install libcpp-httplib-dev)" >&2; exit 1; }

work=$(mktemp -d)
emulator=
secured=
trap '[ -z "$emulator" ] || kill "$emulator"; [ -z "$secured" ] || kill "$secured"; rm -rf "$work"' EXIT
passed=0
ok() { passed=$((passed + 1)); }
fail() { echo "install: FAILED: $*" >&2; exit 1; }

prefix=$work/prefix cloudauth=$work/prefix/bin/cloudauth
strict='-Wall -Wextra -Wpedantic -Werror'

# --- what is installed, and where it says it is
DESTDIR=$work/dest "$root/packaging/install.sh" "$stage" /opt/cloudauth >/dev/null
grep -qx 'prefix=/opt/cloudauth' "$work/dest/opt/cloudauth/lib/pkgconfig/cloudauth.pc" || fail "DESTDIR leaks into cloudauth.pc"
"$root/packaging/install.sh" "$stage" relative 2>/dev/null && fail "a relative prefix is taken"
"$root/packaging/install.sh" "$stage" "$prefix" >/dev/null
ok
soname=$(readelf -d "$prefix/lib/libcloudauth.so" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
readelf -d "$prefix/lib/libcloudauth.so" | grep -q NODELETE || fail "dlclose could unload the library"
[ -L "$prefix/lib/$soname" ] && [ -L "$prefix/lib/libcloudauth.so" ] || fail "the library's links are not links"
ok
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
[ "$(pkg-config --variable=prefix cloudauth)" = "$prefix" ] || fail "cloudauth.pc names another prefix"
version=$(pkg-config --modversion cloudauth)
ok
# Finding H12: the command and a page of the manual for each of its own.
[ "$("$cloudauth" --version)" = "cloudauth $version" ] || fail "the command says it is $("$cloudauth" --version)"
for name in '' $("$cloudauth" help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/-\1/p' | grep -vx -e -help); do
    [ -s "$prefix/share/man/man1/cloudauth$name.1" ] || fail "no page for cloudauth$name"
done
ok
grep -q '^ring [0-9.]*: Apache-2.0 AND ISC' "$prefix/share/doc/cloudauth/THIRD-PARTY-NOTICES.txt" || fail "no notice of ring"
# Finding H11: the description for other languages lies beside the header.
cmp -s "$root/include/cloudauth.json" "$prefix/include/cloudauth.json" || fail "no description beside the header"
# Finding H12: an address of the library leads to a line, by what is installed beside it.
address=$(readelf --dyn-syms --wide "$prefix/lib/libcloudauth.so" | sed -n 's/.*: \([0-9a-f]*\) .* cloudauth_version$/\1/p')
case $(addr2line -e "$prefix/lib/libcloudauth.so" "$address") in
*runtime.rs:[1-9]*) ok ;;
*) fail "no line for cloudauth_version at $address" ;;
esac
# Finding H12: a folder for libraries that the system chose; the files find each other, by CMake after a move as well.
"$root/packaging/install.sh" "$stage" "$work/multi" lib/x86_64-linux-gnu >/dev/null
[ ! -e "$work/multi/lib/libcloudauth.so" ] || fail "LIBDIR is not the only place of the library"
cc "$root/examples/c/check.c" -o "$work/multi/check" \
    $(PKG_CONFIG_PATH=$work/multi/lib/x86_64-linux-gnu/pkgconfig pkg-config --cflags --libs cloudauth) || fail "LIBDIR: cloudauth.pc"
mv "$work/multi" "$work/moved"
cmake -S "$root/examples/c" -B "$work/moved/build" -DCMAKE_LIBRARY_ARCHITECTURE=x86_64-linux-gnu \
    -DCMAKE_PREFIX_PATH="$work/moved" >"$work/cmake.log" 2>&1 && cmake --build "$work/moved/build" >>"$work/cmake.log" 2>&1 \
    || { cat "$work/cmake.log"; fail "LIBDIR: CMake"; }
for libdir in /lib ../lib lib/.. lib/ .; do
    ! "$root/packaging/install.sh" "$stage" "$work/refused" "$libdir" 2>/dev/null || fail "LIBDIR may be $libdir"
done
ok
# Finding H12: nothing of an installation stays, and nothing else goes.
"$root/packaging/install.sh" "$stage" "$work/gone" lib64 >/dev/null
: >"$work/gone/include/other.h"
"$root/packaging/uninstall.sh" "$work/gone" >/dev/null
[ "$(cd "$work/gone" && find . ! -type d)" = ./include/other.h ] && [ ! -e "$work/gone/lib64" ] \
    || fail "uninstalling leaves $(find "$work/gone")"
! "$root/packaging/uninstall.sh" "$work/gone" 2>/dev/null || fail "what is not installed is uninstalled"
ok
# The tarball works where it is unpacked, and is the same for the same tree.
tarball=$("$root/packaging/dist.sh" "$stage" "$work/dist")
cmp "$tarball" "$("$root/packaging/dist.sh" "$stage" "$work/again")" || fail "two tarballs of one tree differ"
mkdir "$work/elsewhere"
tar -C "$work/elsewhere" -xzf "$tarball"
unpacked=$(echo "$work"/elsewhere/libcloudauth-"$version"-*)
[ -L "$unpacked/lib/libcloudauth.so" ] && [ -e "$unpacked/lib/libcloudauth.so" ] || fail "the tarball's links lead nowhere"
for flag in $(PKG_CONFIG_PATH=$unpacked/lib/pkgconfig pkg-config --cflags --libs cloudauth); do
    case $flag in
    -I* | -L*) [ -e "${flag#-?}" ] || fail "the unpacked tree does not find ${flag#-?}" ;;
    esac
done
ok

# --- the header in C++ declares nothing that C++ cannot reach; the manual names nothing that is not there
declared=$(grep -o '\bcloudauth_[a-z0-9_]*(' "$prefix/include/cloudauth.h" | tr -d '(' | sort -u)
[ "$(echo "$declared" | wc -l)" -gt 80 ] || fail "few functions are declared: $declared"
for name in $declared; do
    grep -qw "$name" "$root/docs/c-api.md" "$root/docs/options.md" || fail "docs/c-api.md does not mention $name"
    case $name in
    *_view | cloudauth_decide | cloudauth_use_go_names) continue ;; # for those who bind other languages
    esac
    grep -qrw "$name" "$prefix/include/cloudauth" || fail "cloudauth.hpp does not reach $name"
done
ok
for name in $(grep -owE '(cloudauth|CLOUDAUTH)_[A-Za-z0-9_]*[A-Za-z0-9]' "$root/docs/c-api.md" | sort -u); do
    case $name in
    CLOUDAUTH_ENDPOINT | CLOUDAUTH_REGION | CLOUDAUTH_LIBRARY | CLOUDAUTH_JSON | cloudauth_static) continue ;; # the environment's, and CMake's
    esac
    grep -qw "$name" "$prefix/include/cloudauth.h" || fail "docs/c-api.md mentions $name, which is not declared"
done
ok

# --- building, in every way that the manual shows
pc() { pkg-config "$@" cloudauth; }
mkdir "$work/pc" "$work/static"
for compiler in gcc clang; do
    cxx=clang++
    [ $compiler = clang ] || cxx=g++
    for example in check async archive log; do
        $compiler -std=c99 -D_POSIX_C_SOURCE=200809L $strict -pthread "$root/examples/c/$example.c" -o "$work/pc/$example" \
            $(pc --cflags --libs) "-Wl,-rpath,$prefix/lib"
        $compiler -std=c99 -D_POSIX_C_SOURCE=200809L $strict -pthread "$root/examples/c/$example.c" -o "$work/static/$example" \
            $(pc --cflags) $(pc --variable=static_libs)
        $cxx -std=c++17 $strict "$root/examples/cpp/$example.cpp" -o "$work/pc/$example-cpp" \
            $(pc --cflags --libs) "-Wl,-rpath,$prefix/lib"
        $cxx -std=c++17 $strict "$root/examples/cpp/$example.cpp" -o "$work/static/$example-cpp" \
            $(pc --cflags) $(pc --variable=static_libs)
        ok
    done
    $cxx -std=c++17 $strict -pthread "$root/examples/cpp/callback.cpp" -o "$work/pc/callback-cpp" \
        $(pc --cflags --libs) $(pkg-config --cflags --libs cpp-httplib) "-Wl,-rpath,$prefix/lib"
done
for language in c cpp; do
    for static in OFF ON; do
        build=$work/cmake-$language-$static
        cmake -S "$root/examples/$language" -B "$build" -DCMAKE_PREFIX_PATH="$prefix" -DLINK_STATIC=$static \
            "-DCMAKE_C_FLAGS=$strict" "-DCMAKE_CXX_FLAGS=$strict" >"$work/cmake.log" 2>&1 \
            && cmake --build "$build" >>"$work/cmake.log" 2>&1 || { cat "$work/cmake.log"; fail "CMake, $language, static $static"; }
        ok
    done
done
mkdir "$work/future"
cat >"$work/future/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.16)
project(future C)
find_package(cloudauth 99 CONFIG)
if(cloudauth_FOUND)
  message(FATAL_ERROR "taken")
endif()
EOF
cmake -S "$work/future" -B "$work/future/build" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null 2>&1 || fail "CMake takes $version for 99"
ok
# Finding H8: wholly static, by what is published.
for flags in "$(pc --static --cflags --libs)" "$(pc --cflags) $(pc --variable=static_libs)"; do
    cc -static "$root/examples/c/check.c" -o "$work/wholly" $flags 2>"$work/log" || { cat "$work/log" >&2; fail "cc -static $flags"; }
    ! readelf -d "$work/wholly" | grep -q NEEDED || fail "cc -static gives a program that is not"
    ok
done
# Finding F4: nothing needs a compiler's library. What is handed out, stage.sh looks at; this shared library was built for tests.
for file in "$work/pc/check" "$work/static/check"; do
    ! readelf -d "$file" | grep -q 'NEEDED.*libgcc_s' || fail "$file needs libgcc_s"
done
ok
# Finding H10: an older standard gives one error, and no flood.
echo '#include <cloudauth.hpp>' >"$work/old.cpp"
for compiler in g++ clang++; do
    ! $compiler -std=c++14 -c "$work/old.cpp" -o "$work/old.o" $(pc --cflags) 2>"$work/log" || fail "$compiler takes C++14"
    [ "$(grep -c 'error:' "$work/log")" = 1 ] && grep -q 'needs C++17' "$work/log" || { cat "$work/log" >&2; fail "$compiler on C++14"; }
    ok
done
for program in "$work"/static/* "$work"/cmake-*-ON/check; do
    ! readelf -d "$program" | grep -q libcloudauth || fail "$program is not static"
done
readelf -d "$work/pc/check" | grep -q "$soname" || fail "check does not ask for $soname"
ok

# --- running
"$cloudauth" emulator >"$work/ready" 2>"$work/emulator.log" &
emulator=$!
for _ in $(seq 100); do
    [ -s "$work/ready" ] && break
    sleep 0.1
done
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$work/ready"; }
export CLOUDAUTH_ENDPOINT="$(field endpoint)"
export ALIBABA_CLOUD_ACCESS_KEY_ID="$(field access_key_id)" ALIBABA_CLOUD_ACCESS_KEY_SECRET="$(field access_key_secret)"
[ -n "$CLOUDAUTH_ENDPOINT" ] || { cat "$work/emulator.log" >&2; fail "the emulator did not start"; }

# run CODE PROGRAM ARGUMENTS...: its output is in $work/out and $work/err
run() {
    wanted=$1 code=0
    shift
    timeout 60 "$@" >"$work/out" 2>"$work/err" || code=$?
    [ $code -eq "$wanted" ] || { cat "$work/out" "$work/err" >&2; fail "$* ended with $code, not $wanted"; }
}
try_set() { # DIRECTORY SUFFIX
    run 0 "$1/check$2" ekycpro200
    [ "$(head -2 "$work/out")" = "$(printf 'passed: yes\ndecision: let the person in')" ] || { cat "$work/out" >&2; fail "$1/check$2"; }
    run 1 "$1/check$2" faceliveness205
    run 2 "$1/check$2" errorThrottlingApi
    grep -q '^throttled: ' "$work/err" || fail "$1/check$2 does not say why"
    run 2 "$1/check$2"
    # The cancelled call may have been done already: that is a race, and not one to lose three times.
    for _ in 1 2 3; do
        run 0 "$1/async$2" faceverification200
        grep -qx '19 done, 1 cancelled' "$work/out" && break
        grep -qx '20 done, 0 cancelled' "$work/out" || break
    done
    grep -qx '19 done, 1 cancelled' "$work/out" || { cat "$work/out" "$work/err" >&2; fail "$1/async$2"; }
    run 2 "$1/async$2" errorInternalError
    rm -rf "$work/evidence"
    run 0 "$1/archive$2" ekycpro200 "$work/evidence"
    for name in face.jpg document-01.jpg result.json; do
        [ "$(stat -c %a "$work/evidence/$name")" = 600 ] && [ -s "$work/evidence/$name" ] || fail "$1/archive$2: $name"
    done
    run 2 "$1/archive$2" ekycpro200 "$work/evidence" # evidence is not overwritten
    run 0 "$1/log$2" ekycpro200
    grep -q '^\[debug\] call{action="CheckResult" .* succeeded ms=[0-9]*$' "$work/err" || { cat "$work/err" >&2; fail "$1/log$2: lines"; }
    grep -qx '\[info\] attempt 1 of CheckResult: ok' "$work/out" && grep -qx '\[info\] CheckResult: ok after [0-9]* ms' "$work/out" \
        || { cat "$work/out" >&2; fail "$1/log$2: events"; }
    run 2 "$1/log$2" pending99
    grep -qx '\[warn\] attempt 1 of CheckResult: not_completed' "$work/out" || { cat "$work/out" >&2; fail "$1/log$2: failures"; }
    ok
}
for way in pc static; do
    try_set "$work/$way" ''
    try_set "$work/$way" -cpp
done
for static in OFF ON; do
    try_set "$work/cmake-c-$static" ''
    try_set "$work/cmake-cpp-$static" ''
done

for callback in "$work/pc/callback-cpp" "$work/cmake-cpp-ON/callback"; do
    CLOUDAUTH_BIN=$cloudauth "$root/tests/callback/run.sh" "$callback" >/dev/null || fail "$callback"
    ok
done

for compiler in g++ clang++; do
    for more in '' -fno-exceptions -std=c++20; do
        $compiler -std=c++17 $more $strict -Wshadow -Wconversion "$here/hpp.cpp" -o "$work/hpp" \
            $(pc --cflags --libs) "-Wl,-rpath,$prefix/lib"
        run 0 "$work/hpp" errorThrottlingApi ekycpro200
        ok
    done
done

run 0 "$work/wholly" ekycpro200
ok
# Finding F4: a root with the C library alone: what a program and its libraries name, and nothing that they do not.
if [ "$(id -u)" = 0 ]; then
    libraries='libc|libm|libdl|libpthread|librt|libutil|ld-linux[^ ]*'
    # As built for tests alone: stage.sh sees to it that what ships does without.
    readelf -d "$prefix/lib/libcloudauth.so" | grep -q 'NEEDED.*libgcc_s' && libraries="$libraries|libgcc_s"
    for program in "$work/pc/check" "$work/static/check"; do
        cell=$work/cell
        rm -rf "$cell"
        mkdir -p "$cell$prefix/lib"
        cp "$program" "$cell/program"
        cp -P "$prefix"/lib/libcloudauth.so* "$cell$prefix/lib"
        LC_ALL=C ldd "$program" | grep -oE "/[^ ]*/($libraries)\.so\.[0-9]+" | while read -r library; do
            mkdir -p "$cell$(dirname "$library")"
            cp -L "$library" "$cell$library"
        done
        run 0 chroot "$cell" /program ekycpro200
        ok
    done
else
    echo "install: not root, so no program was tried in a root with the C library alone" >&2
fi

# --- the manual's programs, as they stand there and as a newcomer compiles them
# The first block of a language that holds a main.
program() {
    awk -v fence="\`\`\`$1" '
        $0 == fence { inside = 1; text = ""; next }
        /^```$/ { if (inside && text ~ /int main/) { printf "%s", text; exit } inside = 0 }
        inside { text = text $0 "\n" }
    ' "$root/docs/c-api.md"
}
program c >"$work/app.c"
program cpp >"$work/app.cpp"
[ "$(wc -l <"$work/app.c")" -lt 40 ] && [ -s "$work/app.c" ] || fail "the manual's program is not one of under 40 lines"
cd "$work"
cc app.c $(pkg-config --cflags --libs cloudauth) -o app
c++ -std=c++17 app.cpp $(pkg-config --cflags --libs cloudauth) -o app-cpp
for app in app app-cpp; do
    rm -f "$work/face.jpg"
    LD_LIBRARY_PATH=$prefix/lib run 0 "./$app" ekycpro200
    [ "$(head -c 3 "$work/face.jpg" | od -An -tx1 | tr -d ' ')" = ffd8ff ] || fail "$app wrote no picture"
    LD_LIBRARY_PATH=$prefix/lib run 1 "./$app" errorThrottlingApi
    ok
done
# Finding H9: Valgrind finds no fault in it, over TLS either, with what is installed.
: >"$work/ready" # of the emulator before, which would do for the wait
"$cloudauth" emulator --tls >"$work/ready" 2>"$work/emulator-tls.log" &
secured=$!
for _ in $(seq 100); do
    [ -s "$work/ready" ] && break
    sleep 0.1
done
for endpoint in "$CLOUDAUTH_ENDPOINT" "$(field endpoint)"; do
    CLOUDAUTH_ENDPOINT=$endpoint SSL_CERT_FILE=$(field ca_file) LD_LIBRARY_PATH=$prefix/lib run 0 valgrind \
        --leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=9 \
        "--suppressions=$prefix/share/cloudauth/valgrind.supp" ./app ekycpro200
    grep -q 'possibly lost: 0 bytes' "$work/err" && grep -q 'ERROR SUMMARY: 0 errors' "$work/err" || { cat "$work/err" >&2; fail "valgrind"; }
    ok
done

echo "install: $passed passed"
