package cloudauth

/*
#include "native.h"
*/
import "C"

// Request asks for the outcome of one verification.
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
}

// encode gives the request as cloudauth_go_start takes it, in the room given if that suffices.
func (r *Request) encode(room []byte) (encoded, C.uint32_t) {
	texts, flags := encoded{bytes: room[:0]}, C.uint32_t(0)
	texts.add("merchant_biz_id", r.MerchantBizID)
	texts.add("transaction_id", r.TransactionID)
	if r.ReturnImage {
		flags |= C.CLOUDAUTH_GO_RETURN_IMAGE
	}
	if r.ExtraImageControlList != "" {
		texts.add("ExtraImageControlList", r.ExtraImageControlList)
		flags |= C.CLOUDAUTH_GO_IMAGE_LIST
	}
	if r.ReturnFiveCategorySpoofResult {
		flags |= C.CLOUDAUTH_GO_FIVE_CATEGORY_SPOOF
	}
	texts.addParameters(r.Parameters)
	return texts, flags
}
