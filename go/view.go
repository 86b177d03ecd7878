//go:build linux && cgo

package cloudauth

/*
#include "native.h"

#cgo noescape cloudauth_go_look
#cgo nocallback cloudauth_go_look
*/
import "C"

import "unsafe"

// copyResult copies all of a result that is the library's.
func copyResult(native *C.cloudauth_result) *Result {
	var view C.cloudauth_go_check_result
	C.cloudauth_go_look(native, &view)
	result := readResult(&view)
	if view.raw != nil {
		result.raw = append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(view.raw)), view.raw_len)...)
	}
	return result
}

// Raw is the reply's body, byte for byte as it came, where the client was made [WithKeepRaw]; else nil. JSON does not hold it.
func (r *Result) Raw() []byte {
	if r == nil {
		return nil
	}
	return r.raw
}

func readImage(view *C.cloudauth_image) *Image {
	if view == nil {
		return nil
	}
	return &Image{
		Bytes:     append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(view.data)), view.len)...),
		Format:    C.GoString(view.format),
		Extension: C.GoString(view.extension),
	}
}

func flag(view *C.bool, place *bool) *bool {
	if view == nil {
		return nil
	}
	*place = bool(*view)
	return place
}

func number(view *C.double, place *float64) *float64 {
	if view == nil {
		return nil
	}
	*place = float64(*view)
	return place
}

func whole(view *C.int64_t, place *int64) *int64 {
	if view == nil {
		return nil
	}
	*place = int64(*view)
	return place
}

func anyValue(view *C.cloudauth_text) any {
	if view == nil {
		return nil
	}
	return decodeJSON(*view)
}

func optionalTexts(view *C.cloudauth_text_list) []string {
	if view == nil {
		return nil
	}
	return texts(*view)
}
