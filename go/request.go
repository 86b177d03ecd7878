//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

// Request asks for the outcome of one verification. It is not printed.
type Request struct {
	// MerchantBizID is the merchant's own: 1 to 32 letters and digits.
	MerchantBizID string
	// TransactionID is as Initialize gave it to the server, not as it came back through the person's device.
	TransactionID string
	// ReturnImage says whether pictures come with the result.
	ReturnImage bool
	// ExtraImageControlList says which further pictures to return, in the service's own notation.
	ExtraImageControlList string
	// ReturnFiveCategorySpoofResult says whether the finer document checks come with the result.
	ReturnFiveCategorySpoofResult bool
	// Parameters are any others of CheckResult, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through parameters that are newer than this library.
	Unchecked bool
}

// spec is the call that asks for it, with its texts in the room given if that suffices.
func (r *Request) spec(room []byte) callSpec {
	o := callSpec{texts: encoded{bytes: room[:0]}}
	o.texts.add("MerchantBizID", r.MerchantBizID)
	o.texts.add("TransactionID", r.TransactionID)
	if r.ReturnImage {
		o.flags |= C.CLOUDAUTH_GO_RETURN_IMAGE
	}
	if r.ExtraImageControlList != "" {
		o.texts.add("ExtraImageControlList", r.ExtraImageControlList)
		o.flags |= C.CLOUDAUTH_GO_IMAGE_LIST
	}
	if r.ReturnFiveCategorySpoofResult {
		o.flags |= C.CLOUDAUTH_GO_FIVE_CATEGORY_SPOOF
	}
	if r.Unchecked {
		o.flags |= C.CLOUDAUTH_GO_UNCHECKED
	}
	for name, value := range r.Parameters {
		o.addParameter(name, value)
	}
	return o
}
