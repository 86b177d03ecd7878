package cloudauth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

const stored = `{"version":1,"region":null,"endpoint":"https://kyc.example","transaction_id":"hks1","transaction_url":"https://h5.example/?t=1",` +
	`"protocol":"p","client_cfg":"{\"c\":1}","merchant_biz_id":"order1","callback_token":"s3cr3t","product_code":"FACE_LIVENESS",` +
	`"id_spoof":null,"doc_video":true,"authorize":null,"initialized_at":"2026-03-01T10:00:00Z"}`

func TestAStartIsStoredAndReadAgain(t *testing.T) {
	nothingLeft(t)
	started, err := cloudauth.StartedFromJSON([]byte(stored))
	if err != nil || *started.TransactionID != "hks1" || *started.CallbackToken != "s3cr3t" || !*started.DocVideo || started.Region != nil || started.Extra == nil {
		t.Fatal(started, err)
	}
	if text, err := started.ToJSON(); err != nil || string(text) != stored {
		t.Errorf("%s, %v", text, err)
	}
	if text := fmt.Sprintf("%v %+v %#v", started, *started, started); strings.Contains(text, "s3cr3t") || strings.Contains(text, "h5.example") || strings.Contains(text, "hks1") {
		t.Error(text)
	}
	// Fields that the program changed count.
	started.CallbackToken = cloudauth.Ptr("0ther")
	if text, err := started.ToJSON(); err != nil || string(text) != strings.Replace(stored, "s3cr3t", "0ther", 1) {
		t.Errorf("%s, %v", text, err)
	}
	started.TransactionID = nil
	_, missing := started.ToJSON()
	var none *cloudauth.Started
	_, nothing := none.ToJSON()
	_, newer := cloudauth.StartedFromJSON([]byte(strings.Replace(stored, `"version":1`, `"version":2`, 1)))
	_, unversioned := cloudauth.StartedFromJSON([]byte("{}"))
	_, empty := cloudauth.StartedFromJSON(nil)
	for err, message := range map[error]string{
		missing: "Started: transaction_id: must not be empty", nothing: "Started: must be a JSON object",
		newer: "json: has a version that is not known here", empty: "json: is not JSON",
		unversioned: "json: must be what Started.ToJSON gives; it has no version",
	} {
		if !errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(err.Error(), message) {
			t.Errorf("%v, not %s", err, message)
		}
	}
}

func TestAVerificationIsStarted(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	started, err := client.Initialize(background, cloudauth.InitializeRequest{
		ProductCode: "eKYC_PRO", MetaInfo: `{"a":1}`, MerchantUserID: "u1", DocType: "HKG01001", DocVideo: cloudauth.Ptr(true),
	})
	if err != nil || len(*started.MerchantBizID) != 32 || started.Endpoint == nil {
		t.Fatal(started, err)
	}
	data, err := started.ToJSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := cloudauth.StartedFromJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	// What is no part of a start is not stored.
	started.RequestID, started.Extra, started.Problems = "", map[string]any{}, []cloudauth.Problem{}
	if !reflect.DeepEqual(again, started) {
		t.Errorf("%s", data)
	}
	for _, form := range []any{again, data, string(data), json.RawMessage(data)} {
		if status, err := client.Status(background, cloudauth.StatusRequest{Started: form}); err != nil || *status.State != "not_begun" {
			t.Errorf("%T: %v, %v", form, status, err)
		}
	}
	_, err = client.CheckResult(background, cloudauth.Request{MerchantBizID: *again.MerchantBizID, TransactionID: *again.TransactionID})
	if !errors.Is(err, cloudauth.ErrNotCompleted) {
		t.Error(err)
	}
}
