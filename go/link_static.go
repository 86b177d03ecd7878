//go:build linux && cgo && !cloudauth_pkgconfig

package cloudauth

// The library that `make go-library` lays out in a folder of this module. With the build tag cloudauth_pkgconfig, the one that
// is installed.

/*
#cgo CFLAGS: -I${SRCDIR}/internal/library
#cgo LDFLAGS: ${SRCDIR}/internal/library/libcloudauth.a -lgcc_eh -lutil -lrt -lpthread -lm -ldl

// Which library it was: in the object, so that results which Go keeps are those of this one.
#include "built.h"
static const char built[] __attribute__((used)) = CLOUDAUTH_BUILT;
*/
import "C"

// `go mod vendor` copies the folders that are imported, with all that is in them.
import _ "github.com/libcloudauth/libcloudauth/go/internal/library"
