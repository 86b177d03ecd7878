// Code generated from core/schema/codes.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

const (
	// KindInvalidArgument: an argument, option or handle breaks a rule; nothing was sent.
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
	// KindNetwork: the endpoint's name was not found, or the connection was refused or broken.
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
	// KindIO: a local file could not be read or written, or the operating system refused a descriptor or a thread.
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

const (
	// ActionAccept: let the person in.
	ActionAccept Action = C.CLOUDAUTH_ACTION_ACCEPT
	// ActionRetry: let the person try again.
	ActionRetry Action = C.CLOUDAUTH_ACTION_RETRY
	// ActionReview: have a human look.
	ActionReview Action = C.CLOUDAUTH_ACTION_REVIEW
	// ActionReject: turn the person away.
	ActionReject Action = C.CLOUDAUTH_ACTION_REJECT
)

// String gives the action's name in every language, such as "accept"; empty for none.
func (a Action) String() string {
	switch a {
	case ActionAccept:
		return "accept"
	case ActionRetry:
		return "retry"
	case ActionReview:
		return "review"
	case ActionReject:
		return "reject"
	default:
		return ""
	}
}

const (
	// SubjectSubCode: the outcome of a verification.
	SubjectSubCode Subject = C.CLOUDAUTH_SUBJECT_SUB_CODE
	// SubjectResponseCode: a code of the reply.
	SubjectResponseCode Subject = C.CLOUDAUTH_SUBJECT_RESPONSE_CODE
	// SubjectKind: a kind of error.
	SubjectKind Subject = C.CLOUDAUTH_SUBJECT_KIND
	// SubjectClientCode: a code of the person's app or page, which is no verdict.
	SubjectClientCode Subject = C.CLOUDAUTH_SUBJECT_CLIENT_CODE
)

// String gives the subject's name in every language, such as "sub_code"; empty for none.
func (s Subject) String() string {
	switch s {
	case SubjectSubCode:
		return "sub_code"
	case SubjectResponseCode:
		return "response_code"
	case SubjectKind:
		return "kind"
	case SubjectClientCode:
		return "client_code"
	default:
		return ""
	}
}
