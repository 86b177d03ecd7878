//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"bytes"
	"encoding/json"
	"strings"
	"unsafe"
)

// goText copies a text of the library's.
func goText(text C.cloudauth_text) string {
	return string(unsafe.Slice((*byte)(unsafe.Pointer(text.data)), text.len))
}

// optional copies a text that may be absent into the place kept for it.
func optional(text *C.cloudauth_text, place *string) *string {
	if text == nil {
		return nil
	}
	*place = goText(*text)
	return place
}

// texts copies a list of them, which is empty but not nil where there are none.
func texts(list C.cloudauth_text_list) []string {
	all := make([]string, 0, list.count)
	for _, text := range unsafe.Slice(list.items, list.count) {
		all = append(all, goText(text))
	}
	return all
}

// encoded are texts for C, one behind the other, each with a NUL at its end.
type encoded struct {
	bytes []byte
	fault *Error
}

// add appends a text that is called name in an error. C texts end at a NUL, so that one inside would cut them short.
func (e *encoded) add(name, text string) {
	if strings.IndexByte(text, 0) >= 0 {
		e.refuse(name, "must not hold a NUL")
	}
	e.bytes = append(append(e.bytes, text...), 0)
}

// value is a parameter's value as it is sent, and whether it is.
func (e *encoded) value(name string, value any) (string, bool) {
	if text, ok := value.(string); ok {
		return text, true
	}
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		// What the encoder says may hold the value.
		e.refuse(name, "must be a value that encoding/json can write")
		return "", false
	}
	text := strings.TrimSuffix(written.String(), "\n")
	if strings.HasPrefix(text, `"`) {
		// A text by another type, such as a time.
		_ = json.Unmarshal(written.Bytes(), &text)
	}
	return text, text != "null"
}

func (e *encoded) refuse(name, rule string) {
	if e.fault == nil {
		e.fault = invalidArgument(name, rule)
	}
}

func (e *encoded) pointer() *C.char {
	return (*C.char)(unsafe.Pointer(unsafe.SliceData(e.bytes)))
}
