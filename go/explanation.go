//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

// Explanation is an entry of the catalogue: of a SubCode, a response code, a code of the client or a kind
// of error.
type Explanation struct {
	Subject Subject
	// Kind is that of an error with this code; 0 for a SubCode and a code of the client.
	Kind Kind
	// Action is what to do first with this SubCode; 0 for what is none.
	Action Action
	// HTTPStatus is what a response code comes with; 0 where there is none.
	HTTPStatus int
	// Code is the code, a family of them such as "Throttling.*", or a kind's name.
	Code string
	// Meaning says in one sentence what it means.
	Meaning string
	// Cause says how it comes about; may be empty.
	Cause string
	// Advice says what a person can do about it.
	Advice string
	// Billed says whether the verification with a SubCode or a code of the client is paid for; nil for anything else.
	Billed *bool
	// Retry says whether a request that met a response code is sent again, such as "never" or "after_pause"; empty for what
	// is no response code.
	Retry string
	// Products are those that document it, by their ProductCode.
	Products []string
}

// Subject is what an [Explanation] explains.
type Subject uint32

// MarshalText gives the subject's name, for JSON and structured logs; nothing for 0.
func (s Subject) MarshalText() ([]byte, error) {
	return named(uint32(s), s.String()), nil
}

// UnmarshalText reads what MarshalText gave.
func (s *Subject) UnmarshalText(text []byte) error {
	number, err := numbered("subject", text, func(number uint32) string { return Subject(number).String() })
	*s = Subject(number)
	return err
}

// Explain tells what a SubCode, a response code, a code of the client or a kind's name means, offline; [ErrInvalidArgument]
// where nothing is known of it.
func Explain(code string) (*Explanation, error) {
	var text encoded
	text.add("code", code)
	if text.fault != nil {
		return nil, text.fault
	}
	var view *C.cloudauth_explanation
	if err := taken(C.cloudauth_explain(text.pointer(), &view)); err != nil {
		return nil, err
	}
	explanation := &Explanation{
		Subject:    Subject(view.subject),
		Kind:       Kind(view.kind),
		Action:     Action(view.action),
		HTTPStatus: int(view.http_status),
		Code:       goText(view.code),
		Meaning:    goText(view.meaning),
		Advice:     goText(view.advice),
		Billed:     flag(view.billed, new(bool)),
		Products:   texts(view.products),
	}
	optional(view.cause, &explanation.Cause)
	optional(view.retry, &explanation.Retry)
	return explanation, nil
}
