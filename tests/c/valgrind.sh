#!/bin/sh
# The C tests under Valgrind: no invalid access, and nothing definitely lost once the library is shut down.
set -eu
cd "$(dirname "$0")/../.."
command -v valgrind >/dev/null || { echo "valgrind.sh: valgrind is not installed" >&2; exit 1; }
# Valgrind is slow and runs one thread at a time: a fiftieth of the rounds is enough to see every path.
export CLOUDAUTH_TEST_DIVISOR="${CLOUDAUTH_TEST_DIVISOR:-50}"
export CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY=1 CLOUDAUTH_TEST_NO_LIMITS=1
export CLOUDAUTH_TEST_RUNNER="valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --fair-sched=yes --suppressions=$PWD/tests/c/valgrind.supp"
# Packages and features as in the Makefile, so that nothing is compiled anew.
exec cargo test --workspace --features cloudauth-cli/opentelemetry --exclude cloudauth-bench --test programs -- --test-threads 2 --nocapture "$@"
