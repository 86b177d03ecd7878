//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "time"

func init() {
	C.cloudauth_use_go_names()
}

// Version is the library's, such as "0.1.0".
func Version() string {
	return C.GoString(C.cloudauth_version())
}

// liveHandles counts what the library has given and not got back.
func liveHandles() int {
	return int(C.cloudauth_live_handles())
}

// shutdown ends the calls in flight and the library's threads; later calls start them anew.
func shutdown(limit time.Duration) {
	C.cloudauth_shutdown(C.uint64_t(limit.Milliseconds()))
}
