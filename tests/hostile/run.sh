#!/bin/sh
# Builds the small programs of each language and runs the bodies through them. The command and the C library are in
# TARGET/debug, or TARGET/release where HOSTILE_PROFILE says so; Python, Go and Java take part where `make test` has built them.
set -eu
cd "$(dirname "$0")/../.."
built=$TARGET/${HOSTILE_PROFILE-debug} work=$TARGET/hostile
mkdir -p "$work"
export LD_LIBRARY_PATH="$work"

ln -sf "$built/libcloudauth.so" "$work/$(objdump -p "$built/libcloudauth.so" | sed -n 's/ *SONAME *//p')"
cc -Wall -Wextra -Werror -Iinclude tests/hostile/decode.c -o "$work/decode-c" -L"$built" -lcloudauth -pthread
set -- "command=$built/cloudauth decode" "c=$work/decode-c"
if [ -x "$TARGET/python/bin/python" ]; then
    set -- "$@" "python=$TARGET/python/bin/python tests/hostile/decode.py"
fi
if [ -f go/internal/library/libcloudauth.a ] && command -v go >/dev/null; then
    (cd tests/hostile/go && go build -o "$work/decode-go" .)
    set -- "$@" "go=$work/decode-go"
fi
if [ -d java/target/classes ] && command -v javac >/dev/null; then
    javac -cp java/target/classes -d "$work" tests/hostile/Decode.java
    library=$(find "$TARGET/java-dev" -name '*.so' | head -1)
    set -- "$@" "java=java -Dio.github.libcloudauth.library=$library -cp java/target/classes:$work Decode"
fi
exec python3 tests/hostile/run.py "$@"
