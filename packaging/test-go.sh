#!/bin/sh
# The Go module away from its repository, and vendored into a program: test-go.sh DIR
# Findings I7, F1 and F2. It needs what `make go-library` lays out, and CLOUDAUTH_BIN for the emulator.
set -eu

fail() { echo "test-go: $*" >&2; exit 1; }

[ $# -eq 1 ] || { echo "usage: test-go.sh DIR" >&2; exit 2; }
work=$1
root=$(cd "$(dirname "$0")/.." && pwd)
[ -e "$root/go/internal/library/libcloudauth.a" ] || fail "run make go-library first"
rm -rf "$work"
mkdir -p "$work/program"

cp -R "$root/go" "$work/go"
(cd "$work/go" && go vet ./... && go test -short -skip 'RandomRounds|TwoHundredGoroutines' ./...)

cd "$work/program"
cat >go.mod <<EOF
module program

go 1.24

replace github.com/libcloudauth/libcloudauth/go => ../go

require github.com/libcloudauth/libcloudauth/go v0.0.0-00010101000000-000000000000
EOF
cat >main.go <<EOF
package main

import (
	"fmt"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	result, err := cloudauth.Decode([]byte("{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\"}}"))
	fmt.Println(*result.Passed, err)
}
EOF
go mod vendor
mv ../go ../away
go build -mod=vendor -o program .
[ "$(./program)" = "true <nil>" ] || fail "the program says $(./program)"
mv ../away ../go

# Finding I4: go vet sees a client that is copied.
mkdir copies
cat >copies/main.go <<EOF
package main

import "github.com/libcloudauth/libcloudauth/go"

func main() {
	client, _ := cloudauth.NewClient()
	copied := *client
	_ = copied.Close()
}
EOF
said=$(go vet -mod=vendor ./copies 2>&1) && fail "go vet sees no copy"
case $said in *"assignment copies lock value"*) ;; *) fail "go vet says $said" ;; esac

# Where it cannot be built, the one complaint names the cause.
for environment in CGO_ENABLED=0 GOOS=darwin GOOS=windows GOARCH=arm64 "GOOS=darwin CGO_ENABLED=1 CC=false"; do
    said=$(env $environment go build -mod=vendor -o /dev/null . 2>&1) && fail "builds with $environment"
    case $said in
    *"libcloudauth is a C library, for Linux: build with GOOS=linux, CGO_ENABLED=1"*) ;;
    *) fail "with $environment: $said" ;;
    esac
    case $said in *undefined*) fail "with $environment: $said" ;; esac
done
echo "test-go: ok"
