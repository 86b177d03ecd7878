#!/bin/sh
# Removes what install.sh put under PREFIX, and the folders that are empty then: uninstall.sh PREFIX
# It needs no staged tree. DESTDIR counts as it does for install.sh.
set -eu

[ $# -eq 1 ] || { echo "usage: uninstall.sh PREFIX" >&2; exit 2; }
from=${DESTDIR-}${1%/}
list=$from/share/cloudauth/installed
[ -f "$list" ] || { echo "uninstall: nothing is installed in $from: $list is missing" >&2; exit 1; }

(cd "$from" && while read -r file; do
    rm -f "$file"
    rmdir -p "$(dirname "$file")" 2>/dev/null || true
done) <"$list"
echo "uninstalled from $from"
