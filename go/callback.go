//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "net/url"

// Callback is the service's call of CallbackUrl: it says that a verification has ended, and never how. Ask CheckResult with the
// transaction id that you stored. It is not printed.
type Callback struct {
	// TransactionID is that of the transaction that ended.
	TransactionID string
	// Parameters has every parameter as text but for the token: the service's own as "transactionId", "passed" and "subcode",
	// whatever spelling came, the others as they came. "passed" and "subcode" are no verdict: whoever called may have written
	// them.
	Parameters map[string]string
}

// ParseCallback reads a callback and verifies its token, in constant time.
//
//	callback, err := cloudauth.ParseCallback(r.URL.RawQuery, func(transactionID string) (string, error) {
//		return orders.callbackToken(r.Context(), transactionID)
//	})
//
// query is the query, the URL that was called, whole or from its path on, or the parameters that net/http decoded. token is the
// CallbackToken that Initialize was given, or a function that finds it by the transaction id and gives an empty one where it
// knows no such transaction; its error is returned as it is.
//
// [ErrAuthentication] says that the token is wrong or missing, or the transaction not known; [ErrInvalidArgument] that it is no
// callback: an escape is broken or not UTF-8, a name has two values, a value has a NUL, there is no transaction id, or the query
// has more than 16 KiB.
func ParseCallback[Query string | url.Values, Token string | func(transactionID string) (string, error)](query Query, token Token) (*Callback, error) {
	text, ok := any(query).(string)
	if !ok {
		text = any(query).(url.Values).Encode()
	}
	if expected, ok := any(token).(string); ok {
		return parseCallback(text, func(string) (string, error) { return expected, nil })
	}
	return parseCallback(text, any(token).(func(string) (string, error)))
}

func parseCallback(query string, token func(string) (string, error)) (*Callback, error) {
	var given, expected encoded
	given.add("query", query)
	if token == nil {
		given.refuse("token", "must not be nil")
	}
	if given.fault != nil {
		return nil, given.fault
	}
	var native *C.cloudauth_callback
	if err := taken(C.cloudauth_callback_parse(given.pointer(), &native)); err != nil {
		return nil, err
	}
	defer C.cloudauth_callback_free(native)
	callback := copyCallback(native)
	text, err := token(callback.TransactionID)
	if err != nil {
		return nil, err
	}
	expected.add("token", text)
	if expected.fault != nil {
		return nil, expected.fault
	}
	if err := taken(C.cloudauth_callback_verify(native, expected.pointer())); err != nil {
		return nil, err
	}
	return callback, nil
}

func copyCallback(native *C.cloudauth_callback) *Callback {
	callback := &Callback{TransactionID: C.GoString(C.cloudauth_callback_transaction_id(native)), Parameters: map[string]string{}}
	for index := C.size_t(0); ; index++ {
		name := C.cloudauth_callback_parameter_name(native, index)
		if name == nil {
			return callback
		}
		callback.Parameters[C.GoString(name)] = C.GoString(C.cloudauth_callback_parameter(native, name))
	}
}
