package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"bytes"
	"encoding/json"
	"unsafe"
)

// decodeJSON decodes a JSON text of the library's, which is whole and valid.
func decodeJSON(text C.cloudauth_text) any {
	if text.len == 2 {
		// Most often "{}": for three objects of a small result.
		if *(*[2]byte)(unsafe.Pointer(text.data)) == [2]byte{'{', '}'} {
			return map[string]any{}
		}
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(unsafe.Slice((*byte)(unsafe.Pointer(text.data)), text.len)))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}
