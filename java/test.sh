#!/bin/sh
# Tests the Java library on the JDK in use, and then on the newest one beside it: test.sh NATIVES
# NATIVES is what build-native.sh made. JAVA_NEWEST names the java of another JDK for the second run.
set -eu

[ $# -eq 1 ] || { echo "usage: test.sh NATIVES" >&2; exit 2; }
for tool in mvn java javac; do
    command -v $tool >/dev/null || { echo "test: $tool is missing; install Maven and a JDK, 17 or later" >&2; exit 1; }
done
cd "$(dirname "$0")"

feature() { "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p'; }

java=$(readlink -f "$(command -v java)")
newest=${JAVA_NEWEST:-$java}
if [ -z "${JAVA_NEWEST-}" ]; then
    for other in "$(dirname "$java")"/../../*/bin/java; do
        [ -x "$other" ] && [ "$(feature "$other")" -gt "$(feature "$newest")" ] && newest=$other
    done
fi

# With the module of the examples that has a build of its own.
mvn --batch-mode --no-transfer-progress --file ../examples/java -Dnatives="$1" test
if [ "$(feature "$newest")" = "$(feature "$java")" ]; then
    echo "test: there is no newer JDK than $(feature "$java") beside it; JAVA_NEWEST can name one" >&2
    exit 0
fi
echo "On JDK $(feature "$newest"):"
# It warns of native libraries that were not allowed for. What depends on the service alone was tested above.
mvn --batch-mode --no-transfer-progress -Djvm="$newest" -DargLine=--enable-native-access=ALL-UNNAMED \
    -Dtest='!FaultsTest,!ConformanceTest,!MemoryTest,!ExamplesTest,!EmulatorTest' surefire:test
