#!/bin/sh
# Which tools the tests need: needs.sh prints on stderr what is missing and how to get it, and on stdout the targets of
# `make test` that are skipped without it. Where CI is set, nothing may be skipped: it then fails.
# needs.sh --packages prints the missing Debian packages alone.
set -eu

# tool, or a library's file for pkg-config, Debian package, what is skipped without it: a target, "one test", or "everything"
table='
cargo - everything
cc gcc everything
c++ g++ everything
chromium chromium one test
chromium chromium test-shop
chromium chromium test-report
chromedriver chromium-driver test-shop
chromedriver chromium-driver test-report
curl curl one test
curl curl test-install
curl curl go
curl curl java
python3 python3-venv test-objects
python3 python3-venv test-peers
python3 python3-venv test-official
python3 python3-venv test-python
python3 python3-venv test-engines
python3 python3-venv test-shop
python3 python3-venv test-report
python3 python3-venv test-fleet
node nodejs test-python
node nodejs test-node
npm npm test-node
npm npm test-report
redis-server redis-server one test
redis-server redis-server test-fleet
faketime faketime test-fleet
redis-server redis-server test-engines
valgrind valgrind test-c
clang clang test-install
cmake cmake test-install
pkg-config pkg-config test-install
cpp-httplib.pc libcpp-httplib-dev test-install
go - go
go - test-fleet
javac openjdk-17-jdk-headless java
javac openjdk-17-jdk-headless test-fleet
javac openjdk-17-jdk-headless test-engines
mvn maven java
mvn maven test-fleet
'

there() {
    case $1 in
    *.pc) pkg-config --exists "${1%.pc}" 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}
packages= skipped=
while read -r tool package scope; do
    [ -n "$tool" ] && ! there "$tool" || continue
    how="apt-get install $package"
    [ "$package" = - ] && how="see its own site" || packages="$packages $package"
    [ "${1-}" = --packages ] || echo "missing: $tool ($how); skipped without it: $scope" >&2
    skipped="$skipped $scope"
done <<END
$table
END

if [ "${1-}" = --packages ]; then
    echo "$packages"
    exit
fi
if [ -n "$skipped" ] && [ -n "${CI-}" ] || [ "$skipped" != "${skipped#*everything}" ]; then
    echo "needs.sh: not all tests can run" >&2
    exit 1
fi
echo "$skipped"
