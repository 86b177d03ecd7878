//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"fmt"
	"strconv"
)

// Kind says what sort of failure an error is: the same in every language. Kinds that are not listed here may come with a
// later version of the library.
type Kind uint32

// String gives the kind's name in every language, such as "not_completed".
func (k Kind) String() string {
	name := C.cloudauth_kind_name(C.uint32_t(k))
	if name == nil {
		return unknown
	}
	return C.GoString(name)
}

// MarshalText gives the kind's name, for JSON and structured logs; nothing for 0.
func (k Kind) MarshalText() ([]byte, error) {
	if k == 0 {
		return nil, nil
	}
	return named(uint32(k), k.String()), nil
}

// UnmarshalText reads what MarshalText gave.
func (k *Kind) UnmarshalText(text []byte) error {
	number, err := numbered("kind", text, func(number uint32) string { return Kind(number).String() })
	*k = Kind(number)
	return err
}

const unknown = "unknown"

// named is the name behind a number, or the number where this version of the library has none for it.
func named(number uint32, name string) []byte {
	if number != 0 && (name == "" || name == unknown) {
		return strconv.AppendUint(nil, uint64(number), 10)
	}
	return []byte(name)
}

// numbered is the number behind a name, as named gave it. Names are numbered from 1, without a gap.
func numbered(what string, text []byte, name func(uint32) string) (uint32, error) {
	if len(text) == 0 {
		return 0, nil
	}
	if number, err := strconv.ParseUint(string(text), 10, 32); err == nil {
		return uint32(number), nil
	}
	for number := uint32(1); name(number) != "" && name(number) != unknown; number++ {
		if name(number) == string(text) {
			return number, nil
		}
	}
	return 0, fmt.Errorf("cloudauth: %q is the name of no %s", text, what)
}

type sentinel Kind

func (s sentinel) Error() string {
	return "cloudauth: " + Kind(s).String()
}
