#!/bin/sh
# Finding H11: Node calls the library by cloudauth.json alone, with no code in C: run.sh BUILT WORK
# BUILT holds the library and the command; WORK is where npm puts its package.
set -eu

[ $# -eq 2 ] || { echo "usage: run.sh BUILT WORK" >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
built=$(cd "$1" && pwd)
mkdir -p "$2"
cp "$root"/examples/node/* "$root/tests/node/description.mjs" "$2"
cd "$2"
npm install --no-package-lock --no-audit --no-fund --loglevel=error

export CLOUDAUTH_LIBRARY="$built/libcloudauth.so" CLOUDAUTH_JSON="$root/include/cloudauth.json"
node description.mjs

rm -f ready && mkfifo ready
"$built/cloudauth" emulator --listen 127.0.0.1:0 >ready &
emulator=$!
trap 'kill "$emulator"' EXIT
read -r line <ready
export CLOUDAUTH_ENDPOINT="$(echo "$line" | sed 's/.*"endpoint":"\([^"]*\)".*/\1/')"
export ALIBABA_CLOUD_ACCESS_KEY_ID=emulator-key-id ALIBABA_CLOUD_ACCESS_KEY_SECRET=emulator-key-secret
unset CLOUDAUTH_REGION
printed=$(node check.mjs ekycpro200)
[ "$(echo "$printed" | sed 's/ (.*//')" = "passed: true
decision: accept" ] || { echo "node: check.mjs printed: $printed" >&2; exit 1; }
! failed=$(node check.mjs pending99 2>&1) && case $failed in
not_completed:*) ;;
*) echo "node: check.mjs printed: $failed" >&2; exit 1 ;;
esac
echo "node: passed"
