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
	failed := C.cloudauth_result_decode((*C.uint8_t)(unsafe.SliceData(body)), C.size_t(len(body)), &native)
	return owned(native, failed)
}

// FromJSON reads what [Result.ToJSON] wrote, or its like in another language. Anything else is [ErrInvalidArgument].
func FromJSON(data []byte) (*Result, error) {
	var native *C.cloudauth_result
	failed := C.cloudauth_result_from_json((*C.char)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data)), &native)
	return owned(native, failed)
}

// SaveImages writes each picture into a new file in the folder: face.jpg, document-01.jpg, by names that lead nowhere else,
// whatever the service calls a page. It gives how many there are. The files have mode 0600; the folder is made where it is
// missing, with mode 0700. None is overwritten: that is an [Error] of kind io, and leaves nothing behind.
func (r *Result) SaveImages(folder string) (int, error) {
	path := encoded{}
	path.add("folder", folder)
	if path.fault != nil {
		return 0, path.fault
	}
	data := r.ToJSON() // what the program changed counts, too
	var native *C.cloudauth_result
	if err := taken(C.cloudauth_result_from_json((*C.char)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data)), &native)); err != nil {
		return 0, err
	}
	defer C.cloudauth_result_free(native)
	var count C.size_t
	err := taken(C.cloudauth_result_save_images(native, path.pointer(), &count))
	return int(count), err
}

// UnmarshalJSON is [FromJSON]. It takes neither [Result.CanonicalJSON] nor [Result.MarshalText], which have no pictures.
func (r *Result) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil // as encoding/json has it
	}
	read, err := FromJSON(data)
	if err == nil {
		*r = *read
	}
	return err
}

func owned(native *C.cloudauth_result, failed *C.cloudauth_error) (*Result, error) {
	if err := taken(failed); err != nil {
		return nil, err
	}
	defer C.cloudauth_result_free(native)
	return copyResult(native), nil
}
