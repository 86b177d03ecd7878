package cloudauth

/*
#include "native.h"
*/
import "C"

// Version is the library's, such as "0.1.0".
func Version() string {
	return C.GoString(C.cloudauth_version())
}

// liveHandles counts what the library has given and not got back.
func liveHandles() int {
	return int(C.cloudauth_live_handles())
}
