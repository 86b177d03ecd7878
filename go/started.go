//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"encoding/json"
	"unsafe"
)

// ToJSON gives one line of JSON to store until the callback comes. [StartedFromJSON] reads it, as does every other language. It
// holds the callback's token and the transaction's URL: protect it as you protect them. [ErrInvalidArgument] says that a field
// is missing, such as the transaction's id.
func (s *Started) ToJSON() ([]byte, error) {
	type fields Started // without the methods that hide them
	data, err := json.Marshal((*fields)(s))
	if err != nil {
		return nil, invalidArgument("Started", "must hold values that encoding/json can write")
	}
	var native *C.cloudauth_reply
	if err := taken(C.cloudauth_started_to_json((*C.char)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data)), &native)); err != nil {
		return nil, err
	}
	defer C.cloudauth_reply_free(native)
	return []byte(goText(C.cloudauth_reply_json(native))), nil
}

// StartedFromJSON reads what [Started.ToJSON] wrote, or its like in another language. Anything else is [ErrInvalidArgument].
func StartedFromJSON(data []byte) (*Started, error) {
	var native *C.cloudauth_reply
	if err := taken(C.cloudauth_started_from_json((*C.char)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data)), &native)); err != nil {
		return nil, err
	}
	defer C.cloudauth_reply_free(native)
	started := &Started{Extra: map[string]any{}, Problems: []Problem{}}
	return started, readReply(native, started)
}
