//go:build linux && cgo

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
	data := unsafe.Slice((*byte)(unsafe.Pointer(text.data)), text.len)
	if string(data) == "{}" {
		// Most often, and several times in each result.
		return map[string]any{}
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

// object is decodeJSON of what is an object.
func object(text C.cloudauth_text) map[string]any {
	fields, _ := decodeJSON(text).(map[string]any)
	return fields
}

// optionalObject is object of what may be absent.
func optionalObject(text *C.cloudauth_text) map[string]any {
	if text == nil {
		return nil
	}
	return object(*text)
}
