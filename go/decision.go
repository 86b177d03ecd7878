//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"strings"
	"unsafe"
)

// Decision is advice on a result.
type Decision struct {
	// Action is what to do first.
	Action Action
	// Reasons say why: one line each and at least one, without personal data.
	Reasons []string
}

// Action is what a merchant's program should do first with a finished verification.
type Action uint32

// MarshalText gives the action's name, for JSON and structured logs; nothing for 0.
func (a Action) MarshalText() ([]byte, error) {
	return named(uint32(a), a.String()), nil
}

// UnmarshalText reads what MarshalText gave.
func (a *Action) UnmarshalText(text []byte) error {
	number, err := numbered("action", text, func(number uint32) string { return Action(number).String() })
	*a = Action(number)
	return err
}

// Decision decides by the SubCode, and asks for a review wherever the parts of the result do not agree. A threshold of the
// merchant's own, 0 to 100, may be given: it counts only where the result would be accepted, and a missing score is below
// any threshold. What is outside that scale, or between 0 and 1, is an error that is [ErrInvalidArgument].
func (r *Result) Decision(minFaceScore ...float64) (Decision, error) {
	if r == nil {
		r = &Result{}
	}
	var code *C.char
	if r.SubCode != nil {
		var text encoded
		// What is no text for C is no SubCode that is known either.
		text.add("sub_code", strings.ToValidUTF8(strings.ReplaceAll(*r.SubCode, "\x00", " "), " "))
		code = text.pointer()
	}
	var score *float64
	if r.Face != nil {
		score = r.Face.ComparisonScore
	}
	var native *C.cloudauth_decision
	err := taken(C.cloudauth_decide((*C.bool)(r.Passed), code, (*C.double)(score), (*C.double)(unsafe.SliceData(minFaceScore)), &native))
	if err != nil {
		return Decision{}, err
	}
	defer C.cloudauth_decision_free(native)
	return Decision{Action(C.cloudauth_decision_action(native)), texts(C.cloudauth_decision_reasons(native))}, nil
}
