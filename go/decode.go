//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "unsafe"

// Decode decodes a stored CheckResult body, offline. Its HTTP status is not known, so only its Code is checked.
func Decode(body []byte) (*Result, error) {
	var native *C.cloudauth_result
	err := taken(C.cloudauth_result_decode((*C.uint8_t)(unsafe.SliceData(body)), C.size_t(len(body)), &native))
	if err != nil {
		return nil, err
	}
	defer C.cloudauth_result_free(native)
	return copyResult(native), nil
}
