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

const (
	// KindInvalidArgument: an argument or option breaks a rule, or the client is closed; nothing was sent.
	KindInvalidArgument Kind = C.CLOUDAUTH_KIND_INVALID_ARGUMENT
	// KindCredentials: no usable access key was found, or a source of credentials failed.
	KindCredentials Kind = C.CLOUDAUTH_KIND_CREDENTIALS
	// KindAuthentication: the service did not accept the signature, the access key, the token or the time of the request.
	KindAuthentication Kind = C.CLOUDAUTH_KIND_AUTHENTICATION
	// KindAccessDenied: the access key is valid, but may not use this service.
	KindAccessDenied Kind = C.CLOUDAUTH_KIND_ACCESS_DENIED
	// KindInvalidRequest: the service refused a parameter, or does not know the transaction.
	KindInvalidRequest Kind = C.CLOUDAUTH_KIND_INVALID_REQUEST
	// KindNotCompleted: the person has not finished the verification; this is a state, not a fault.
	KindNotCompleted Kind = C.CLOUDAUTH_KIND_NOT_COMPLETED
	// KindThrottled: more requests were sent than the quota of the account allows.
	KindThrottled Kind = C.CLOUDAUTH_KIND_THROTTLED
	// KindUnavailable: the service is there, but could not answer this request.
	KindUnavailable Kind = C.CLOUDAUTH_KIND_UNAVAILABLE
	// KindService: the service refused with a code that the catalogue does not know.
	KindService Kind = C.CLOUDAUTH_KIND_SERVICE
	// KindNetwork: no connection; the name was not found, or the connection was refused or broken.
	KindNetwork Kind = C.CLOUDAUTH_KIND_NETWORK
	// KindTLS: the server's certificate, or the TLS handshake, could not be trusted.
	KindTLS Kind = C.CLOUDAUTH_KIND_TLS
	// KindTimeout: the time given for the call ran out.
	KindTimeout Kind = C.CLOUDAUTH_KIND_TIMEOUT
	// KindCancelled: the caller cancelled the call before it ended.
	KindCancelled Kind = C.CLOUDAUTH_KIND_CANCELLED
	// KindProtocol: a reply came that is not one of this service: not JSON, cut short, or a redirect.
	KindProtocol Kind = C.CLOUDAUTH_KIND_PROTOCOL
	// KindTooLarge: the reply is larger than the limit, and was not read to its end.
	KindTooLarge Kind = C.CLOUDAUTH_KIND_TOO_LARGE
	// KindBlocked: an address in the reply is not one that may be fetched, so it was left alone.
	KindBlocked Kind = C.CLOUDAUTH_KIND_BLOCKED
	// KindIO: reading or writing a local file failed.
	KindIO Kind = C.CLOUDAUTH_KIND_IO
	// KindInternal: a fault in this library.
	KindInternal Kind = C.CLOUDAUTH_KIND_INTERNAL
	// KindForked: the process forked while the call was in flight, and the child cannot finish it.
	KindForked Kind = C.CLOUDAUTH_KIND_FORKED
)

// Sentinels for [errors.Is], one a kind.
var (
	ErrInvalidArgument error = sentinel(KindInvalidArgument)
	ErrCredentials     error = sentinel(KindCredentials)
	ErrAuthentication  error = sentinel(KindAuthentication)
	ErrAccessDenied    error = sentinel(KindAccessDenied)
	ErrInvalidRequest  error = sentinel(KindInvalidRequest)
	ErrNotCompleted    error = sentinel(KindNotCompleted)
	ErrThrottled       error = sentinel(KindThrottled)
	ErrUnavailable     error = sentinel(KindUnavailable)
	ErrService         error = sentinel(KindService)
	ErrNetwork         error = sentinel(KindNetwork)
	ErrTLS             error = sentinel(KindTLS)
	ErrTimeout         error = sentinel(KindTimeout)
	ErrCancelled       error = sentinel(KindCancelled)
	ErrProtocol        error = sentinel(KindProtocol)
	ErrTooLarge        error = sentinel(KindTooLarge)
	ErrBlocked         error = sentinel(KindBlocked)
	ErrIO              error = sentinel(KindIO)
	ErrInternal        error = sentinel(KindInternal)
	ErrForked          error = sentinel(KindForked)
)

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
