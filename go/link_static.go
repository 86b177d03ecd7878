//go:build !cloudauth_pkgconfig

package cloudauth

// The library that `make go` lays out beside this file. With the build tag cloudauth_pkgconfig, the one that is installed.

/*
#cgo CFLAGS: -I${SRCDIR}/../include
#cgo LDFLAGS: ${SRCDIR}/lib/libcloudauth.a -lgcc_s -lutil -lrt -lpthread -lm -ldl

// Which library it was: in the object, so that results which Go keeps are those of this one.
#include "built.h"
static const char built[] __attribute__((used)) = CLOUDAUTH_BUILT;
*/
import "C"
