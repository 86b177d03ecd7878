package cloudauth_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// badValue is one of tests/options/cases.json, which all languages share.
type badValue struct {
	Name, Rule string
	Value      any
	Names      map[string]string
}

func (bad badValue) expect(t *testing.T, err error) {
	t.Helper()
	var failed *cloudauth.Error
	if expected := bad.Names["go"] + ": " + bad.Rule; !errors.As(err, &failed) || failed.Message != expected {
		t.Errorf("%v, not %q", err, expected)
	}
}

// Finding G7.
func TestErrorsNameOptionsAsGoDoes(t *testing.T) {
	data, err := os.ReadFile(repository(t, "tests", "options", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Options, Requests []badValue }
	if err := json.Unmarshal(data, &list); err != nil || len(list.Options) == 0 || len(list.Requests) == 0 {
		t.Fatal(err, len(list.Options), len(list.Requests))
	}
	texts := map[string]func(string) cloudauth.Option{
		"region": cloudauth.WithRegion, "network": cloudauth.WithNetwork, "endpoint": cloudauth.WithEndpoint,
		"signature": cloudauth.WithSignature, "ca_file": cloudauth.WithCAFile, "proxy": cloudauth.WithProxy, "quota": cloudauth.WithQuota,
		"user_agent": cloudauth.WithUserAgent, "access_key_secret": cloudauth.WithAccessKeySecret,
	}
	numbers := map[string]func(int64) cloudauth.Option{
		"max_attempts":                  func(n int64) cloudauth.Option { return cloudauth.WithMaxAttempts(int(n)) },
		"max_body_bytes_without_images": cloudauth.WithMaxBodyBytesWithoutImages,
		"keep_warm_ms":                  func(n int64) cloudauth.Option { return cloudauth.WithKeepWarm(time.Duration(n) * time.Millisecond) },
		"retry_base_ms":                 func(n int64) cloudauth.Option { return cloudauth.WithRetryBase(time.Duration(n) * time.Millisecond) },
	}
	usual := []cloudauth.Option{
		cloudauth.WithRegion("ap-southeast-1"), cloudauth.WithAccessKeyID("id"), cloudauth.WithAccessKeySecret("secret"),
	}
	for _, bad := range list.Options {
		var given cloudauth.Option
		if number, ok := bad.Value.(float64); ok {
			given = numbers[bad.Name](int64(number))
		} else {
			given = texts[bad.Name](bad.Value.(string))
		}
		_, err := cloudauth.NewClient(append(usual, given)...)
		bad.expect(t, err)
	}
	client := newClient(t, "http://127.0.0.1:1")
	for _, bad := range list.Requests {
		request := cloudauth.Request{MerchantBizID: "b", TransactionID: "t"}
		if bad.Name == "merchant_biz_id" {
			request.MerchantBizID = bad.Value.(string)
		} else {
			request.TransactionID = bad.Value.(string)
		}
		_, err := client.CheckResult(background, request)
		bad.expect(t, err)
	}
	explanation, err := cloudauth.Explain("too_large")
	if err != nil || !strings.Contains(explanation.Advice, "WithMaxBodyBytes") {
		t.Error(explanation, err)
	}
}
